"""What a row of quarters shows, in words: improving or not, and how far from a target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from evenhand.design.wording import number
from evenhand.facts.adopted import policy
from evenhand.policy.entries import needed

IMPROVING, NO_CLEAR_CHANGE, WORSE = "improving", "no clear change", "getting worse"
TOO_FEW = "too few quarters to tell"


class TrendRule(NamedTuple):
    """How a trend is read (monitoring-uses.yaml): a change below ``least`` points is none.

    The newest value is set against the first of the last ``quarters`` that are known.
    """

    least: float
    quarters: int


def trend_rule(on: date) -> TrendRule:
    """Return the rule in force on a day. Problem, naming the value, where the packs have none."""
    return TrendRule(float(value("least-change", on)), int(value("quarters-compared", on)))


def value(id_: str, on: date) -> Any:
    """Return the value of monitoring-uses.yaml in force on a day. Problem, naming it, if none."""
    document: Any = policy().document("monitoring-uses") or {}
    return needed(document.get("values", ()), id_, on, "monitoring-uses.yaml")["value"]


def direction(values: Sequence[float | None], rule: TrendRule, *, higher_is_better: bool) -> str:
    """Return whether values, oldest first, improve; None is a quarter that is not known."""
    known = [value for value in values if value is not None][-rule.quarters :]
    if len(known) < rule.quarters:
        return TOO_FEW
    change = known[-1] - known[0]
    if abs(change) < rule.least:
        return NO_CLEAR_CHANGE
    return IMPROVING if (change > 0) is higher_is_better else WORSE


def against_target(value: float, target: float, *, higher_is_better: bool, unit: str) -> str:
    """Return how far a value is from its target, such as "1 point below target".

    ``unit`` is the singular: "point" or "day". Where lower is better, what is under the target
    meets it; either way a target that is met is said to be, with by how much.
    """
    apart = round(abs(value - target), 1)
    if not apart:
        return "at the target"
    units = f"{number(apart)} {unit if apart == 1 else unit + 's'}"
    side = "above" if value > target else "below"
    met = (value > target) is higher_is_better
    return f"{units} {side} target" + (", which is met" if met else "")


def progress(
    values: Sequence[float | None],
    target: float | None,
    rule: TrendRule,
    *,
    higher_is_better: bool = True,
    unit: str = "point",
) -> str:
    """Return both in a few words: "improving, 1 point below target". Nothing known says so."""
    known = [value for value in values if value is not None]
    if not known:
        return "nothing known yet"
    said = direction(values, rule, higher_is_better=higher_is_better)
    if target is None:
        return said
    far = against_target(known[-1], target, higher_is_better=higher_is_better, unit=unit)
    return f"{said}, {far}"
