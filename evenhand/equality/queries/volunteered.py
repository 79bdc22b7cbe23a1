"""How the pathway goes for those who let be counted what they chose to tell: worked out anew."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.equality.events import Events, day_number, of_pathway
from evenhand.equality.pack import value
from evenhand.equality.pathway import step_called
from evenhand.equality.queries.fares import counted_on
from evenhand.equality.volunteered import Chosen, Limits, Part, chosen, parts
from evenhand.facts.holding import Integers
from evenhand.people.queries.volunteered import agreed_answers
from evenhand.rules.periods import YEAR, quarter_of

NOBODY = 0


class StepTold(NamedTuple):
    """One step of the pathway by the groups that may be shown."""

    title: str
    parts: list[Part]


class Told(NamedTuple):
    """One thing that children chose to tell, with the steps of which anything may be shown."""

    what: Chosen
    steps: list[StepTold]


def limits_on(day: date) -> Limits:
    """Return in what numbers what was chosen to be told is shown on a day."""
    return Limits(int(value("smallest-volunteered", day)), int(value("round-to", day)))


def volunteered_for(viewer: User) -> list[Told] | None:
    """Return what may be shown; None for whoever does not see the whole authority's figures.

    Of a part of the authority, what is shown of the whole would tell of the other parts. Only what
    was said before this quarter began counts, so that nobody's answer shows on the day after.
    """
    if not scope_of(viewer).aggregates.everyone:
        return None
    as_at = counted_on()
    limits, listed, first = limits_on(as_at), chosen(), quarter_of(as_at).since
    answers = {one.characteristic: agreed_answers(one.characteristic, first) for one in listed}
    events = list(of_pathway(as_at)) if any(answers.values()) else []
    return [Told(one, _steps(one, answers[one.characteristic], events, limits)) for one in listed]


def _steps(
    one: Chosen, answers: dict[int, str], events: list[Events], limits: Limits
) -> list[StepTold]:
    found = []
    for each in events:
        step, shown = step_called(each.measure), parts(one, answers, *_children(each), limits)
        if step is not None and shown:
            found.append(StepTold(step.title, shown))
    return found


def _children(events: Events) -> tuple[Integers, Integers]:
    """The children counted in the year, and those who went on: each once."""
    span = events.spans.get(YEAR)
    if span is None:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    inside = (events.days >= day_number(span.since)) & (events.days <= day_number(span.until))
    counted = events.judged & inside & (events.whose != NOBODY)
    return np.unique(events.whose[counted]), np.unique(events.whose[counted & events.reached])
