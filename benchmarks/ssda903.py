"""The SSDA903 return: read and checked, imported whole, and at ten times the size.

The yardstick of the checks is a floor of our own: sixteen rules as bare expressions over the same
typed columns, whose findings are counted and not told. The other yardstick is what the sector's
own validator was measured to take to read, check and report; it is not run here, being in no
requirement of ours. Against it stand reading, checking and telling, which are the like of it, and
the whole import, which does more. Ours reads, types and checks every cell by every rule of
``checks.csv``, which bear on identity, dates, episodes and reviews, and the import also matches,
merges and writes history.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import whole
from benchmarks.authority import HERE
from benchmarks.timing import PAIRS, Row, row

if TYPE_CHECKING:
    import polars as pl

CHILDREN, MANY = 26_750, 267_500
PER_CHECK_BOUND, GROWTH_BOUND, VALIDATOR_BOUND = 3.0, 10.5, 0.1
VALIDATOR_SECONDS, VALIDATOR_MIB = 60.0, 6.1 * 1024
"""What the sector's validator takes for 26,750 children, with its report."""
FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)
SEED = 8
IMPORTS = 3


def run() -> list[Row]:
    """Measure the checks by themselves, reading and checking, and the whole import."""
    folders = {size: HERE / f"ssda903-{size}" for size in (CHILDREN, MANY)}
    try:
        for size, folder in folders.items():
            write(folder, size)
        return [*_checks(folders), *_imports(folders)]
    finally:
        for folder in folders.values():
            shutil.rmtree(folder, ignore_errors=True)


def _checks(folders: Mapping[int, Path]) -> list[Row]:
    few = [_inside("check", folders[CHILDREN]) for _ in range(PAIRS)]
    many = [_inside("check", folders[MANY]) for _ in range(IMPORTS)]
    rules, floor_rules = int(few[0]["rules"]), int(few[0]["floor_rules"])
    ours, floor = _median(few, "checking") / rules, _median(few, "floor") / floor_rules
    found = f"{few[0]['found']:,.0f} findings told in {few[0]['rows']:,.0f} rows"
    peaks = f"{_median(few, 'peak'):.0f} and {_median(many, 'peak'):.0f} MiB at the peak"
    seconds, peak = _median(few, "seconds"), _median(few, "peak")
    return [
        row(
            f"903 return of {CHILDREN:,} children read and checked by {rules} checks, told, of the "
            "sector validator's 60 s",
            seconds,
            VALIDATOR_SECONDS,
            VALIDATOR_BOUND,
            f"its checks are some 300; {found}; from opening the files to the last finding in "
            "words, nothing kept",
        ),
        _of(
            f"903 return of {CHILDREN:,} children read and checked, peak memory, of the sector "
            "validator's 6.1 GiB",
            peak / VALIDATOR_MIB,
            VALIDATOR_BOUND,
            f"{peak:.0f} MiB",
        ),
        row(
            f"903 checks over typed columns, each of {rules}, of a columnar floor's {floor_rules}",
            ours,
            floor,
            PER_CHECK_BOUND,
            f"all of ours {_median(few, 'checking'):.2f} s, all of the floor's "
            f"{_median(few, 'floor'):.2f} s; {found}; the floor finds and tells nothing",
        ),
        row(
            f"903 return read and checked, {MANY:,} children to {CHILDREN:,}",
            _median(many, "seconds"),
            _median(few, "seconds"),
            GROWTH_BOUND,
            peaks,
        ),
    ]


