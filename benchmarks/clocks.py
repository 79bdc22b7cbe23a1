"""Clock verdicts: ten million pairs against a plain gather, and the two engines against each other.

The floor is one fancy index of the calendar's ordinals by the starts' days: the least that
finding a due day can cost. The verdict does more: nulls on both sides, done or not, a horizon, now.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from evenhand.policy import load
from evenhand.rules import Calendar, Dated, Deadline, Entry, Horizon, Offset, evaluate
from evenhand.rules.columns import STATES, Column, verdicts
from evenhand.rules.due_table import Clock
from evenhand.rules.london import last_moment
from evenhand.rules.moments import from_day, to_day

PAIRS = 10_000_000
ROUNDS = 7
BOUND = 2.0
SAMPLE = 20_000
NOW = last_moment(date(2026, 11, 20))
HORIZON = Horizon(date(2019, 4, 1), date(2026, 11, 15))
STANDARD = Deadline(
    id="bench/due-in-7-working-days", title="Due in 7 working days", clauses=(), pack="bench",
    subject="referral", starts="start", stops="stop",
    within=Dated.of([Entry(date(2000, 1, 1), Offset(7, "working days"), "text")]),
)  # fmt: skip


@dataclass(frozen=True)
class Pairs:
    """Starts and stops with nulls on both sides."""

    starts: Column
    stops: Column


def pairs(count: int, seed: int = 1) -> Pairs:
    """Made-up pairs over eight years: 1% without a start, 15% without a stop."""
    draw = np.random.default_rng(seed)
    first = to_day(date(2018, 11, 20))
    starts = draw.integers(first, to_day(date(2026, 11, 20)), count, dtype=np.int32)
    stops = starts + draw.integers(0, 25, count, dtype=np.int32)
    return Pairs(
        Column(starts, draw.random(count) > 0.01), Column(stops, draw.random(count) > 0.15)
    )


def run() -> list[dict[str, object]]:
    """The rows of the table: the ratio of medians, and the disagreements counted."""
    calendar = load().calendar
    data = pairs(PAIRS)
    ratio, floor, ours = _ratio(
        lambda: _gather(data.starts.values, calendar),
        lambda: verdicts(STANDARD, data.starts, data.stops, calendar, NOW, HORIZON),
    )
    wrong = disagreements(data, calendar)
    per_pair = f"{ours / PAIRS * 1e9:.1f} ns a pair against {floor / PAIRS * 1e9:.1f}"
    return [
        _row("clock verdicts, 10 M pairs / numpy gather", ratio, BOUND, per_pair),
        _row("clock verdicts that differ from the reference", wrong, 0, f"of {SAMPLE:,} checked"),
    ]


def disagreements(data: Pairs, calendar: Calendar) -> int:
    """How many of a sample of verdicts are not those of the reference engine."""
    rows = np.random.default_rng(2).integers(0, len(data.starts), SAMPLE)
    starts, stops = data.starts.take(rows), data.stops.take(rows)
    fast = verdicts(STANDARD, starts, stops, calendar, NOW, HORIZON)
    return sum(
        STATES[fast[row]] is not _slow(starts, stops, row, calendar) for row in range(SAMPLE)
    )


def _slow(starts: Column, stops: Column, row: int, calendar: Calendar) -> object:
    case = {"start": _day(starts, row), "stop": _day(stops, row)}
    (outcome,) = evaluate(STANDARD, case, calendar, NOW, {"stop": HORIZON})
    return outcome.state


def _day(column: Column, row: int) -> date | None:
    return from_day(int(column.values[row])) if column.valid[row] else None


_FIRST = to_day(date(2000, 1, 1))


def _gather(starts: np.ndarray, calendar: Calendar) -> np.ndarray:
    ordinals = _ordinals(calendar)
    return ordinals[starts - _FIRST]


_TABLES: dict[Calendar, np.ndarray] = {}


def _ordinals(calendar: Calendar) -> np.ndarray:
    if calendar not in _TABLES:
        table = Clock(STANDARD.within, calendar).table(_FIRST, to_day(date(2028, 1, 1)))  # type: ignore[arg-type]
        _TABLES[calendar] = table.day
    return _TABLES[calendar]


def _ratio(floor: Callable[[], object], ours: Callable[[], object]) -> tuple[float, float, float]:
    """The ratio of medians of interleaved rounds, after one of each to warm up."""
    floor(), ours()
    times: dict[Callable[[], object], list[float]] = {floor: [], ours: []}
    for _ in range(ROUNDS):
        for work in (floor, ours):
            begin = time.perf_counter()
            work()
            times[work].append(time.perf_counter() - begin)
    low, high = statistics.median(times[floor]), statistics.median(times[ours])
    return high / low, low, high


def _row(name: str, ratio: float, bound: float, detail: str) -> dict[str, object]:
    return {
        "name": name, "ratio": round(float(ratio), 3), "bound": bound, "holds": ratio <= bound,
        "detail": detail,
    }  # fmt: skip


if __name__ == "__main__":
    for row in run():
        print(row)
