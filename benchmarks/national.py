"""Seven clocks of a nation: 12 million children and 30 million events, by authority and group.

The floor is what duckdb takes to join a calendar of due days and each child's group to every event
and to count. Both read the same Parquet files, one for each clock, as an export has one for each
subject; both give the same counts. ``python -m benchmarks.national PATH`` is our process.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.disparity import peak
from benchmarks.timing import Row, pairs, process, row
from evenhand.policy import bank_holidays, documents
from evenhand.policy.documents import Faults
from evenhand.policy.packs import shipped
from evenhand.regional import clocks
from evenhand.regional.rows import View
from evenhand.rules import Calendar, Dated, Deadline, Entry, Horizon, Offset
from evenhand.rules.moments import to_day

CHILDREN, EVENTS = 12_000_000, 30_000_000
AUTHORITIES, ETHNICITIES, SEXES = 153, 19, 3
CELLS = AUTHORITIES * ETHNICITIES * SEXES
DAYS = (1, 2, 7, 10, 15, 20, 45)
AS_AT, HELD_FROM = date(2026, 11, 20), date(2019, 4, 1)
BATCH, THREADS = 1 << 20, 2
BOUND, BOUND_MIB = 0.4, 1024
HOW = 4
CALENDAR = "calendar.parquet"


def standard(days: int) -> Deadline:
    """A clock of so many working days."""
    within = Dated.of([Entry(date(2000, 1, 1), Offset(days, "working days"), "text")])
    return Deadline(
        id=f"bench/within-{days}", title="", clauses=(), pack="bench", subject="event",
        starts="start", stops="done", within=within,
    )  # fmt: skip


def calendar() -> Calendar:
    """The calendar of the pack england, and nothing else of it."""
    faults = Faults()
    node = documents.read(shipped() / "england" / "calendar.yaml", faults)
    found = bank_holidays.read(node, faults) if node else None
    assert found is not None, "the pack england has no calendar"
    return found


def tables(days_off: Calendar) -> list[clocks.Table]:
    """The due days of each clock, by the day of its start."""
    horizon = Horizon(HELD_FROM, AS_AT)
    return [clocks.table(standard(days), days_off, AS_AT, horizon) for days in DAYS]


def write(folder: Path, children: int, events: int) -> Path:
    """Write made-up children, the events of each clock and, for the floor, a calendar."""
    draw = np.random.default_rng(3)
    sizes = {"authority": AUTHORITIES, "ethnicity": ETHNICITIES, "sex": SEXES}
    told = {name: draw.integers(0, size, children, np.uint8) for name, size in sizes.items()}
    key = np.arange(children, dtype=np.int32)
    pl.DataFrame({"key": key, **told}).write_parquet(folder / "children.parquet")
    for place in range(len(DAYS)):
        _events(draw, children, events // len(DAYS)).write_parquet(
            folder / f"event_{place}.parquet", row_group_size=BATCH
        )
    pl.concat(_calendar()).write_parquet(folder / CALENDAR)
    return folder


def _events(draw: np.random.Generator, children: int, count: int) -> pl.DataFrame:
    """Events of eight years, a few of them before what is held, 15% not done."""
    last = to_day(AS_AT)
    start = draw.integers(last - 8 * 365, last + 1, count, np.int32)
    done = start + draw.integers(0, 60, count, np.int32)
    told = {"child": draw.integers(0, children, count, np.int32), "start": start, "done": done}
    is_done = pl.Series(draw.random(count) > 0.15)
    return pl.DataFrame(told).with_columns(
        pl.col("start").cast(pl.Date), pl.when(is_done).then(pl.col("done").cast(pl.Date))
    )


def _calendar() -> Iterator[pl.DataFrame]:
    for place, table in enumerate(tables(calendar())):
        day = np.arange(clocks.FROM, clocks.TO, dtype=np.int32)
        told = pl.DataFrame({"clock": place, "day": day, "due": table.due})
        dated = told.filter(pl.col("due") != clocks.NEVER)
        yield dated.with_columns(pl.col("day", "due").cast(pl.Date))


def _read(path: Path) -> Iterator[pl.DataFrame]:
    return View([path], lambda scan: scan).batches(BATCH)


def groups(folder: Path) -> np.ndarray:
    """Each child's cell, by the child's number: authority, ethnicity and sex in one."""
    found = np.zeros(CHILDREN, np.uint16)
    for held in _read(folder / "children.parquet"):
        authority, ethnicity, sex = (held[name].to_numpy().astype(np.uint16)
                                     for name in ("authority", "ethnicity", "sex"))  # fmt: skip
        cell = (authority * np.uint16(ETHNICITIES) + ethnicity) * np.uint16(SEXES) + sex
        found[held["key"].to_numpy()] = cell
    return found


def counted(folder: Path, made: list[clocks.Table]) -> np.ndarray:
    """Count every clock: cells by how an event counts."""
    of_child = groups(folder)
    with ThreadPoolExecutor(THREADS) as pool:
        work = [pool.submit(_clock, folder, place, table, of_child)
                for place, table in enumerate(made)]  # fmt: skip
        return np.stack([each.result() for each in work])


def _clock(folder: Path, place: int, table: clocks.Table, of_child: np.ndarray) -> np.ndarray:
    bins = np.zeros(CELLS * HOW, np.int64)
    for held in _read(folder / f"event_{place}.parquet"):
        stop, start = held["done"], held["start"].to_physical().to_numpy()
        done, days = stop.is_not_null().to_numpy(), stop.to_physical().fill_null(0).to_numpy()
        _, how = clocks.judge(table, start, days, done)
        cell = of_child.take(held["child"].to_numpy()).astype(np.intp) * HOW + how
        open_ = how == clocks.NOT_COUNTED
        bins += np.bincount(cell[~open_] if open_.any() else cell, minlength=len(bins))
    return bins.reshape(CELLS, HOW)


FLOOR = """
SELECT e.clock, authority, ethnicity, sex,
  count(*) FILTER (NOT is_done AND due < DATE '{first}' OR is_done AND done > due
                   AND due < DATE '{first}') AS unjudged,
  count(*) FILTER (is_done AND done <= due) AS in_time,
  count(*) FILTER (is_done AND done > due AND due >= DATE '{first}') AS reached,
  count(*) FILTER (NOT is_done AND due >= DATE '{first}' AND due < DATE '{today}') AS waiting
