"""Who fares worse: along the pathway, by every clock, and one measure on every dimension."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import may, requires
from evenhand.design.shell import NavItem
from evenhand.equality import queries
from evenhand.equality.beside import beside
from evenhand.equality.comparison import Comparison, rules_on
from evenhand.equality.forms import WITHOUT, FaresFilter
from evenhand.equality.lawful import uses
from evenhand.equality.looked_into import looked_into
from evenhand.equality.pathway import (
    Dimension,
    dimension_called,
    dimensions,
    headline_dimensions,
    main_dimensions,
    step_called,
)
from evenhand.equality.queries import Asked
from evenhand.equality.queries.left_out import left_out_words
from evenhand.equality.queries.representation import representation_for
from evenhand.equality.tables import fares as tables
from evenhand.equality.tables.along import along_table, where_it_arises
from evenhand.equality.tables.known import known_table
from evenhand.equality.tables.representation import beside_population
from evenhand.facts.adopted import policy
from evenhand.people.asking import CHILD
from evenhand.people.queries import Completion, items_for


@requires("fares.view")
@require_GET
@one_page
def fares(request: HttpRequest) -> HttpResponse:
    """Show the pathway by group: completeness first, then what was found, step by step."""
    viewer, asked = viewer_of(request), asked_of(request)
    found = queries.steps_for(viewer, asked)
    sections = [tables.section(one, note=_note(one.tallied.measure)) for one in found.comparisons]
    context = _around(request, asked, found) | {
        "sections": sections,
        "findings": looked_into(viewer, asked, tables.findings(found.comparisons)),
        "along": along_table(found.comparisons),
        "arises": where_it_arises(found.comparisons),
        "of_clocks": looked_into(
            viewer, asked, tables.findings(queries.clocks_for(viewer, asked).comparisons)
        ),
        "beside": beside(dimension=asked.dimension.id),
    }
    return render(request, "equality/fares.html", context)


@requires("fares.view")
@require_GET
@one_page
def clocks(request: HttpRequest) -> HttpResponse:
    """Show every clock by group: what was not done in time, of what can be judged."""
    viewer, asked = viewer_of(request), asked_of(request)
    found = queries.clocks_for(viewer, asked)
    judged = [one for one in found.comparisons if one.total.of]
    unjudged = [one for one in found.comparisons if not one.total.of]
    context = _around(request, asked, found) | {
        "tables": tables.clock_tables(judged),
        "findings": looked_into(viewer, asked, tables.findings(judged)),
        "unjudged": tables.unjudged_table(unjudged) if unjudged else None,
        "unsure": [one for one in judged if not one.has_headline],
    }
    return render(request, "equality/clocks.html", context)


@requires("fares.view")
@require_GET
@one_page
def step(request: HttpRequest, step: str) -> HttpResponse:
    """Show one step of the pathway on every dimension."""
    found = step_called(step)
    if found is None:
        raise Http404
    context = {
        "note": found.note,
        "lives_here": [
            beside_population(one)
            for one in representation_for(viewer_of(request), step, asked_of(request))
        ],
        "beside": beside(step=step),
        "clauses": found.clauses,
        "release_url": reverse("equality:release-step", args=[step]),
        "closer_url": reverse("equality:closer-step", args=[step]),
        "cases_url": reverse("equality:cases-step", args=[step]),
    }
    return _measure(request, step, found.title, context)


@requires("fares.view")
@require_GET
@one_page
def clock(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """Show one standard on every dimension, leading to the children for those who may see them."""
    found = policy().standards.get(f"{pack}/{slug}")
    if found is None:
        raise Http404
    standard_url = reverse("standards:standard", args=[pack, slug])
    may_list = may(viewer_of(request), "children.view")
    context = {
        "standard_url": standard_url,
        "release_url": reverse("equality:release-clock", args=[pack, slug]),
        "closer_url": reverse("equality:closer-clock", args=[pack, slug]),
        "cases_url": reverse("equality:cases-clock", args=[pack, slug]),
        "list_url": reverse("standards:children", args=[pack, slug]) if may_list else "",
        "beside": beside(standard=found.id),
        "clauses": found.clauses,
    }
    return _measure(request, found.id, found.title, context)


def _measure(request: HttpRequest, measure: str, title: str, more: dict[str, Any]) -> HttpResponse:
    viewer, asked, as_at = viewer_of(request), asked_of(request), queries.counted_on()
    found = queries.fares_of(viewer, measure, asked)
    counted = [one for one in found if one.total.of]
    cases_url = more["cases_url"] if may(viewer, "fares.cases") else ""
    sections = [
        tables.section(one, title=one.dimension.label, cases_url=cases_url)
        for one in counted
        if one.known
    ]
    context = more | {
        "title": title,
        "known": known_table(counted, completions_of(viewer, asked)),
        "uses": uses(one.dimension for one in counted),
        "sections": sections,
        "findings": looked_into(viewer, asked, tables.findings(_searched(found))),
        "is_suppressed": any(one.is_suppressed for one in found),
        "form": _form(request, viewer, by=()),
        "rules": rules_on(as_at),
        "as_at": as_at,
        "left_out": left_out_words(viewer, asked.team, as_at),
        "may_release": may(viewer, "fares.release"),
        "may_look_into": may(viewer, "findings.look_into"),
        "service": asked.team,
    }
    return render(request, "equality/measure.html", context)


def _searched(found: Iterable[Comparison]) -> list[Comparison]:
    """Return those by which differences are searched for: not the team, whose work it is."""
    searched = {dimension.id for dimension in headline_dimensions()}
    return [one for one in found if {one.dimension.id, one.dimension.within} & searched]


def _around(request: HttpRequest, asked: Asked, found: queries.Fares) -> dict[str, Any]:
    viewer, as_at = viewer_of(request), queries.counted_on()
    return {
        "dimension": asked.dimension,
        "service": asked.team,
        "form": _form(request, viewer, by=main_dimensions()),
        "tabs": tabs_of(request),
        "completion": _completion(viewer, asked),
        "uses": uses([asked.dimension]),
        "completeness_url": _completeness_url(asked.dimension),
        "compared": found.compared,
        "is_suppressed": not found.is_exact,
        "nothing": not found.comparisons,
        "rules": rules_on(as_at),
        "as_at": as_at,
        "left_out": left_out_words(viewer, asked.team, as_at),
        "may_release": may(viewer, "fares.release"),
        "may_look_into": may(viewer, "findings.look_into"),
    }


def asked_of(request: HttpRequest) -> Asked:
    """Return what a page is asked for, within the viewer's reach; the first dimension if none."""
    dimension = dimension_called(request.GET.get("by", "")) or dimensions()[0]
    ref = request.GET.get("service", "")
    services = queries.services_offered(viewer_of(request)) if ref else []
    team = next((each for each in services if each.ref == ref), None)
    return Asked(dimension, team, request.GET.get("children") == WITHOUT)


