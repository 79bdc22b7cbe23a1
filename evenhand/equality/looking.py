"""How a measure is looked at closely: the values of closer.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from evenhand.analytics.funnels import FunnelSettings
from evenhand.equality.pathway import in_force
from evenhand.facts.adopted import policy
from evenhand.problems import Problem

PER_CENT = 100


class Close(NamedTuple):
    """The values in force on a day; shares are from 0 to 1, targets per cent by measure."""

    allow_for: tuple[str, ...]
    same: float
    funnel: FunnelSettings
    smallest_team: int
    targets: Mapping[str, float]


def close_on(day: date) -> Close:
    """Return how a measure is looked at closely on a day. Problem, naming it, where none is."""
    return Close(
        tuple(_value("allow-for", day)),
        float(_value("about-the-same", day)) / PER_CENT,
        _funnel(day),
        int(_value("smallest-team", day)),
        {str(key): float(per_cent) for key, per_cent in _value("targets", day).items()},
    )


def _funnel(day: date) -> FunnelSettings:
    inner, outer, winsorised, chance = (
        float(_value(id_, day)) / PER_CENT
        for id_ in ("funnel-inner", "funnel-outer", "funnel-winsorised", "funnel-spread-chance")
    )
    return FunnelSettings(
        (inner, outer), winsorised, chance, int(_value("funnel-spread-from", day))
    )


def _value(id_: str, day: date) -> Any:
    document: Any = policy().document("closer") or {}
    entries = [each for each in document.get("values", ()) if each["id"] == id_]
    found = in_force(entries, day)
    if found is None:
        raise Problem(
            f'closer.yaml has no value of "{id_}" in force on {day:%d/%m/%Y}.',
            "Add one that begins by then, or put the pack's own back.",
        )
    return found
