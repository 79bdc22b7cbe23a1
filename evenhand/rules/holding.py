"""For which days it is known whether a standard was kept: the horizon of what would show it."""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.rules.standards import Standard, TestStandard
from evenhand.rules.states import WHOLLY, Horizon

Horizons = Mapping[str, Horizon | None]


def horizon_of(standard: Standard, horizons: Horizons) -> Horizon | None:
    """The days for which every fact that would show the standard kept is held completely.

    None where any of them is held by no source: that it was not done is then not on record. A
    test whose facts are all held is judged on any day, since it reads what there is.
    """
    held = [horizons.get(fact) for fact in standard.all_shown_by]
    known = [one for one in held if one is not None]
    if len(known) < len(held):
        return None
    if isinstance(standard, TestStandard):
        return WHOLLY
    if not held:
        return None
    froms = [one.complete_from for one in known if one.complete_from is not None]
    tos = [one.complete_to for one in known if one.complete_to is not None]
    return Horizon(max(froms, default=None), min(tos, default=None))