def _form(request: HttpRequest, viewer: User, *, by: Any) -> FaresFilter:
    return FaresFilter(request.GET or None, by=by, services=queries.services_offered(viewer))


def tabs_of(request: HttpRequest) -> list[NavItem]:
    """Return the pages that belong together, with what was asked kept."""
    asked = request.GET.urlencode()
    query = f"?{asked}" if asked else ""
    places = (
        ("The pathway", reverse("equality:fares")),
        ("Every clock", reverse("equality:clocks")),
        ("Services", reverse("equality:services")),
        ("Released figures", reverse("equality:releases")),
    )
    return [NavItem(words, f"{url}{query}", active=request.path == url) for words, url in places]


def completions_of(viewer: User, asked: Asked) -> dict[str, Completion]:
    """Return by characteristic of how many children who are open now it was asked and is known."""
    rows = items_for(viewer, team=asked.team)
    return {row.item.characteristic: row.completion for row in rows if row.person == CHILD}


def _completion(viewer: User, asked: Asked) -> Completion | None:
    named = asked.dimension.characteristic
    return completions_of(viewer, asked).get(named) if named else None


def _completeness_url(dimension: Dimension) -> str:
    if not dimension.characteristic:
        return ""
    page = reverse("people:completeness")
    return f"{page}?item={dimension.characteristic}&person={CHILD}"


def _note(measure: str) -> str:
    found = step_called(measure)
    return found.note if found else ""


def viewer_of(request: HttpRequest) -> User:
    """Return who asks."""
    return cast(User, request.user)
