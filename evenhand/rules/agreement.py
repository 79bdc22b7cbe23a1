"""Where the two engines differ: on the same cases there must be nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from evenhand.rules import moments
from evenhand.rules.calendar import Calendar
from evenhand.rules.column_states import STATES, states_of
from evenhand.rules.columns import evaluate_columns
from evenhand.rules.gathering import Kinds, columns_of
from evenhand.rules.holding import Horizons, horizon_of
from evenhand.rules.london import london_day
from evenhand.rules.outcome_columns import OutcomeColumns
from evenhand.rules.outcomes import Outcome
from evenhand.rules.reference import evaluate
from evenhand.rules.standards import Standard
from evenhand.rules.states import State
from evenhand.rules.table import Column
from evenhand.rules.values import Case


class Turn(NamedTuple):
    """One cycle as both engines tell it."""

    row: int
    cycle: int
    state: State
    anchor: date | datetime | None
    due: date | datetime | None
    due_from: datetime | None
    done: date | datetime | None
    excused: bool
    provisional: bool


class Difference(NamedTuple):
    """One case on which the engines differ, with what each makes of it."""

    row: int
    reference: tuple[Turn, ...]
    columns: tuple[Turn, ...]


def differences(
    standard: Standard,
    cases: Sequence[Case],
    kinds: Kinds,
    calendar: Calendar,
    now: datetime,
    horizons: Horizons,
) -> list[Difference]:
    """The cases on which the engines differ in any cycle, date or state."""
    needed = {name: kinds[name] for name in standard.facts()}
    outcomes = evaluate_columns(
        standard, columns_of(cases, needed), calendar, now,
        rows=len(cases), horizon=horizon_of(standard, horizons),
    )  # fmt: skip
    by_columns = _by_row(column_turns(standard, outcomes, now, horizons), len(cases))
    found = []
    for row, case in enumerate(cases):
        slow = [
            _reference_turn(row, outcome)
            for outcome in evaluate(standard, case, calendar, now, horizons)
            if outcome.state is not State.NOT_APPLICABLE
        ]
        if tuple(slow) != by_columns[row]:
            found.append(Difference(row, tuple(slow), by_columns[row]))
    return found


def column_turns(
    standard: Standard, outcomes: OutcomeColumns, now: datetime, horizons: Horizons
) -> Iterator[Turn]:
    """The cycles of the column engine, one by one."""
    states = states_of(outcomes, now, horizon_of(standard, horizons))
    for place in range(len(outcomes)):
        due = time_at(outcomes.due, place)
        yield Turn(
            int(outcomes.row[place]), int(outcomes.cycle[place]), STATES[states[place]],
            time_at(outcomes.anchor, place), due, _due_from(outcomes, place, due),
            time_at(outcomes.done, place), bool(outcomes.excused[place]),
            bool(outcomes.provisional[place]),
        )  # fmt: skip


def time_at(column: Column, place: int) -> date | datetime | None:
    """The date or moment of one row of a column."""
    if not column.valid[place]:
        return None
    value = int(column.values[place])
    if column.kind == "date":
        return moments.from_day(value)
    moment = moments.from_micros(value)
    by_day = column.by_day is not None and column.by_day[place]
    return london_day(moment) if by_day else moment


def _due_from(outcomes: OutcomeColumns, place: int, due: date | datetime | None) -> datetime | None:
    if outcomes.due_from is None or not isinstance(due, datetime):
        return None
    earliest = moments.from_micros(int(outcomes.due_from[place]))
    return earliest if earliest != due else None


def _reference_turn(row: int, outcome: Outcome) -> Turn:
    return Turn(
        row, outcome.cycle, outcome.state, outcome.anchor, outcome.due, outcome.due_from,
        outcome.done, bool(outcome.excused_by), outcome.provisional,
    )  # fmt: skip


def _by_row(turns: Iterator[Turn], count: int) -> list[tuple[Turn, ...]]:
    rows: list[list[Turn]] = [[] for _ in range(count)]
    for turn in turns:
        rows[turn.row].append(turn)
    return [tuple(row) for row in rows]