def _imports(folders: Mapping[int, Path]) -> list[Row]:
    few = [whole.of(folders[CHILDREN], "ssda903") for _ in range(IMPORTS)]
    many = whole.of(folders[MANY], "ssda903")
    seconds, peak = _median(few, "seconds"), _median(few, "peak")
    median = {name: _median(few, name) for name in few[0]}
    words = f"{whole.in_words(median)}; the validator's is others' measure, of checks alone"
    return [
        row(
            f"903 import with checks, {CHILDREN:,} children, of the sector validator's 60 s",
            seconds,
            VALIDATOR_SECONDS,
            VALIDATOR_BOUND,
            words,
        ),
        _of(
            f"903 import, peak memory, {CHILDREN:,} children, of the sector validator's 6.1 GiB",
            peak / VALIDATOR_MIB,
            VALIDATOR_BOUND,
            f"{peak:.0f} MiB; {MANY:,} children: {many['peak']:.0f} MiB",
        ),
        row(
            f"903 import, {MANY:,} children to {CHILDREN:,}",
            many["seconds"],
            seconds,
            GROWTH_BOUND,
        ),
    ]


def _of(name: str, ratio: float, bound: float, detail: str) -> Row:
    return {
        "name": name,
        "ratio": round(ratio, 4),
        "bound": bound,
        "holds": ratio <= bound,
        "detail": detail,
    }


def _median(measured: list[dict[str, float]], name: str) -> float:
    return statistics.median(one[name] for one in measured)


def _inside(part: str, folder: Path) -> dict[str, float]:
    """Run a part of this module in a process of its own; what it measured."""
    command = [sys.executable, "-m", "benchmarks.ssda903", part, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _check(folder: Path) -> dict[str, float]:
    """Open, read and check a return as an import does, writing nothing; then the floor."""
    start = time.perf_counter()
    from evenhand.formats.files import find
    from evenhand.formats.frames import Frames
    from evenhand.formats.reading import Reader
    from evenhand.formats.ssda903 import FORMAT
    from evenhand.formats.ssda903.checks import check
    from evenhand.formats.ssda903.checks.shape import rules

    gathered, rows = Frames(), 0
    opened = [one for file in find([folder]) for one in FORMAT.open(file) or []]  # type: ignore[union-attr]
    for number, one in enumerate(opened):
        for block in Reader(one.layout, FORMAT.codes).blocks(one.rows()):
            gathered.add(one.layout.table, block, number)
            rows += block.read
    frames = gathered.take()
    begun = time.perf_counter()
    found = sum(1 for _ in check(frames, LAST))
    ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    floor, floor_rules = _floor(frames)
    return {
        "seconds": ended - start,
        "checking": ended - begun,
        "floor": floor,
        "rows": rows,
        "found": found,
        "rules": len(rules()),
        "floor_rules": floor_rules,
        "peak": peak,
    }


def _floor(frames: Mapping[str, pl.DataFrame]) -> tuple[float, int]:
    """Sixteen rules, each a bare filter; the neighbours of a row laid beside it once."""
    import polars as pl

    c = pl.col
    start = time.perf_counter()
    header = frames["903_header"].select("CHILD", c("DOB").alias("BORN"))
    episodes = frames["903_episodes"].join(header, on="CHILD", how="left").sort("CHILD", "DECOM")
    before = c("CHILD") == c("CHILD").shift(1)
    episodes = episodes.with_columns(
        pl.when(before).then(c("DEC").shift(1)).alias("P_DEC"),
        pl.when(before).then(c("REC").shift(1)).alias("P_REC"),
    )
    reviews = frames["903_reviews"].join(header, on="CHILD", how="left")
    missing = frames["903_missing"].join(header, on="CHILD", how="left")
    rules = [
        (episodes, c("DEC") < c("DECOM")),
        (episodes, c("DEC") == c("DECOM")),
        (episodes, c("DEC") > LAST),
        (episodes, c("DECOM") > LAST),
        (episodes, c("DECOM") < c("BORN")),
        (episodes, c("DEC").is_null() != c("REC").is_null()),
        (episodes, c("DECOM") < c("P_DEC")),
        (episodes, (c("P_REC") == "X1") & (c("DECOM") > c("P_DEC"))),
        (episodes, (c("P_REC") != "X1") & (c("RNE") != "S")),
        (episodes, (c("PLACE_PROVIDER") == "PR0") & (c("PLACE") != "P1")),
        (episodes, c("REC").is_in(["E11", "E12"]) & ~c("PLACE").str.starts_with("A")),
        (reviews, c("REVIEW") < c("BORN")),
        (reviews, c("REVIEW_CODE").is_null()),
        (reviews, c("REVIEW") > LAST),
        (missing, c("MIS_END") < c("MIS_START")),
        (missing, c("MIS_START") < c("BORN")),
    ]
    sum(frame.filter(rule).height for frame, rule in rules)
    return time.perf_counter() - start, len(rules)


COLUMNS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
    "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "sw_episodes": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
}
Cells = tuple[str, list[Any]]


