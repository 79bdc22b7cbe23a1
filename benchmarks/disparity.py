"""Groups compared over Parquet, against bare counting by duckdb and against aequitas.

Eight attributes of 55 groups, not known among them, by six outcomes are 330 cells; each by one of
153 authorities, 50,490. The yardstick is one GROUPING SETS statement that only counts. Aequitas is
measured where AEQUITAS_PYTHON names an interpreter that has it.

``python -m benchmarks.disparity PATH`` is the process that is measured: it reads PATH in batches,
counts, compares, corrects and suppresses.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.timing import Row, pairs, process, row
from evenhand.analytics.arrays import Ints
from evenhand.analytics.counting import Counter
from evenhand.analytics.disparity import Cells, Settings, compare

GROUPS = {"ethnicity": 18, "sex": 2, "age": 5, "disability": 2, "religion": 7, "language": 4,
          "care": 6, "decile": 3}  # fmt: skip
OUTCOMES = [f"step_{number}" for number in range(1, 7)]
AUTHORITIES = 153
BATCH = 1 << 20
SETTINGS = Settings(0.95, "benjamini-hochberg", 0.05, (4, 5), 5, 5, 5)
ROWS, FEWER = 10_000_000, 1_000_000
MIB, BOUND_MIB = 1024, 600

Arrays = dict[str, np.ndarray]


def made(rows: int, seed: int = 7) -> Iterator[pl.DataFrame]:
    """Made-up rows in batches: 4% not known in each attribute, outcomes likelier for one group."""
    draw = np.random.default_rng(seed)
    for start in range(0, rows, BATCH):
        count = min(BATCH, rows - start)
        columns: Arrays = {"authority": draw.integers(0, AUTHORITIES, count, dtype=np.uint8)}
        for name, size in GROUPS.items():
            codes = (draw.random(count, np.float32) ** 2 * size).astype(np.uint8)
            columns[name] = np.where(draw.random(count, np.float32) < 0.04, np.uint8(255), codes)
        for place, name in enumerate(OUTCOMES):
            chance = 0.3 / (place + 1) * (1 + 0.2 * (columns["ethnicity"] == 3))
            columns[name] = draw.random(count, np.float32) < chance
        yield pl.DataFrame(columns).with_columns(
            pl.when(pl.col(name) < 255).then(pl.col(name)).alias(name) for name in GROUPS
        )


def write(path: Path, rows: int) -> Path:
    """Write made-up rows as Parquet, not known as null."""
    pl.concat(made(rows), rechunk=False).write_parquet(path, row_group_size=BATCH)
    return path


def batches(path: Path) -> Iterator[Arrays]:
    """The file's columns, a batch at a time; null as the number after an attribute's last group."""
    scan = pl.scan_parquet(path).drop("authority")
    filled = scan.with_columns(pl.col(name).fill_null(size) for name, size in GROUPS.items())
    for batch in filled.collect_batches(chunk_size=BATCH, maintain_order=False):
        yield {name: batch[name].to_numpy() for name in batch.columns}


def national(held: Iterator[Arrays]) -> Cells:
    """Count all batches and compare."""
    counter = Counter(list(GROUPS.values()), len(OUTCOMES))
    for batch in held:
        counter.add([batch[name] for name in GROUPS], [batch[name] for name in OUTCOMES])
    return compared(counter.of(), counter.events(), 1)


def local(held: Arrays) -> Cells:
    """Count every attribute in each authority, and compare within it."""
    counter = Counter([AUTHORITIES * (size + 1) for size in GROUPS.values()], len(OUTCOMES))
    place = held["authority"].astype(np.uint16)
    joint = [place * np.uint16(size + 1) + held[name] for name, size in GROUPS.items()]
    counter.add(joint, [held[name] for name in OUTCOMES])
    of = [each[:-1] for each in counter.of()]
    return compared(of, [each[:-1] for each in counter.events()], AUTHORITIES)


def compared(of: list[Ints], events: list[Ints], areas: int) -> Cells:
    """All cells in one call: a set is one attribute at one step in one area; a family an area."""
    flat: dict[str, list[np.ndarray]] = {name: [] for name in ("x", "n", "group", "set", "area")}
    for place, (people, happened) in enumerate(zip(of, events, strict=True)):
        width = len(people) // areas
        area, group, step = np.indices((areas, width, len(OUTCOMES))).reshape(3, -1)
        flat["x"].append(happened.ravel())
        flat["n"].append(np.repeat(people, len(OUTCOMES)))
        flat["group"].append(np.where(group == width - 1, -1, group))
        flat["set"].append((area * len(GROUPS) + place) * len(OUTCOMES) + step)
        flat["area"].append(area)
    x, n, group, sets, area = (np.concatenate(parts) for parts in flat.values())
    known = group >= 0
    return compare(x, n, group, SETTINGS, sets=sets, known=known, families=area)


def counting(by: str = "") -> str:
    """The yardstick's statement: it counts and sums, and compares nothing."""
    sums = ", ".join(f"count_if({name})" for name in OUTCOMES)
    sets = ", ".join(f"({by}{name})" for name in GROUPS)
    what = f"{by}{', '.join(GROUPS)}, count(*), {sums}"
    return f"SELECT {what} FROM held GROUP BY GROUPING SETS ({sets})"  # noqa: S608


