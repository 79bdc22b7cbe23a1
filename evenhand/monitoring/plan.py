"""The monitoring plan of the adopted packs (monitoring.yaml), and when a data set is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.problems import Problem
from evenhand.rules.arithmetic import add_months
from evenhand.rules.periods import QUARTER, first_of

MONTHS: Mapping[str, int] = {"monthly": 1, "quarterly": QUARTER}
"""What the words of frequencies mean; not how often anything is to be done."""


class Dataset(NamedTuple):
    """One data set: how often it is looked at, by which role, and its target of completeness."""

    id: str
    label: str
    frequency: str
    owner: str
    target_percent: int


def datasets() -> tuple[Dataset, ...]:
    """Return the plan, perhaps empty. Problem for a frequency that there is none of."""
    return _datasets(policy().digest)


def dataset_called(id_: str) -> Dataset | None:
    """Return one data set of the plan, or None."""
    return next((one for one in datasets() if one.id == id_), None)


def overdue_since(
    dataset: Dataset, last: date | None, began: date | None, today: date
) -> date | None:
    """Return from which day a data set is overdue; None where it is not.

    It is looked at once in every month or quarter of the calendar: the day after the first that
    ended without. ``last`` is the last look; without one, ``began`` is the day from which there
    was something to look at, if any, and that month or quarter is the first.
    """
    months = MONTHS[dataset.frequency]
    if last is not None:
        missing = add_months(first_of(last, months), months)
    elif began is not None:
        missing = first_of(began, months)
    else:
        return None
    over = add_months(missing, months)
    return over if over <= today else None


@cache
def _datasets(_digest: str) -> tuple[Dataset, ...]:
    found: Any = policy().document("monitoring") or {}
    plan = tuple(Dataset(**one) for one in found.get("datasets", ()))
    for one in plan:
        if one.frequency not in MONTHS:
            raise Problem(
                f'monitoring.yaml: "{one.id}" is looked at {one.frequency}.',
                f"Write one of: {', '.join(MONTHS)}.",
            )
    return plan
