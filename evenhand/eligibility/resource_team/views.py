"""The page of the team, and how it went."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.eligibility.resource_team import pack, queries, tables
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem


@requires("eligibility.view")
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Say what the team is for, and list the requests that wait, the most urgent first."""
    viewer, team = viewer_of(request), _team()
    page = page_of(queries.waiting(viewer, team), request.GET.get("page"))
    context = {"team": team, "table": tables.waiting_table(page.object_list), "page": page}
    context["may_report"] = may(viewer, "eligibility.report")
    return render(request, "eligibility/resource_team.html", context)


@requires("eligibility.report")
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """Show how it went: family by family, and how many children did not come into care."""
    viewer, team, today = viewer_of(request), _team(), timezone.localdate()
    page = page_of(queries.episodes(viewer, team), request.GET.get("page"))
    found = queries.accommodated(viewer, team, today)
    months = pack.months_until_looked_at(today)
    context = {
        "team": team,
        "said": tables.accommodated_words(found, months),
        "table": tables.episodes_table(page.object_list, team),
        "page": page,
    }
    return render(request, "eligibility/resource_team_report.html", context)


def _team() -> pack.ResourceTeam:
    try:
        return pack.resource_team(timezone.localdate())
    except Problem:
        raise Http404 from None
