"""How we get better: the way in, objectives, measures and the register of teams."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.permissions import may, requires
from evenhand.people.views.forming import Page, done, taken
from evenhand.people.views.requests import viewer_of
from evenhand.performance import actions, forms
from evenhand.performance.findings import without_action
from evenhand.performance.models import Measure
from evenhand.performance.queries import registers
from evenhand.performance.tables import people as trees
from evenhand.performance.tables import registers as tables

START = "How we get better"


@requires("performance.view")
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Lead to everything of this room, what waits too long first."""
    viewer = viewer_of(request)
    context = {
        "exceptions": tables.exceptions_table(without_action(timezone.localdate())),
        "may_manage": may(viewer, "performance.manage"),
        "has_people": may(viewer, "performance.people"),
        "has_supervision": may(viewer, "workforce.view"),
        "may_lead": may(viewer, "performance.lead"),
        "may_see_standards": may(viewer, "standards.view"),
    }
    return render(request, "performance/start.html", context)


@requires("performance.view")
@require_GET
def objectives(request: HttpRequest) -> HttpResponse:
    """Show the objectives as a tree: the council's, services', measures of teams, people's."""
    viewer = viewer_of(request)
    context = {
        "table": trees.tree_table(registers.tree_for(viewer)),
        "may_lead": may(viewer, "performance.lead"),
    }
    return render(request, "performance/objectives.html", context)


@requires("performance.lead")
@require_http_methods(["GET", "POST"])
def new_objective(request: HttpRequest) -> HttpResponse:
    """Set an objective of the council or of a service."""
    form, tree = forms.ObjectiveForm(request.POST or None), reverse("performance:objectives")

    def act(by: Any, at: Any) -> str:
        actions.set_objective(by=by, at=at, **form.cleaned_data)
        return tree

    return taken(request, form, Page("Set an objective", "Set it", "Objectives", tree), act)


@requires("performance.view")
@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """List the local indicators: measures of the whole authority, drafts with their owners."""
    found = registers.local_indicators()
    empty = "No local indicator is built yet."
    context = {
        "table": tables.measures_table(found, "Local indicators", empty),
        "may_manage": may(viewer_of(request), "performance.manage"),
    }
    return render(request, "performance/measures.html", context)


@requires("performance.view")
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """Show every team with its measures and targets, and how many teams are complete."""
    lines = registers.team_register()
    of_teams = registers.running().exclude(team=None).order_by("team__name", "name")
    context = {
        "complete": sum(not line.gaps for line in lines),
        "all": len(lines),
        "table": tables.teams_table(lines),
        "measures": tables.measures_table(of_teams, "Measures of teams", "No team has one yet."),
        "may_manage": may(viewer_of(request), "performance.manage"),
    }
    return render(request, "performance/teams.html", context)


@requires("performance.manage")
@require_http_methods(["GET", "POST"])
def new_measure(request: HttpRequest) -> HttpResponse:
    """Build a measure; it is a draft."""
    form = forms.MeasureForm(request.POST or None, initial={"owner": viewer_of(request).username})

    def act(by: Any, at: Any) -> str:
        return _page_of(actions.add_measure(form.built, by=by, at=at))

    back = reverse("performance:measures")
    return taken(request, form, Page("Build a measure", "Save", "Local indicators", back), act)


@requires("performance.view")
@require_GET
def measure(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one measure, and how it stands as far as the viewer's counts reach."""
    viewer, found = viewer_of(request), _measure(ref)
    context = {
        "measure": found,
        "rows": tables.measure_rows(found, registers.counted_for(viewer, found)),
        "may_manage": may(viewer, "performance.manage"),
    }
    return render(request, "performance/measure.html", context)


@requires("performance.manage")
@require_http_methods(["GET", "POST"])
def change_measure(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a measure, or end it."""
    found = _measure(ref)
    form = forms.MeasureForm(request.POST or None, measure=found)

    def act(by: Any, at: Any) -> str:
        is_over = form.cleaned_data["is_over"]
        actions.change_measure(found, form.built, by=by, at=at, version=form.seen, is_over=is_over)
        return _page_of(found)

    page = Page(f"Change: {found.name}", "Save", found.name, _page_of(found))
    return taken(request, form, page, act)


@requires("performance.manage")
@require_POST
def publish_measure(request: HttpRequest, ref: str) -> HttpResponse:
    """Publish a draft; without a priority it stays one."""
    found = _measure(ref)
    return done(
        request, lambda by, at: actions.publish_measure(found, by=by, at=at), _page_of(found)
    )


def _measure(ref: str) -> Measure:
    named = ("team", "owner", "objective__parent")
    return get_object_or_404(Measure.objects.select_related(*named), ref=ref)


def _page_of(one: Measure) -> str:
    return reverse("performance:measure", args=[one.ref])
