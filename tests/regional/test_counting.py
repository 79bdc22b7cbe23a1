"""Counts over exports are what plain SQL counts, however the files lie and however little room."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from evenhand.regional import clocks, spilling
from evenhand.regional.counts import IN_TIME, KEYS, NUMBERS, REACHED, UNJUDGED, WAITING
from evenhand.regional.tallies import PERIODS
from evenhand.rules import Deadline, Horizon, State, evaluate
from evenhand.rules.london import last_moment
from evenhand.rules.moments import to_day
from evenhand.rules.periods import BEFORE, YEAR
from tests.regional import exports
from tests.regional.conftest import Count, defined
from tests.regional.exports import AS_AT, CLOCK, OTHER

NAMES = ["Islehaven", "Northmoor", "Vale & Wold"]
YEARS = {YEAR: (AS_AT - timedelta(364), AS_AT), BEFORE: (date(2024, 11, 21), date(2025, 11, 20))}
GROUPED = """
WITH child AS (SELECT authority, key, coalesce("child.unaccompanied", false) alone,
                      CASE WHEN {way} = 'Not known to us' THEN 'not known' ELSE {way} END told
               FROM '{folder}/children.parquet'),
met AS ({events}),
each AS (SELECT m.authority, coalesce(told, 'not known') told, coalesce(alone, false) alone,
                coalesce(c.key, 0) child, sum(of) n, sum(reached) r, sum(waiting) w, sum(unjudged) u
         FROM met m LEFT JOIN child c ON m.authority = c.authority AND m.child = c.key
         WHERE day BETWEEN '{since}' AND '{until}' GROUP BY ALL)
SELECT authority, told, alone, sum(n)::int, sum(r)::int, sum(w)::int, sum(u)::int,
       sum(n * n)::int, sum(r * r)::int, sum(n * r)::int
FROM each GROUP BY ALL
"""
CYCLES = """
SELECT authority, child, due AS day, (state IN ('kept', 'kept late', 'late'))::int AS of,
       (state IN ('kept late', 'late'))::int reached, (state = 'late')::int waiting,
       (state IN ('not known', 'not recorded'))::int unjudged
FROM '{folder}/standings.parquet'
WHERE standard = 'england/conference-after-enquiry' AND state NOT IN ('open', 'excused')
"""
CARED_FOR = """
SELECT authority, child, day, 1 AS of, (EXISTS (
    FROM '{folder}/care_period.parquet' p
    WHERE p.authority = e.authority AND p.child = e.child
    AND "care_period.started" BETWEEN e.day AND e.day + 183
    AND NOT coalesce(len("care_period.legal_statuses") > 0 AND len(list_filter(
        "care_period.legal_statuses", lambda code: code NOT IN ('V3', 'V4'))) = 0, false)))::int
    AS reached, 0 waiting, 0 unjudged
FROM (SELECT authority, child, key, "referral.received" AS day FROM '{folder}/referral.parquet') e
WHERE EXISTS (FROM '{folder}/assessment.parquet' a
              WHERE a.authority = e.authority AND a.child = e.child
              AND "assessment.started" BETWEEN e.day AND e.day + 45)
"""
ANSWERED = """
SELECT authority, child, "referral.received" AS day, (answer IS NOT NULL)::int AS of,
       coalesce(answer, false)::int reached, 0 waiting, (answer IS NULL)::int unjudged
FROM (SELECT *, "referral.no_further_action" answer FROM '{folder}/referral.parquet')
"""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three authorities in one folder of files."""
    return exports.write_together(tmp_path_factory.mktemp("region") / "all", NAMES)


def ask(folder: Path, events: str, way: str, days: tuple[date, date]) -> set[tuple[Any, ...]]:
    """Count with duckdb, which knows nothing of the engine."""
    told = events.format(folder=folder)
    asked = GROUPED.format(folder=folder, way=way, events=told, since=days[0], until=days[1])
    return set(duckdb.sql(asked).fetchall())


def counted(counts: pl.DataFrame, measure: str, way: str, period: str) -> set[tuple[Any, ...]]:
    """The same rows, as the engine has them."""
    some = counts.filter(measure=measure, dimension=way, period=period)
    return set(some.select("authority", "group", "unaccompanied", *NUMBERS).iter_rows())


@pytest.mark.parametrize("period", PERIODS)
def test_a_clock_is_counted_as_sql_counts_it(region: Path, count: Count, period: str) -> None:
    found = counted(count(region), CLOCK, "ethnicity", period)
    assert found == ask(region, CYCLES, "ethnicity", YEARS[period])
    assert len(found) > 15


