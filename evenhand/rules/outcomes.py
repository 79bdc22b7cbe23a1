"""What a rule gives back: the state, the dates, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from evenhand.rules.london import span
from evenhand.rules.states import State


class Reason(NamedTuple):
    """One step of the explanation: a code, and its parameters in order. Worded when shown."""

    code: str
    params: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, code: str, **params: object) -> Reason:
        """A reason with named parameters."""
        return cls(code, tuple(params.items()))

    def as_dict(self) -> dict[str, object]:
        """The parameters by name."""
        return dict(self.params)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one cycle of a standard stands for one subject.

    `cycle` counts from 1. `due` is None where no rule is in force. Where the start is known only
    by its day and the clock counts hours, `due` is the latest moment it can mean and `due_from`
    the earliest. `pack` is the digest of the standard's definition.
    """

    standard: str
    cycle: int
    state: State
    anchor: date | datetime | None
    due: date | datetime | None
    done: date | datetime | None = None
    due_from: datetime | None = None
    excused_by: str = ""
    provisional: bool = False
    reasons: tuple[Reason, ...] = ()
    clauses: tuple[str, ...] = ()
    pack: str = ""


def leading(outcomes: Iterable[Outcome]) -> Outcome | None:
    """Of outcomes on one start and stop, the one that falls due first: it leads.

    The others run beside it. Ties go to the first given; None where nothing is due.
    """
    due = [(span(outcome.due)[1], outcome) for outcome in outcomes if outcome.due is not None]
    return min(due, key=lambda pair: pair[0])[1] if due else None
