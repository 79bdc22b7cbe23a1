"""The pages of this room: all standards, one of them, its children, and what the states mean."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import Team, User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.facts.adopted import policy
from evenhand.problems import Problem
from evenhand.rules import Standard, State
from evenhand.sources.queries import latest_merged
from evenhand.standards import flips, queries, tables, wording
from evenhand.standards import indicator_tables as shown_indicators
from evenhand.standards import indicators as national
from evenhand.standards import what_if as changing
from evenhand.standards.actions import act_on
from evenhand.standards.counts import Counts, total_of
from evenhand.standards.exports import csv_response
from evenhand.standards.forms import LISTED, ActionForm, ListFilter, TeamFilter
from evenhand.standards.queries.quarters import under_target
from evenhand.standards.standing import is_recorded
from evenhand.standards.states import COUNTED, horizons_by_standard
from evenhand.standards.target_tables import under_target_table


@requires("standards.view")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show how every standard stands, by category."""
    viewer, as_at = _viewer(request), queries.figures_as_at()
    team = _chosen_team(request, viewer)
    figures = queries.counts_by_standard(viewer, team, as_at=as_at)
    known = horizons_by_standard()
    recorded = [one for one in policy().standards.values() if is_recorded(one)]
    timed = [one for one in recorded if known[one.id] is not None]
    groups = tables.by_category(timed)
    shown = [tables.category_table(name, ones, figures) for name, ones in groups.items()]
    if request.GET.get("as") == "csv":
        return csv_response("standards", tables.joined(shown), as_at)
    totals = total_of(figures.get(one.id, Counts()) for one in timed)
    context = {
        "form": TeamFilter(request.GET or None, teams=queries.teams_offered(viewer, team)),
        "team": team,
        "as_at": as_at,
        "totals": totals,
        "share": tables.in_time(totals),
        "chart": tables.categories_chart(groups, figures),
        "under_target": under_target_table(
            under_target(viewer, as_at=as_at), may_act=may(viewer, "performance.lead")
        ),
        "may_get_better": may(viewer, "performance.view"),
        "may_see_audits": may(viewer, "audits.view"),
        "may_see_inspection": may(viewer, "inspection.view"),
        "areas": shown_indicators.areas_table(
            national.areas(), policy().standards.values(), figures
        ),
        "tables": shown,
        "waiting": tables.waiting_table([o for o in recorded if known[o.id] is None], figures),
        "unrecorded": tables.unrecorded_table(
            [one for one in policy().standards.values() if not is_recorded(one)]
        ),
        "csv_url": _csv_url(request),
    }
    return render(request, "standards/overview.html", context)


