"""The senior dashboard of audits; that it was opened is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import requires
from evenhand.audits.actions.looking import look
from evenhand.audits.queries import dashboard as queries
from evenhand.audits.queries.findings import standings_of
from evenhand.audits.tables import copies as tables
from evenhand.audits.tables.findings import findings_table
from evenhand.people.views.requests import viewer_of
from evenhand.rules.states import State


@requires("audits.report")
@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show results of audits, what is not kept, what is being put right and what is overdue."""
    look(by=viewer_of(request), at=timezone.now())
    return _shown(request)


@one_page
def _shown(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = queries.dashboard_for(viewer_of(request), now)
    stands = standings_of([*found.open, *found.overdue], now)
    last = queries.readings(now)[-1:]
    context = {
        "dashboard": found,
        "results": tables.results_table(found.results),
        "breaches": tables.breaches_table(found.breaches),
        "overdue": findings_table(found.overdue, stands, "Overdue", "Nothing is overdue."),
        "open": findings_table(
            found.open, stands, "Being put right", "No action is open."
        ),
        "weeks": tables.weeks_table(queries.weeks(now)),
        "unread": [one for one in last if one.state is State.LATE],
    }  # fmt: skip
    return render(request, "audits/dashboard.html", context)
