"""Drawing files for an audit beside the year, of a theme that somebody asked for."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evenhand.accounts.permissions import requires
from evenhand.audits import pack
from evenhand.audits.actions.themed import draw_themed
from evenhand.audits.forms_samples import ThemedForm
from evenhand.audits.queries.drawing import auditors_of_type, fit_of
from evenhand.audits.queries.populations import CHILDREN
from evenhand.audits.queries.rights import may_draw_themed
from evenhand.audits.queries.themed import kinds
from evenhand.audits.tables import samples as tables
from evenhand.audits.views.samples import LOOK, teams_of
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem


@requires("audits.draw")
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """Say what the audit is about, show how many files fit, and draw them."""
    viewer, now = viewer_of(request), timezone.now()
    if not may_draw_themed(viewer):
        raise PermissionDenied("audits.draw")
    on = timezone.localdate(now)
    form = ThemedForm(
        request.POST or None, kinds=kinds(), teams=teams_of(viewer),
        size=pack.limit("files-themed", on),
    )  # fmt: skip
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        theme = form.asked_for()
        choice = form.choice(auditors_of_type(theme.type, on))
        try:
            if request.POST.get("do") == LOOK:
                found = fit_of(CHILDREN, choice, viewer, now=now)
                context |= {
                    "of": len(found.files), "left_out": tables.fit_table(found),
                    "advice": tables.advice_words(len(found.files), choice.size, on),
                }  # fmt: skip
            else:
                made = draw_themed(theme, choice, by=viewer, at=now)
                return redirect("audits:sample", ref=made.ref)
        except Problem as problem:
            form.add_error(None, str(problem))
    return render(request, "audits/themed.html", context)
