"""Copies of finished audits, and what reports recommend: handed over, signed and monitored."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.audits.actions import copies as actions
from evenhand.audits.forms_findings import HandOverForm
from evenhand.audits.models import Audit
from evenhand.audits.queries import copies as queries
from evenhand.audits.queries import recommendations as watching
from evenhand.audits.tables import copies as tables
from evenhand.audits.tables.findings import audit_words
from evenhand.design.paging import page_of
from evenhand.design.shell import NavItem
from evenhand.history.actions import log_view
from evenhand.people.views.forming import Page, done, taken
from evenhand.people.views.requests import viewer_of

NOT_HELD = (
    "No supervision of the team's manager since the audit is written down. Write it down first: "
    "the copy is handed over there."
)
WAITING, SETTLED = "Copies that wait", "Copies that are passed on and signed"


@requires("audits.answer")
@require_GET
def copies(request: HttpRequest) -> HttpResponse:
    """List copies that wait to be handed over or signed, or those that are."""
    viewer, settled = viewer_of(request), request.GET.get("show") == "settled"
    page = page_of(queries.copies_for(viewer, settled=settled), request.GET.get("page"))
    here = reverse("audits:copies")
    context = {
        "page": page,
        "tabs": [NavItem(WAITING, here, active=not settled),
                 NavItem(SETTLED, f"{here}?show=settled", active=settled)],
        "table": tables.copies_table(
            queries.as_shown(page.object_list, timezone.now()),
            caption=SETTLED if settled else WAITING,
            empty="No copy of a finished audit is here.",
        ),
    }  # fmt: skip
    return render(request, "audits/copies.html", context)


@requires("audits.answer")
@require_GET
def copy(request: HttpRequest, ref: str) -> HttpResponse:
    """Show how one copy stands."""
    viewer, found = viewer_of(request), _found(request, ref)
    shown = queries.as_shown([found], timezone.now())
    hands_over = queries.may_hand_over(viewer, found) and found.passed_in_id is None
    context = {
        "audit": found,
        "title": audit_words(found),
        "table": tables.copies_table(shown, caption="This copy", empty=""),
        "may_sign": queries.may_sign(viewer, found) and found.signed_at is None,
        "may_hand_over": hands_over,
        "not_held": hands_over and not queries.supervisions_of(found),
        "may_write_supervision": may(viewer, "workforce.record"),
    }
    return render(request, "audits/copy.html", context)


@requires("audits.answer")
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, ref: str) -> HttpResponse:
    """Say in which supervision a copy was handed over: who manages the team, or above."""
    found = _found(request, ref)
    if not queries.may_hand_over(viewer_of(request), found):
        raise PermissionDenied("audits.answer")
    form = HandOverForm(request.POST or None, held=found)

    def act(by: User, at: Any) -> str:
        actions.pass_on(found, by=by, at=at, **form.given)
        return _page(found)

    before = "" if form.found else NOT_HELD
    page = Page("Handed over in supervision", "Handed over", "The copy", _page(found), before)
    return taken(request, form, page, act)


@requires("audits.answer")
@require_POST
def sign(request: HttpRequest, ref: str) -> HttpResponse:
    """Sign a copy that was read: with that it is forwarded to quality assurance."""
    found = _found(request, ref)

    def act(by: User, at: Any) -> None:
        actions.sign(found, by=by, at=at, version=found.version)

    return done(request, act, _page(found), "Signed, and forwarded to quality assurance.")


@requires("audits.view")
@require_GET
def recommendations(request: HttpRequest) -> HttpResponse:
    """List what reports recommend, for those who monitor it and those who do it."""
    viewer, now = viewer_of(request), timezone.now()
    page = page_of(watching.recommendations_for(viewer), request.GET.get("page"))
    watched = watching.as_watched(page.object_list, now)
    context = {
        "page": page,
        "table": tables.recommendations_table(watched, timezone.localdate(now)),
    }
    return render(request, "audits/recommendations.html", context)


def _found(request: HttpRequest, ref: str) -> Audit:
    viewer = viewer_of(request)
    rows = [queries.copies_for(viewer), queries.copies_for(viewer, settled=True)]
    either = rows[0].filter(ref=ref).first() or get_object_or_404(rows[1], ref=ref)
    if either.child is not None:
        kept = either.child.merged_into_id or either.child.pk
        log_view(viewer, kept, page="audit", at=timezone.now())
    return either


def _page(found: Audit) -> str:
    return reverse("audits:copy", args=[found.ref])