FROM (SELECT *, coalesce(done <= DATE '{today}', false) AS is_done FROM ({events})) e
JOIN '{folder}/calendar.parquet' c ON c.clock = e.clock AND c.day = e.start
JOIN '{folder}/children.parquet' p ON p.key = e.child
GROUP BY ALL
"""


def floor(folder: Path) -> str:
    """The yardstick's statement."""
    parts = (f"SELECT {place} AS clock, * FROM '{folder}/event_{place}.parquet'"  # noqa: S608
             for place in range(len(DAYS)))  # fmt: skip
    return FLOOR.format(folder=folder, events=" UNION ALL ".join(parts), first=HELD_FROM,
                        today=AS_AT)  # fmt: skip


def agrees(folder: Path) -> int:
    """Insist that both count alike; return how many groups there are."""
    import duckdb

    ours = counted(folder, tables(calendar()))
    theirs = np.zeros_like(ours)
    rows = duckdb.sql(floor(folder)).fetchall()
    for clock, authority, ethnicity, sex, *numbers in rows:
        theirs[clock, (authority * ETHNICITIES + ethnicity) * SEXES + sex] = numbers
    assert (ours == theirs).all(), "the counts differ from duckdb's"
    return len(rows)


def run() -> list[Row]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as name:
        folder = write(Path(name), CHILDREN, EVENTS)
        found = agrees(folder)
        mine = [sys.executable, "-m", "benchmarks.national", str(folder)]
        asked = f"import duckdb; print(len(duckdb.sql({floor(folder)!r}).fetchall()))"
        ours, theirs = pairs(process(mine), process([sys.executable, "-c", asked]))
        most = peak(mine)
    memory: Row = {
        "name": "national clocks, process MiB", "ratio": most, "bound": BOUND_MIB,
        "holds": most <= BOUND_MIB, "detail": "peak resident memory of the whole command",
    }  # fmt: skip
    name = "national clocks, 12 M children, 30 M events / duckdb calendar join"
    return [row(name, ours, theirs, BOUND, f"{found:,} groups"), memory]


if __name__ == "__main__":
    whole = counted(Path(sys.argv[1]), tables(calendar()))
    print(json.dumps({"groups": int(whole.any(axis=2).sum())}))
