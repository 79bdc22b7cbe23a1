"""Facts, standards and moments as they really come: month ends, leap days, nulls and mistakes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from evenhand.rules import Calendar, Dated, Deadline, Entry, Horizon, Offset, Standard
from evenhand.rules.calendar import ordinary_holidays
from evenhand.rules.standards import PerPeriod, Recurrence, TestStandard
from evenhand.rules.trees import (
    Age,
    AllOf,
    Amount,
    AnyOf,
    AtLeast,
    Compare,
    Count,
    IsIn,
    Known,
    Not,
    SameAs,
)
from evenhand.rules.values import EXACT_UNITS, UNITS

KINDS = {
    "day": ("date", False),
    "time": ("moment", False),
    "done day": ("date", False),
    "done time": ("moment", False),
    "days": ("date", True),
    "times": ("moment", True),
    "due day": ("date", False),
    "due time": ("moment", False),
    "ended": ("date", False),
    "ended time": ("moment", False),
    "excused": ("yes_no", False),
    "excused day": ("date", False),
    "excused days": ("date", True),
    "born": ("date", False),
    "code": ("code", False),
    "codes": ("code", True),
    "number": ("number", False),
}
SINGLE_TIMES = ["day", "time", "done day", "done time", "due day", "due time"]
CODES = ["V3", "V4", "C2"]
AWKWARD = [
    date(1, 1, 1), date(202, 3, 1), date(1899, 12, 31), date(1900, 1, 1), date(1999, 12, 31),
    date(2000, 1, 1), date(2000, 2, 29), date(2004, 2, 29), date(2008, 2, 29), date(2022, 9, 16),
    date(2023, 5, 5), date(2024, 2, 29), date(2024, 8, 31), date(2025, 1, 31), date(2026, 4, 2),
    date(2026, 4, 3), date(2026, 12, 24), date(2027, 12, 31), date(2028, 1, 1), date(2028, 2, 29),
    date(2199, 12, 31), date(2200, 1, 1), date(9999, 12, 31),
]  # fmt: skip

# A calendar that ends before the facts do, with a one-off day and one bank holiday moved.
CALENDAR = Calendar(
    frozenset(
        {day for year in range(2000, 2028) for day in ordinary_holidays(year)}
        - {date(2020, 5, 4)} | {date(2020, 5, 8), date(2022, 9, 19), date(2023, 5, 8)}
    ),
    date(2000, 1, 1),
    date(2027, 12, 31),
)  # fmt: skip


def mostly(usual: st.SearchStrategy, *others: st.SearchStrategy) -> st.SearchStrategy:
    """The usual four times of five, and else one of the others."""
    return st.integers(0, 9).flatmap(lambda n: usual if n < 8 else st.one_of(*others))


close_days = st.dates(date(2026, 3, 20), date(2026, 4, 25))  # Easter, and the clocks going forward
usual_days = st.dates(date(1998, 1, 1), date(2031, 12, 31))
days = mostly(close_days, usual_days, st.sampled_from(AWKWARD))
close_moments = st.builds(
    lambda day, hour: datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
    close_days,
    st.sampled_from([0, 9, 12, 22, 23]),
)
moments = mostly(
    close_moments,
    st.builds(
        lambda day, hour, tick: datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        + timedelta(microseconds=tick),
        st.dates(date(2025, 10, 24), date(2026, 3, 31)), st.sampled_from([0, 1, 2, 22, 23]),
        st.sampled_from([-1, 0, 1]),
    ),
    st.builds(
        lambda day: datetime(day.year, day.month, day.day, 12, tzinfo=UTC), st.sampled_from(AWKWARD)
    ),
)  # fmt: skip
day_or_moment = st.one_of(days, moments)


def _maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return mostly(values, st.none())


def _values(kind: str) -> st.SearchStrategy:
    return {
        "date": days, "moment": day_or_moment, "yes_no": st.booleans(),
        "code": st.sampled_from(CODES), "number": st.integers(-2, 6),
    }[kind]  # fmt: skip


def _fact(kind: str, many: bool) -> st.SearchStrategy:
    values = _values(kind)
    if not many:
        return _maybe(values)
    with_gaps = st.lists(_maybe(values), max_size=5)
    return mostly(st.lists(values, max_size=6).map(tuple), with_gaps.map(tuple), st.none())


def tables(standard: Standard) -> st.SearchStrategy:
    """Cases that hold the facts that a standard reads."""
    needed = {name: _fact(*KINDS[name]) for name in standard.facts()}
    return st.lists(st.fixed_dictionaries(needed), min_size=1, max_size=8)


now = mostly(close_moments, moments)
sane_now = now.filter(lambda moment: 1950 < moment.year < 2150)
horizons = mostly(
    st.just(Horizon(None, None)),
    st.none(),
    st.builds(Horizon, st.one_of(st.none(), days), st.one_of(st.none(), days)),
)
all_horizons = horizons.map(lambda horizon: dict.fromkeys(KINDS, horizon))


def offsets(units: tuple[str, ...] = UNITS) -> st.SearchStrategy:
    """Lengths of time that policies use, and a few that they do not."""
    values = mostly(st.integers(0, 8), st.integers(0, 30), st.sampled_from([72, 400]))
    return st.builds(Offset, values, st.sampled_from(units))


def dated(values: st.SearchStrategy) -> st.SearchStrategy:
    """One value, or several that change on dates, some ending, some not yet commenced."""
    begins = mostly(
        st.just(date(2000, 1, 1)), st.sampled_from([date(2015, 4, 1), date(2026, 3, 1)]),
        close_days,
    )  # fmt: skip
    ends = mostly(st.none(), close_days)
    entries = st.builds(
        lambda from_, value, to: Entry(from_, value, "text", to=to),
        mostly(begins, st.none(), begins), values, ends,
    )  # fmt: skip
    return st.lists(entries, min_size=1, max_size=3, unique_by=lambda entry: entry.from_).map(
        Dated.of
    )


leaves = st.one_of(
    st.builds(IsIn, st.sampled_from(["code", "codes"]),
              st.lists(st.sampled_from(CODES), min_size=1, max_size=2).map(tuple)),
    st.builds(IsIn, st.just("excused"), st.sampled_from([(True,), (False,), (True, False)])),
    st.builds(IsIn, st.just("number"), st.sampled_from([(0,), (1, 2)])),
    st.builds(Known, st.sampled_from(sorted(KINDS)), st.booleans()),
    st.builds(Compare, st.sampled_from(["day", "time", "days", "times"]),
              st.sampled_from(["before", "on_or_before", "on_or_after", "after"]),
              st.one_of(days, st.sampled_from(["ended", "done time", "born"]))),
    st.builds(Amount, st.just("number"), st.sampled_from(["at_least", "at_most", "exactly"]),
              st.integers(0, 4)),
    st.builds(Count, st.sampled_from(["days", "times", "codes"]),
              st.sampled_from(["at_least", "at_most", "exactly"]), st.integers(0, 3)),
    st.builds(SameAs, st.just("code"), st.just("code")),
    st.builds(Age, st.sampled_from(["born", "time"]), st.sampled_from([0, 10, 18]),
              st.sampled_from([None, "day", "time"])),
)  # fmt: skip


def _branches(parts: st.SearchStrategy) -> st.SearchStrategy:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(Not, parts),
        several.flatmap(lambda some: st.builds(AtLeast, st.integers(1, len(some)), st.just(some))),
    )  # fmt: skip


trees = st.recursive(leaves, _branches, max_leaves=5)
common = {
    "id": st.just("made-up/standard"), "title": st.just("Made up"), "clauses": st.just(()),
    "pack": st.just("made-up"), "subject": st.just("child"),
    "where": mostly(st.none(), trees),
    "excused_by": mostly(
        st.just(()),
        st.lists(
            st.sampled_from(["excused", "excused day", "excused days", "code", "codes"]),
            max_size=2, unique=True,
        ).map(tuple),
    ),
    "until": mostly(st.none(), st.sampled_from(["ended", "ended time"])),
}  # fmt: skip
EXACT = tuple(sorted(EXACT_UNITS))
BY_DAY = tuple(unit for unit in UNITS if unit not in EXACT_UNITS)


def _deadlines(within: st.SearchStrategy, **more: st.SearchStrategy) -> st.SearchStrategy:
    stops = ["done day", "done time", "days", "times"]
    return st.builds(
        Deadline, **common, starts=st.sampled_from(["day", "time"]), within=within,
        stops=mostly(st.sampled_from(stops), st.none()),
        all_of_many=st.booleans(), **more,
    )  # fmt: skip


deadlines = st.one_of(
    _deadlines(dated(offsets()), direction=st.sampled_from(["after", "before", "at"])),
    _deadlines(dated(offsets(EXACT)), direction=st.sampled_from(["after", "before"])),
    _deadlines(
        dated(offsets(BY_DAY)), direction=st.sampled_from(["after", "before"]),
        roll=st.sampled_from([None, "next working day", "previous working day"]),
    ),
    _deadlines(st.sampled_from(["due day", "due time"])),
)  # fmt: skip
recurrences = st.builds(
    Recurrence, **common, starts=st.sampled_from(["day", "time"]),
    held=st.sampled_from(["days", "times"]),
    stages=st.lists(dated(offsets(BY_DAY)), min_size=1, max_size=3).map(tuple),
    start_is_held=st.booleans(),
    also_shown_by=st.lists(st.sampled_from(["days", "times", "day"]), max_size=1).map(tuple),
)  # fmt: skip
counts = st.builds(
    PerPeriod, **common, counted=st.sampled_from(["days", "times"]),
    starts=st.one_of(st.none(), st.sampled_from(["day", "time"])),
    period=st.one_of(
        st.sampled_from(["month", "half-year", "year"]),
        st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True).map(tuple),
    ),
    at_least=dated(st.integers(1, 3)),
)  # fmt: skip
tests = st.builds(
    TestStandard, **common, tree=dated(trees), starts=st.one_of(st.none(), st.just("day"))
)


def questions(
    standards: st.SearchStrategy, moments_now: st.SearchStrategy = now
) -> st.SearchStrategy:
    """A standard, cases for it, a moment and the horizons."""
    return standards.flatmap(
        lambda one: st.tuples(st.just(one), tables(one), moments_now, all_horizons)
    )
