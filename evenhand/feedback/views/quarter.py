"""What children, families and others told us in a quarter: counts, as far as the viewer's reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.wording import quarter as quarter_words
from evenhand.feedback import pack, queries, wording
from evenhand.feedback.forms import QuarterFilter
from evenhand.feedback.tables.barriers import suggestions_table
from evenhand.feedback.tables.quarter import (
    barriers_table,
    confidence_table,
    grounds_table,
    received_table,
)
from evenhand.feedback.tables.register import feedback_table
from evenhand.people.views.requests import viewer_of
from evenhand.rules.periods import Span, quarter_before, quarters_back

MOST_LISTED = 100


@requires("feedback.report")
@require_GET
def quarter(request: HttpRequest) -> HttpResponse:
    """Report on one quarter; the running one, unless another is asked for."""
    viewer, today = viewer_of(request), timezone.localdate()
    offered = quarters_back(today, pack.value_on("quarters-shown", today))[::-1]
    chosen = _chosen(offered, request.GET.get("quarter"))
    form = QuarterFilter({"quarter": f"{chosen.since:%Y-%m-%d}"}, quarters=offered)
    exact, below = queries.is_entitled(viewer), pack.suppress_below(today)
    seen = {"exact": exact, "below": below}
    context = {
        "form": form, "quarter": quarter_words(chosen.since, full=True),
        "is_exact": exact, "below": below,
        **_received(viewer, chosen, seen), **_trust(viewer, chosen, seen),
        **_met(viewer, chosen, seen), "may_record": may(viewer, "feedback.record"),
        "may_survey": may(viewer, "feedback.survey"),
    }  # fmt: skip
    return render(request, "feedback/quarter.html", context)


def _chosen(offered: list[Span], asked: str | None) -> Span:
    return next((one for one in offered if f"{one.since:%Y-%m-%d}" == asked), offered[0])


def _received(viewer: User, chosen: Span, seen: Mapping[str, Any]) -> Mapping[str, Any]:
    found = queries.received_for(viewer, chosen)
    waiting = queries.awaiting_for(viewer, chosen)[:MOST_LISTED]
    services, themes = pack.choices("services"), pack.choices("themes")
    return {
        "received": wording.received(found, **seen),
        "by_service": received_table(
            "Feedback by service", "Service", found.by_service, services, **seen
        ),
        "by_theme": received_table("Feedback by theme", "Theme", found.by_theme, themes, **seen),
        "waiting": feedback_table(
            waiting, "Awaiting a response", "Nothing that you may open awaits a response."
        ),
    }


def _trust(viewer: User, chosen: Span, seen: Mapping[str, Any]) -> Mapping[str, Any]:
    now, before = (queries.confidence_for(viewer, one) for one in (chosen, quarter_before(chosen)))
    who = [(each.id, each.label) for each in pack.choices("respondents")]
    tables = [
        confidence_table(
            "Trust, by who answered", "Who answered", (now.by_respondent, before.by_respondent),
            who, **seen,
        )
    ]  # fmt: skip
    for dimension, found in now.by_group.items():
        pair = (found, before.by_group.get(dimension, {}))
        groups = sorted({group for each in pair for group in each if group})
        labels = [*((group, group) for group in groups), ("", "Not known")]
        caption, first = f"Trust, by {dimension.label.lower()}", dimension.label
        tables.append(confidence_table(caption, first, pair, labels, **seen))
    whole = wording.trust(now.whole, before.whole, **seen)
    return {"question": pack.question(), "trust": whole, "trusts": tables}


def _met(viewer: User, chosen: Span, seen: Mapping[str, Any]) -> Mapping[str, Any]:
    suggestions = queries.suggestions_for(viewer, chosen)
    now, before = (queries.by_ground(viewer, one) for one in (chosen, quarter_before(chosen)))
    return {
        "barriers": barriers_table(queries.by_service(viewer, chosen), **seen),
        "suggestions": suggestions_table(suggestions, exact=seen["exact"]),
        "cited": [each for each in suggestions if each.cites],
        "grounds": grounds_table(now, before, **seen),
    }
