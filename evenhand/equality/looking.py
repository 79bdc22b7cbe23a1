"""How a measure is looked at closely: the values of closer.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from evenhand.analytics.funnels import FunnelSettings
from evenhand.facts.adopted import policy
from evenhand.policy.disparity import PER_CENT, funnel_of
from evenhand.policy.entries import Entries, needed


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
        funnel_of(_values(), day),
        int(_value("smallest-team", day)),
        {str(key): float(per_cent) for key, per_cent in _value("targets", day).items()},
    )


def _value(id_: str, day: date) -> Any:
    return needed(_values(), id_, day, "closer.yaml")["value"]


def _values() -> Entries:
    document: Any = policy().document("closer") or {}
    entries: Entries = document.get("values", ())
    return entries