def write(folder: Path, children: int) -> None:
    """Write a made-up return: some three rows in a hundred have something amiss."""
    draw = random.Random(SEED)  # noqa: S311 (made-up children, the same every time)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    files = {name: (folder / f"{name}.csv").open("w", newline="") for name in COLUMNS}
    writers = {name: csv.writer(file) for name, file in files.items()}
    for name, columns in COLUMNS.items():
        writers[name].writerow(columns.split(","))
    for number in range(children):
        for name, cells in _child(draw, number):
            writers[name].writerow([_plain(cell) for cell in cells])
    for file in files.values():
        file.close()


def _plain(cell: Any) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def _child(draw: random.Random, number: int) -> Iterator[Cells]:
    key, born = f"{700_000 + number}", LAST - timedelta(days=draw.randrange(400, 6_400))
    sex = draw.choice("MF")
    yield "header", [key, sex, born, draw.choice(["WBRI", "WBRI", "BCRB", "NOBT"]), "UN3", "", ""]
    yield "oc2", [key, born, draw.randrange(30), "", *draw.choices("01", k=8)]
    yield "previous_permanence", [key, born, "Z1", "", ""]
    starts = max(born, LAST - timedelta(days=draw.randrange(1, 900)))
    episodes = list(_episodes(draw, key, starts))
    yield from (("episodes", cells) for cells in episodes)
    last = episodes[-1][7] or LAST
    yield "sw_episodes", [key, born, f"SW{number % 400}", max(starts, FIRST), "", "TSPROC"]
    for on in _reviewed(draw, starts, last):
        yield "reviews", [key, born, on, "PN1" if (on - born).days > 1461 else "PN0"]
    if draw.random() < 0.05:
        yield "uasc", [key, sex, born, ""]
    if draw.random() < 0.1:
        gone = max(starts, FIRST)
        yield "missing", [key, born, "M", gone, gone + timedelta(days=draw.choice([2, 2, 2, -1]))]


def _episodes(draw: random.Random, key: str, starts: date) -> Iterator[list[Any]]:
    """Episodes one after another to an end or the end of the year; one in a hundred is amiss."""
    place, status, why = draw.choice(["U6", "U4", "K2"]), draw.choice(["C1", "C2", "V2"]), "S"
    most = draw.choice([1, 2, 2, 3, 4])
    for place_in_order in range(1, most + 1):
        cells = [key, starts, why, status, "N1", place, "PR1"]
        ends = max(starts, FIRST) + timedelta(days=draw.randrange(20, 200))
        if ends > LAST:
            yield [*cells, "", "", "", "PO30 1UD", "PO31 7QA", "SC1"]
            return
        reason = draw.choice(["E4A", "E8"]) if place_in_order == most else "X1"
        told = ends if draw.random() > 0.01 else starts - timedelta(days=1)
        yield [*cells, told, reason, "", "PO30 1UD", "PO31 7QA", "SC1"]
        starts, why = ends, "P"
        place = draw.choice([other for other in ("U6", "U4", "K2") if other != place])


def _reviewed(draw: random.Random, starts: date, last: date) -> Iterator[date]:
    on = max(starts, FIRST) + timedelta(days=20)
    while on <= last:
        yield on
        on += timedelta(days=draw.randrange(85, 180))


PARTS: dict[str, Callable[[Path], dict[str, float]]] = {"check": _check}

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](Path(sys.argv[2]))))
