"""National indicators worked out: n of m, and of how many it is not known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from evenhand.accounts.models import Team, User
from evenhand.facts.adopted import policy
from evenhand.facts.registry import is_bound
from evenhand.standards.counts import Counts
from evenhand.standards.indicators import Answered, Definition, Indicator, InTime
from evenhand.standards.queries.counting import counts_by_standard, counts_of_turn
from evenhand.standards.queries.records import codes_for


class Measured(NamedTuple):
    """An indicator over the months shown: ``part`` of ``whole``; ``not_known`` is in neither."""

    indicator: Indicator
    definition: Definition
    part: int
    whole: int
    not_known: int


def indicators_for(
    viewer: User, indicators: tuple[Indicator, ...], team: Team | None = None, *, as_at: date
) -> list[Measured]:
    """Return the indicators that a definition in force makes, within the viewer's counts.

    One whose standard is not adopted, or whose facts nothing holds, is left out.
    """
    figures = counts_by_standard(viewer, team, as_at=as_at)
    found = []
    for one in indicators:
        definition = one.defined_on(as_at)
        counted = _counted(viewer, one, figures, team, as_at) if definition else None
        if definition and counted:
            found.append(Measured(one, definition, *counted))
    return found


def _counted(
    viewer: User, one: Indicator, figures: Mapping[str, Counts], team: Team | None, as_at: date
) -> tuple[int, int, int] | None:
    if isinstance(one.measured, Answered):
        return _answered(viewer, one.measured, team, as_at)
    return _in_time(viewer, one.measured, figures, team, as_at)


def _in_time(
    viewer: User, what: InTime, figures: Mapping[str, Counts], team: Team | None, as_at: date
) -> tuple[int, int, int] | None:
    if what.standard not in policy().standards:
        return None
    if what.turn is None:
        counts = figures.get(what.standard, Counts())
    else:
        counts = counts_of_turn(viewer, what.standard, what.turn, team, as_at=as_at)
    return counts.kept, counts.due, counts.not_known + counts.not_recorded


def _answered(
    viewer: User, what: Answered, team: Team | None, as_at: date
) -> tuple[int, int, int] | None:
    if not (is_bound(what.at) and is_bound(what.fact)):
        return None
    codes = codes_for(viewer, what.subject, what.at, what.fact, team, as_at=as_at)
    known = {code: n for code, n in codes.items() if code and code not in what.left_out}
    part = sum(n for code, n in known.items() if code in what.counted)
    return part, sum(known.values()), codes.get("", 0)
