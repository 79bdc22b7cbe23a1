"""A closer look at one measure and one way to tell groups apart: each part answers one question."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import requires
from evenhand.equality import queries, wording
from evenhand.equality.comparison import rules_on
from evenhand.equality.forms import CloserFilter
from evenhand.equality.lawful import uses
from evenhand.equality.pathway import dimensions, step_called
from evenhand.equality.progress import trend_rule
from evenhand.equality.queries import Asked
from evenhand.equality.queries.closer import Closer, also_by, closer_for, crossable
from evenhand.equality.queries.trend import quarters_for
from evenhand.equality.queries.waits import waits_for
from evenhand.equality.tables import fares as tables
from evenhand.equality.tables.allowing import allowing_section
from evenhand.equality.tables.crossed import crossed_sentence, crossed_table
from evenhand.equality.tables.known import known_table
from evenhand.equality.tables.quarters import course
from evenhand.equality.tables.teams import teams_section
from evenhand.equality.tables.waits import Waits, waits_section
from evenhand.equality.views.fares import asked_of, completions_of, viewer_of
from evenhand.facts.adopted import policy


@requires("fares.view")
@require_GET
@one_page
def closer_step(request: HttpRequest, step: str) -> HttpResponse:
    """Look closely at one step of the pathway."""
    found = step_called(step)
    if found is None:
        raise Http404
    up = reverse("equality:step", args=[step])
    return _closer(request, step, {"title": found.title, "up": up, "note": found.note})


@requires("fares.view")
@require_GET
@one_page
def closer_clock(request: HttpRequest, pack: str, slug: str) -> HttpResponse:
    """Look closely at one standard, and at how long each group waits."""
    found = policy().standards.get(f"{pack}/{slug}")
    if found is None:
        raise Http404
    up = reverse("equality:clock", args=[pack, slug])
    return _closer(request, found.id, {"title": found.title, "up": up})


def _closer(request: HttpRequest, measure: str, about: dict[str, Any]) -> HttpResponse:
    viewer, asked = viewer_of(request), asked_of(request)
    also = also_by(asked.dimension, request.GET.get("also", ""))
    found = closer_for(viewer, measure, asked, also)
    context = about | {
        "dimension": asked.dimension,
        "also": also,
        "service": asked.team,
        "form": CloserFilter(
            _given(request, asked, also.id), by=dimensions(), also=crossable(asked.dimension),
            services=queries.services_offered(viewer),
        ),
        "as_at": queries.counted_on(),
        "rules": rules_on(queries.counted_on()),
        "uses": uses([asked.dimension, also]),
        "found": found,
    }  # fmt: skip
    if found is not None:
        context |= _sections(viewer, asked, measure, found)
    return render(request, "equality/closer.html", context)


def _given(request: HttpRequest, asked: Asked, also: str) -> dict[str, str]:
    return {**request.GET.dict(), "by": asked.dimension.id, "also": also}


def _sections(viewer: User, asked: Asked, measure: str, found: Closer) -> dict[str, Any]:
    one = found.comparison
    return {
        "known": known_table([one], completions_of(viewer, asked)),
        "is_suppressed": one.is_suppressed,
        "section": tables.section(one, title=one.dimension.label),
        "crossed": crossed_table(found.crossed, wording.happened(one)) if found.crossed else None,
        "crossed_words": crossed_sentence(found.crossed, one.rules) if found.crossed else "",
        "allowances": [allowing_section(each) for each in found.allowances],
        "waits": _waits(viewer, asked, measure, found),
        "course": course(
            quarters_for(viewer, measure, asked),
            one,
            trend_rule(queries.counted_on()),
            found.close.targets,
        ),
        "teams": teams_section(found.teams, wording.happened(one), found.close),
    }


def _waits(viewer: User, asked: Asked, measure: str, found: Closer) -> Waits | None:
    waited = waits_for(viewer, measure, asked)
    if waited is None or not found.comparison.has_headline:
        return None
    return waits_section(waited, asked.dimension, found.comparison.rules, "waiting")
