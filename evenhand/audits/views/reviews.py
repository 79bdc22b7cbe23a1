"""Internal management reviews: the list, asking for one, writing it and closing it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.audits import forms_findings as forms
from evenhand.audits.actions import reviews as actions
from evenhand.audits.models import ManagementReview
from evenhand.audits.queries import reviews as queries
from evenhand.audits.queries.reach import audits_for
from evenhand.audits.tables import findings as tables
from evenhand.audits.views.looking import audit_page, log_look
from evenhand.design.paging import page_of
from evenhand.people.views.forming import Page, done, taken
from evenhand.people.views.requests import viewer_of

TITLE = "Management review"


@requires("audits.view")
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """List management reviews, the newest first."""
    page = page_of(queries.reviews_for(viewer_of(request)), request.GET.get("page"))
    context = {"page": page, "table": tables.reviews_table(page.object_list)}
    return render(request, "audits/reviews.html", context)


@requires("audits.answer")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask somebody to review what went wrong."""
    viewer = viewer_of(request)
    audit = get_object_or_404(audits_for(viewer), ref=ref)
    log_look(viewer, audit.child)
    form = forms.ReviewForm(request.POST or None)
    back = audit_page(audit)

    def act(by: User, at: Any) -> str:
        told = form.cleaned_data
        made = actions.ask_for(
            audit, by=by, at=at, why=told["reason"], reviewer=told["reviewer"]
        )  # fmt: skip
        return _page(made)

    page = Page("Ask for a management review", "Ask for it", "The audit", back,
                tables.audit_words(audit))  # fmt: skip
    return taken(request, form, page, act, "Asked for. The reviewer has a task.")


@requires("audits.view")
@require_GET
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one review, what it lacks, and whether its reviewer is independent."""
    viewer, found = viewer_of(request), _found(request, ref)
    context = {
        "review": found,
        "rows": tables.review_rows(found, timezone.localdate()),
        "warning": tables.not_independent(found),
        "lacking": " and no ".join(actions.missing(found)) if not found.closed_on else "",
        "writes": queries.writes(viewer, found),
    }
    return render(request, "audits/review.html", context)


@requires("audits.view")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, ref: str) -> HttpResponse:
    """Write what the review found, and what is learnt."""
    found = _written(request, ref)
    form = forms.WriteForm(request.POST or None, held=found)
    page = Page("What was found, and what we learn", "Save", TITLE, _page(found), found.why)
    return _step(request, found, form, actions.write, page)


@requires("audits.view")
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, ref: str) -> HttpResponse:
    """Say who does what the review asks for, and by when."""
    found = _written(request, ref)
    form = forms.ActionForm(request.POST or None, held=found, today=timezone.localdate())
    page = Page("What is done because of it?", "Ask them", TITLE, _page(found))
    return _step(request, found, form, actions.act_on, page)


@requires("audits.view")
@require_POST
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a review that has its learning and its action."""
    found = _written(request, ref)

    def act(by: User, at: Any) -> None:
        actions.close(found, by=by, at=at, version=found.version)

    return done(request, act, _page(found), "The review is closed.")


def _step(request: HttpRequest, found: ManagementReview, form: Any, do: Any, page: Page) -> Any:
    def act(by: User, at: Any) -> str:
        do(found, by=by, at=at, **form.given)
        return _page(found)

    return taken(request, form, page, act)


def _found(request: HttpRequest, ref: str) -> ManagementReview:
    viewer = viewer_of(request)
    found = get_object_or_404(queries.reviews_for(viewer), ref=ref)
    log_look(viewer, found.audit.child)
    return found


def _written(request: HttpRequest, ref: str) -> ManagementReview:
    """Find a review that the viewer writes."""
    viewer, found = viewer_of(request), _found(request, ref)
    if found.reviewer_id != viewer.pk and not may(viewer, "audits.manage"):
        raise Http404
    return found


def _page(found: ManagementReview) -> str:
    return reverse("audits:review", args=[found.ref])
