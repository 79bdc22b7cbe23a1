"""Lists across children: who to ask, how complete, and where sources differ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.permissions import may, requires
from evenhand.people.forms import WorklistFilter
from evenhand.people.pack import ask_set
from evenhand.people.queries import completeness_for, measures_for, worklist_for, worklist_page
from evenhand.people.queries.choices import teams_of_aggregates, teams_of_persons, workers_of
from evenhand.people.queries.differences import differences_page
from evenhand.people.tables import (
    differences_table,
    items_table,
    teams_table,
    worklist_table,
)
from evenhand.people.views.requests import chosen, viewer_of


@requires("identity.worklist")
@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """List whom to ask what, within the viewer's reach."""
    viewer, today = viewer_of(request), timezone.localdate()
    teams = teams_of_persons(viewer)
    team = chosen(teams, request.GET.get("team"))
    workers = workers_of(team)
    item = request.GET.get("item", "")
    rows = worklist_for(
        viewer,
        today=today,
        characteristic=item,
        team=team,
        worker=chosen(workers, request.GET.get("worker")),
    )
    page, entries = worklist_page(rows, request.GET.get("page"), today=today, characteristic=item)
    context = {
        "page": page,
        "table": worklist_table(entries, today),
        "form": WorklistFilter(request.GET, teams=teams, workers=workers),
        "item": _label(item),
    }
    return render(request, "people/worklist.html", context)


def _label(characteristic: str) -> str:
    return next((i.label for i in ask_set() if i.characteristic == characteristic), "")


@requires("identity.completeness")
@require_GET
def completeness(request: HttpRequest) -> HttpResponse:
    """Show how much was asked and is known, by question and by team."""
    viewer = viewer_of(request)
    teams = teams_of_aggregates(viewer)
    team = chosen(teams, request.GET.get("team"))
    item, person = request.GET.get("item", ""), request.GET.get("person", "")
    report = completeness_for(viewer, team=team, characteristic=item, person=person)
    context = {
        "report": report,
        "measures": measures_for(viewer, timezone.localdate()),
        "children": items_table(report, "child"),
        "parents": items_table(report, "parent"),
        "by_team": teams_table(report, _label(item) or "every question"),
        "item": _label(item),
        "may_list": may(viewer, "identity.worklist"),
        "may_campaign": may(viewer, "identity.campaign"),
    }
    return render(request, "people/completeness.html", context)


@requires("identity.worklist")
@require_GET
def differences(request: HttpRequest) -> HttpResponse:
    """List whose sources differ, until each is mended or settled."""
    viewer = viewer_of(request)
    page, found = differences_page(viewer, request.GET.get("page"))
    table = differences_table(found, can_record=may(viewer, "identity.record"))
    return render(request, "people/differences.html", {"page": page, "table": table})