@requires("standards.view")
@require_GET
def standard(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """Show what one standard says, how it stands by month and by team."""
    viewer, one, as_at = _viewer(request), _standard(pack, slug), queries.figures_as_at()
    team = _chosen_team(request, viewer)
    months = queries.counts_by_month(viewer, one, team, as_at=as_at)
    by_team = queries.counts_by_team(viewer, one, team, as_at=as_at)
    list_url = tables.url_of(one, "standards:children") if may(viewer, "children.view") else ""
    totals = queries.counts_by_standard(viewer, team, as_at=as_at).get(one.id, Counts())
    if request.GET.get("as") == "csv":
        table = tables.teams_table(by_team, "", team) if by_team else tables.months_table(months)
        return csv_response(slug, table, as_at)
    context = {
        "standard": one,
        "authority": wording.kind_of_authority(one),
        "category": wording.category_in_words(one.category),
        "about": tables.about_rows(one, timezone.localdate()),
        "values": tables.values_table(one),
        "is_recorded": is_recorded(one),
        "form": TeamFilter(request.GET or None, teams=queries.teams_offered(viewer, team)),
        "team": team,
        "as_at": as_at,
        "holds": wording.holds(horizons_by_standard()[one.id]),
        "share": tables.in_time(totals),
        "numbers": tables.big_numbers(totals, list_url, team),
        "months": tables.months_chart(months),
        "by_month": tables.months_table(months),
        "teams": tables.teams_chart(by_team),
        "by_team": tables.teams_table(by_team, list_url, team),
        "list_url": list_url,
        "csv_url": _csv_url(request),
        "what_if_url": _what_if_url(one, viewer),
    }
    return render(request, "standards/standard.html", context)


@requires("children.view")
@require_GET
def children(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """List the children for whom one standard stands in one state, that the viewer may see."""
    viewer, one, now = _viewer(request), _standard(pack, slug), timezone.now()
    team, state = _chosen_team(request, viewer), _chosen_state(request)
    rows = queries.listed(viewer, one, state, now=now, team=team)
    page = page_of(rows, request.GET.get("page"), most=queries.MOST)
    caption = f"{one.title}: {state}"
    context = {
        "standard": one,
        "standard_url": tables.url_of(one),
        "authority": wording.kind_of_authority(one),
        "form": ListFilter(
            {"state": str(state), "team": team.ref if team else ""},
            teams=queries.teams_offered(viewer, team),
        ),
        "state": state,
        "explained": wording.state_explained(state),
        "holds": wording.holds(horizons_by_standard()[one.id]),
        "page": page,
        "table": tables.children_table(queries.promises(page.object_list, now), caption),
    }
    return render(request, "standards/children.html", context)


@requires("policy.compare")
@require_GET
def what_if(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """Show whose result would change if a standard had another value; nothing is changed."""
    one, now = _standard(pack, slug), timezone.now()
    if not changing.numbers(one):
        raise Http404("This standard has no number to change.")
    form = changing.WhatIf(request.GET or None, standard=one)
    context = {
        "standard": one,
        "standard_url": tables.url_of(one),
        "today": wording.value_in_words(one, timezone.localdate(now)),
        "who_decides": changing.who_decides(one),
        "form": form,
    }
    if form.is_valid():
        found = flips.compared(one, form.changed(one), now)
        context |= {
            "found": found,
            "as_at": timezone.localdate(now),
            "asked": form.cleaned_data["value"],
            "sentence": changing.in_a_sentence(found),
            "changes": changing.changes_table(found.flips),
            "teams": changing.teams_table(found.flips),
        }
    return render(request, "standards/what_if.html", context)


@requires("standards.view")
@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """Show the national indicators: n of m over the months shown, and what is not known."""
    viewer, as_at = _viewer(request), queries.figures_as_at()
    team = _chosen_team(request, viewer)
    first, last = queries.period(as_at)
    found = queries.indicators_for(viewer, national.indicators(), team, as_at=as_at)
    if request.GET.get("as") == "csv":
        table = shown_indicators.indicators_export(found, first, last)
        return csv_response("indicators", table, as_at)
    context = {
        "form": TeamFilter(request.GET or None, teams=queries.teams_offered(viewer, team)),
        "team": team,
        "first": first,
        "last": last,
        "table": shown_indicators.indicators_table(found),
        "csv_url": _csv_url(request),
    }
    return render(request, "standards/indicators.html", context)


@requires("standards.view")
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Show how far the fields behind the indicators are recorded."""
    viewer, as_at = _viewer(request), queries.figures_as_at()
    team = _chosen_team(request, viewer)
    first, last = queries.period(as_at)
    filled = queries.filled_for(viewer, national.fields(), team, as_at=as_at)
    context = {
        "form": TeamFilter(request.GET or None, teams=queries.teams_offered(viewer, team)),
        "team": team,
        "first": first,
        "last": last,
        "batch": latest_merged(),
        "table": shown_indicators.fields_table(filled, may_list=may(viewer, "children.view")),
    }
    return render(request, "standards/data.html", context)


@requires("children.view")
@require_GET
def unfilled(request: HttpRequest, field: str) -> HttpResponse:
    """List the records of the period that lack a field, of children the viewer may see."""
    viewer, as_at = _viewer(request), queries.figures_as_at()
    found = next((one for one in national.fields() if one.id == field), None)
    if found is None:
        raise Http404
    rows = queries.unfilled_for(viewer, found, as_at=as_at)
    page = page_of(rows, request.GET.get("page"), most=queries.MOST)
    first, last = queries.period(as_at)
    records = queries.unfilled_of(list(page.object_list), found)
    context = {
        "field": found,
        "first": first,
        "last": last,
        "page": page,
        "table": shown_indicators.unfilled_table(records, found),
    }
    return render(request, "standards/unfilled.html", context)


@requires("performance.lead")
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """Open an improvement action for a standard that stays under its target."""
    one, now = _standard(pack, slug), timezone.now()
    form = ActionForm(request.POST or None, today=timezone.localdate(now))
    if form.is_valid():
        try:
            act_on(one, by=_viewer(request), at=now, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The action is opened, and linked to the standard.")
            return redirect("standards:overview")
    context = {"form": form, "standard": one, "standard_url": tables.url_of(one)}
    return render(request, "standards/act.html", context)


@requires("standards.view")
@require_GET
def states(request: HttpRequest) -> HttpResponse:
    """Say what each state means."""
    explained = [(state, wording.state_explained(state)) for state in COUNTED]
    return render(request, "standards/states.html", {"states": explained})


def _viewer(request: HttpRequest) -> User:
    return cast(User, request.user)


def _standard(pack: str, slug: str) -> Standard:
    found = policy().standards.get(f"{pack}/{slug}")
    if found is None:
        raise Http404
    return found


def _chosen_team(request: HttpRequest, viewer: User) -> Team | None:
    ref = request.GET.get("team")
    return queries.teams_within(viewer).filter(ref=ref).first() if ref else None


def _chosen_state(request: HttpRequest) -> State:
    named = request.GET.get("state")
    return next((state for state in LISTED if str(state) == named), State.LATE)


def _what_if_url(one: Standard, viewer: User) -> str:
    asks = may(viewer, "policy.compare") and is_recorded(one) and changing.numbers(one)
    return tables.url_of(one, "standards:what-if") if asks else ""


def _csv_url(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked["as"] = "csv"
    return f"?{asked.urlencode()}"
