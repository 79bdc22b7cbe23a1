"""What the case system deleted: people, and rows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import requires
from evenhand.design.paging import page_of
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.retention import actions, tables
from evenhand.retention.deletions import deleted_people, with_withdrawn, withdrawn_of
from evenhand.retention.forms import KEEP, WithdrawnForm

PAGE = "withdrawn"


@requires("retention.decide")
@require_GET
def deleted(request: HttpRequest) -> HttpResponse:
    """List whom and what the case system deleted, for a decision."""
    viewer = viewer_of(request)
    page = page_of(with_withdrawn(viewer).select_related("team"), request.GET.get("page"))
    people = page_of(deleted_people(viewer, timezone.localdate()), request.GET.get("page"))
    context = {
        "page": max(page, people, key=lambda one: one.paginator.count),
        "people": tables.deleted_table(people.object_list),
        "rows": tables.with_withdrawn_table(page.object_list),
    }
    return render(request, "retention/deleted.html", context)


@requires("retention.decide")
@require_http_methods(["GET", "POST"])
def withdrawn(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the rows of a child that the case system deleted, and take what becomes of one."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page=PAGE, at=now)
    rows = {one.key: one for one in withdrawn_of(child)}
    form = WithdrawnForm(request.POST or None, offered=rows.values())
    if form.is_valid():
        given = form.cleaned_data
        act = actions.keep_withdrawn if given["what"] == KEEP else actions.dispose_withdrawn
        try:
            act(child, rows[given["row"]], by=viewer, at=now, reason=given["reason"])
        except Problem as problem:
            form.add_error("row", str(problem))
        else:
            messages.success(request, "Done.")
            return redirect("retention:withdrawn", ref=child.ref)
    table = tables.withdrawn_table(rows.values())
    context = {"child": child, "form": form if rows or form.is_bound else None, "table": table}
    return render(request, "retention/withdrawn.html", context)