@pytest.mark.parametrize(
    ("measure", "events", "within"),
    [("looked-after", CARED_FOR, 183), ("refused", ANSWERED, 0)],
)
def test_a_step_is_counted_as_sql_counts_it(
    region: Path, count: Count, measure: str, events: str, within: int
) -> None:
    until = AS_AT - timedelta(within)
    found = counted(count(region), measure, "ethnicity", YEAR)
    since = date(until.year - 1, until.month, until.day) + timedelta(1)
    assert found == ask(region, events, "ethnicity", (since, until))
    assert sum(row[4] for row in found) > 8


def test_a_folder_for_each_and_one_for_all_count_alike(
    region: Path, count: Count, tmp_path: Path
) -> None:
    whole = count(region)
    for seed, name in enumerate(NAMES):
        exports.write(tmp_path / "each" / f"folder {seed}", name, seed=seed)
        frames = {
            stem: frame.drop("authority") for stem, frame in exports.made(name, seed=seed).items()
        }
        exports.write(tmp_path / "hive" / f"authority={name}", name, frames)
    assert whole.equals(count(tmp_path / "each"))
    assert whole.equals(count(tmp_path / "hive"))


def test_what_has_no_room_is_laid_out_on_disk_and_counts_alike(
    region: Path, count: Count, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = count(region)
    monkeypatch.setattr(spilling, "OWN", spilling.LEAST - 1)
    monkeypatch.setattr(spilling, "MIB", 50_000)
    spilled = count(region, memory=spilling.LEAST)
    assert len(list((tmp_path / "room-0").iterdir())) > 2
    assert whole.equals(spilled)


def test_a_clock_without_standings_is_worked_out_by_the_rules(tmp_path: Path, count: Count) -> None:
    frames = exports.made("Islehaven")
    rows = frames["assessment"].rows(named=True)
    del frames["standings"]
    counts = count(exports.write(tmp_path / "one", "Islehaven", frames))
    standard, calendar = defined().standards[OTHER], defined().policy.calendar
    horizons = {"assessment.authorised": Horizon(date(2020, 1, 1), AS_AT)}
    expected = dict.fromkeys(PERIODS, 0)
    late = dict.fromkeys(PERIODS, 0)
    for row in rows:
        case = {name: row[name] for name in ("assessment.started", "assessment.authorised")}
        for outcome in evaluate(standard, case, calendar, last_moment(AS_AT), horizons):
            for period, (since, until) in YEARS.items():
                if outcome.due and since <= outcome.due <= until:
                    judged = (State.KEPT, State.KEPT_LATE, State.LATE)
                    expected[period] += outcome.state in judged
                    late[period] += outcome.state in judged[1:]
    some = counts.filter(measure=OTHER, dimension="sex")
    totals = some.group_by("period").agg(pl.col("of", "reached").sum())
    assert {row[0]: row[1:] for row in totals.iter_rows()} == {
        period: (expected[period], late[period]) for period in PERIODS
    }
    assert min(late.values()) > 20


def test_clocks_of_a_day_are_those_of_the_reference() -> None:
    standard, calendar = defined().standards[OTHER], defined().policy.calendar
    assert isinstance(standard, Deadline)
    as_at, horizon = date(2026, 6, 1), Horizon(date(2026, 2, 1), date(2026, 5, 20))
    table = clocks.table(standard, calendar, as_at, horizon)
    how = {State.KEPT: IN_TIME, State.KEPT_LATE: REACHED, State.LATE: WAITING,
           State.NOT_KNOWN: UNJUDGED, State.OPEN: clocks.NOT_COUNTED}  # fmt: skip
    starts = pl.date_range(date(2025, 11, 1), as_at, eager=True)
    for took in (None, 3, 62, 63, 64, 65, 66, 67, 90):
        stops = starts.dt.offset_by(f"{took or 0}d")
        due, found = clocks.judge(
            table, starts.cast(pl.Int64).to_numpy(), stops.cast(pl.Int64).to_numpy(),
            pl.Series([took is not None] * len(starts)).to_numpy(),
        )  # fmt: skip
        for place, (start, stop) in enumerate(zip(starts, stops, strict=True)):
            case = {standard.starts: start, standard.stops or "": stop if took else None}
            (outcome,) = evaluate(standard, case, calendar, last_moment(as_at),
                                  {"assessment.authorised": horizon})  # fmt: skip
            assert (due[place], found[place]) == (to_day(outcome.due), how[outcome.state]), case


def test_every_row_is_a_group_of_its_own(region: Path, count: Count) -> None:
    counts = count(region)
    assert counts.select(*KEYS).is_unique().all()
    assert set(counts["authority"]) == set(NAMES)