def run() -> list[Row]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
        large = write(Path(folder) / "large.parquet", ROWS)
        small = write(Path(folder) / "small.parquet", FEWER)
        return [*_compute(large), *_processes(large, small), *_aequitas(small)]


def _compute(path: Path) -> list[Row]:
    import duckdb

    base = duckdb.connect()
    base.read_parquet(str(path)).create("held")
    held = list(batches(path))
    whole = {name: np.concatenate([batch[name] for batch in held]) for name in held[0]}
    whole["authority"] = pl.read_parquet(path, columns=["authority"])["authority"].to_numpy()
    held.clear()
    agrees(national(iter([whole])), base.execute(counting()).fetchall())
    return [
        _against("disparity, 10 M rows, 330 cells / duckdb GROUPING SETS",
                 lambda: national(iter([whole])),
                 lambda: base.execute(counting()).fetchall(), 1.5),
        _against("disparity by authority, 50,490 cells / duckdb GROUPING SETS",
                 lambda: local(whole),
                 lambda: base.execute(counting("authority, ")).fetchall(), 1.3),
    ]  # fmt: skip


def agrees(cells: Cells, counted: list[tuple[int, ...]]) -> None:
    """Insist that every count is the yardstick's."""
    first = len(GROUPS)
    theirs = sorted((line[first], done) for line in counted for done in line[first + 1 :])
    ours = sorted(zip(cells.of.tolist(), cells.events.tolist(), strict=True))
    assert ours == theirs, "the counts differ from duckdb's"


def _against(
    name: str, ours: Callable[[], object], floor: Callable[[], object], bound: float
) -> Row:
    return row(name, *pairs(ours, floor), bound)


def _processes(large: Path, small: Path) -> list[Row]:
    whole, part = pairs(_ours(large), _ours(small))
    most = peak([sys.executable, "-m", "benchmarks.disparity", str(large)])
    memory: Row = {
        "name": "disparity, 10 M rows, process MiB", "ratio": most, "bound": BOUND_MIB,
        "holds": most <= BOUND_MIB, "detail": "peak resident memory of the whole command",
    }  # fmt: skip
    return [memory, row("disparity, 10 M rows / 1 M rows, process", whole, part, 6)]


def _ours(path: Path) -> Callable[[], None]:
    return process([sys.executable, "-m", "benchmarks.disparity", str(path)])


def peak(command: list[str]) -> float:
    """The peak resident memory of a command, in MiB."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], check=True, capture_output=True, text=True
    )
    return round(int(done.stdout.split()[-1]) / MIB, 1)


_AEQUITAS = """
import sys
import pandas as pd
from aequitas.group import Group
from aequitas.bias import Bias
attributes, outcomes = sys.argv[2].split(","), sys.argv[3].split(",")
frame = pd.read_parquet(sys.argv[1])
for outcome in outcomes:
    some = frame[attributes].astype("string").astype(object)
    some = some.where(some.notna(), None)
    some = some.assign(score=frame[outcome].astype(int), label_value=1)
    counts, _ = Group().get_crosstabs(some, attr_cols=attributes)
    Bias().get_disparity_major_group(counts, original_df=some)
"""


def _aequitas(small: Path) -> list[Row]:
    """One million rows, where aequitas is to be had; its cost grows faster than the rows."""
    python = os.environ.get("AEQUITAS_PYTHON")
    if not python:
        return []
    names = [",".join(GROUPS), ",".join(OUTCOMES)]
    theirs = process([python, "-W", "ignore", "-c", _AEQUITAS, str(small), *names])
    return [row("disparity, 1 M rows / aequitas, process", *pairs(_ours(small), theirs, 3), 1 / 30)]


if __name__ == "__main__":
    found = national(batches(Path(sys.argv[1])))
    print(json.dumps({"cells": len(found.of), "flags": int(found.flag.sum())}))
