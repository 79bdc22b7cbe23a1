"""Letting figures of standards out, quarter by quarter; and what the public reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.permissions import requires
from evenhand.people.views.forming import Page, done, taken
from evenhand.people.views.requests import viewer_of
from evenhand.performance import actions, forms, promised
from evenhand.performance.models import PublishedQuarter
from evenhand.performance.quarters import long_name, quarter_called, slug_of
from evenhand.performance.queries import publishing
from evenhand.performance.tables import registers as tables
from evenhand.rules.periods import quarter_of
from evenhand.standards.queries import figures_as_at

LIST = "Figures of standards for the public"


@requires("performance.lead")
@require_GET
def quarters(request: HttpRequest) -> HttpResponse:
    """List what was proposed, let out and withdrawn."""
    found = PublishedQuarter.objects.select_related("proposed_by").order_by("-starts_on", "-pk")
    context = {
        "table": tables.quarters_table(found),
        "may_propose": bool(publishing.proposable(figures_as_at())),
    }
    return render(request, "performance/quarters.html", context)


@requires("performance.lead")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a quarter's figures; another lets them out."""
    viewer, as_at = viewer_of(request), figures_as_at()
    form = forms.QuarterForm(request.POST or None, quarters=publishing.proposable(as_at))

    def act(by: Any, at: Any) -> str:
        quarter = quarter_of(date.fromisoformat(form.cleaned_data["quarter"]))
        lines = publishing.lines_of(viewer, quarter, as_at=as_at)
        made = actions.propose_quarter(
            by=by, at=at, starts_on=quarter.since, as_at=as_at, lines=lines
        )
        return _page_of(made)

    back = reverse("performance:quarters")
    return taken(request, form, Page("Propose a quarter", "Propose it", LIST, back), act)


@requires("performance.lead")
@require_GET
def quarter(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what would leave, or left, before it is let out or withdrawn."""
    viewer, found = viewer_of(request), _quarter(ref)
    waits = found.let_out_at is None and found.withdrawn_at is None
    context = {
        "quarter": found,
        "name": long_name(found.starts_on),
        "stands": tables.how_far(found),
        "table": tables.lines_table(found.lines, long_name(found.starts_on)),
        "may_let_out": waits and found.proposed_by_id != viewer.pk,
        "slug": slug_of(found.starts_on),
        "public": found.let_out_at and not found.withdrawn_at,
    }
    return render(request, "performance/quarter.html", context)


@requires("performance.lead")
@require_POST
def let_out(request: HttpRequest, ref: str) -> HttpResponse:
    """Let figures out that somebody else proposed."""
    found = _quarter(ref)
    return done(request, lambda by, at: actions.let_out(found, by=by, at=at), _page_of(found))


@requires("performance.lead")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw figures, with a reason."""
    found, form = _quarter(ref), forms.WithdrawForm(request.POST or None)

    def act(by: Any, at: Any) -> str:
        actions.withdraw(found, by=by, at=at, **form.cleaned_data)
        return _page_of(found)

    name = long_name(found.starts_on)
    page = Page(f"Withdraw {name}", "Withdraw them", name, _page_of(found))
    return taken(request, form, page, act)


@login_not_required
@require_GET
def standards(request: HttpRequest) -> HttpResponse:
    """Tell anybody in plain words what they can expect, and from when it holds."""
    context = {
        "areas": promised.areas_on(timezone.localdate()),
        "today": timezone.localdate(),
        "quarters": [(slug_of(o.starts_on), long_name(o.starts_on)) for o in publishing.let_out()],
    }
    return render(request, "performance/our_standards.html", context)


@login_not_required
@require_GET
def our_quarter(request: HttpRequest, quarter: str) -> HttpResponse:
    """Show anybody how often each standard was met in a quarter that was let out."""
    asked = quarter_called(quarter)
    found = publishing.let_out_for(asked) if asked else None
    if found is None:
        raise Http404
    context = {
        "quarter": found,
        "name": long_name(found.starts_on),
        "table": tables.lines_table(found.lines, "How often we kept our promises"),
        "hides": publishing.still_hidden(found),
    }
    return render(request, "performance/our_quarter.html", context)


def _quarter(ref: str) -> PublishedQuarter:
    return get_object_or_404(PublishedQuarter.objects.select_related("proposed_by"), ref=ref)


def _page_of(one: PublishedQuarter) -> str:
    return reverse("performance:quarter", args=[one.ref])
