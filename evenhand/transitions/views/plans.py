"""The list of young people who move on, a young person's plans, and one plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.recording.tables import register_table
from evenhand.rules.states import State
from evenhand.transitions import protocol
from evenhand.transitions.actions import begin_plan
from evenhand.transitions.forms import BeginForm
from evenhand.transitions.judging import steps_of
from evenhand.transitions.queries import board, meetings, partners, plans, shares
from evenhand.transitions.tables import plans as tables
from evenhand.transitions.wording import moved_words

PAGE = "transition"


@requires("transitions.view")
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """List the young people whom the disability team works with and who are old enough."""
    viewer, now = viewer_of(request), timezone.now()
    today = timezone.localdate(now)
    page = page_of(plans.listed_for(viewer, today), request.GET.get("page"))
    lines = plans.lines(page.object_list)
    steps = steps_of([plan for line in lines for plan in line.plans], now)
    has_reach = shares.sees_shares(viewer)
    late = {pk: sum(one.state is State.LATE for one in found) for pk, found in steps.items()}
    context = {
        "page": page,
        "table": tables.list_table(lines, late, today),
        "planning": tables.planning_table(plans.by_birth_year(viewer, today)),
        "has_routes": bool(protocol.routes()),
        "share_due": shares.next_due(now) if has_reach else None,
        "slots": [one for one in meetings.slots(now) if has_reach and one.state is State.LATE],
        "list_from": protocol.value_on("list-from", today) if protocol.routes() else "",
        "early_branch": protocol.branch(after_year_11=True),
        "reviews_asked": plans.reviews_asked(today),
        "at_16": plans.leaving_at_16(viewer, today),
        "rate": plans.rate_of_reviews(viewer),
        "guests": board.guests(protocol.attends_meetings(), today),
        "attends": protocol.attends_meetings(),
        "may_manage": may(viewer, "transitions.manage"),
    }
    return render(request, "transitions/register.html", context)


@requires("transitions.view")
@require_GET
def of_child(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a young person's plans, and where their name was shared."""
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page=PAGE)
    found = plans.plans_of(child)
    context = {
        "child": child,
        "plans": [(plan, protocol.route_words(plan.route)) for plan in found],
        "may_begin": may(viewer, "transitions.begin") and len(found) < len(protocol.routes()),
        "shared": tables.shared_table(plans.shares_of(child)),
    }
    return render(request, "transitions/of_child.html", context)


@requires("transitions.begin")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin a plan for a young person to one adult service."""
    viewer = viewer_of(request)
    child = child_for(viewer, ref, page=PAGE)
    taken = [plan.route for plan in plans.plans_of(child)]
    form = BeginForm(request.POST or None, taken=taken)
    if form.is_valid():
        try:
            made = begin_plan(child, form.cleaned_data["route"], by=viewer, at=timezone.now())
        except Problem as problem:
            form.add_error("route", str(problem))
        else:
            messages.success(request, "The plan is begun.")
            return redirect("transitions:plan", ref=made.ref)
    return render(request, "transitions/begin.html", {"child": child, "form": form})


@requires("transitions.view")
@require_GET
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one plan: its milestones, the view, and what can be written down."""
    viewer, now = viewer_of(request), timezone.now()
    found = get_object_or_404(plans.plans_for(viewer), ref=ref)
    child = child_for(viewer, found.child.ref, page=PAGE)
    route = protocol.routes().get(found.route)
    context: dict[str, Any] = {
        "child": child,
        "plan": found,
        "title": protocol.route_words(found.route),
        "steps": tables.steps_table(steps_of([found], now)[found.pk], "Milestones"),
        "rows": tables.plan_rows(found, plans.why(found)),
        "moved": moved_words(found, protocol.grown_up(child.born_on)),
        "route": route,
        "team_criteria": protocol.criteria_of_the_team(),
        "offered": plans.forms_of(viewer, found, timezone.localdate(now)),
        "to_consider": partners.to_consider(found, timezone.localdate(now)),
        "written": register_table(
            plans.written_about(found), "What was written down", "Nothing yet."
        ),
    }
    return render(request, "transitions/plan.html", context)
