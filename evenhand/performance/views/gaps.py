"""What is not done of what we promised, of a service, and what comes first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.models import Team
from evenhand.accounts.permissions import requires
from evenhand.people.views.requests import chosen, viewer_of
from evenhand.performance import forms
from evenhand.performance.queries import gaps
from evenhand.performance.tables import people as tables
from evenhand.standards.queries import teams_offered, teams_within


@requires("standards.view")
@require_GET
def of_service(request: HttpRequest) -> HttpResponse:
    """List the standards that are late for anybody within the viewer's counts."""
    viewer, team = viewer_of(request), _team(request)
    table = tables.service_table(gaps.gaps_of_service(viewer, team))
    return _shown(request, team, table, "What is not done", "performance/gaps.html")


@requires("standards.view")
@require_GET
def priorities(request: HttpRequest) -> HttpResponse:
    """List what is late, the most urgent cases first."""
    viewer, team = viewer_of(request), _team(request)
    found = gaps.priorities_for(viewer, team, now=timezone.now())
    table = tables.priorities_table(found)
    return _shown(request, team, table, "What to put right first", "performance/priorities.html")


def _team(request: HttpRequest) -> Team | None:
    return chosen(teams_within(viewer_of(request)), request.GET.get("team"))


def _shown(
    request: HttpRequest, team: Team | None, table: Any, title: str, template: str
) -> HttpResponse:
    offered = teams_offered(viewer_of(request), team)
    context = {
        "form": forms.TeamFilter(request.GET or None, teams=offered), "team": team,
        "table": table, "title": title,
    }  # fmt: skip
    return render(request, template, context)
