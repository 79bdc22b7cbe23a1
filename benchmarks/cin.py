"""The children in need census: read and checked, imported whole, and at ten times the size.

The sector's own validator took 46 s for 9,960 children, by others' measure on two cores, and its
time grows with the square of them; it is in no package index, so it is not run here. The yardstick
is a floor of our own: one pass over the XML that keeps every value, then sixteen of the rules as
bare expressions over columns. Ours reads, types and checks every cell, by 102 rules; the import
also matches, merges and writes history.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks import whole
from benchmarks.authority import HERE
from benchmarks.timing import PAIRS, Row, row

CHILDREN, MANY = 9_960, 99_600
FLOOR_BOUND, GROWTH_BOUND, VALIDATOR_BOUND = 6.0, 11.0, 1 / 30
VALIDATOR_SECONDS = 46.0
"""What the sector's validator takes for 9,960 children to be read and checked; two of the rows
stand beside it, and say something only on a machine that does nothing else."""
FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)
SEED = 8


def run() -> list[Row]:
    """Measure reading and checking, growth, and the whole import."""
    HERE.mkdir(parents=True, exist_ok=True)
    files = {size: HERE / f"cin-{size}.xml" for size in (CHILDREN, MANY)}
    try:
        for size, path in files.items():
            write(path, size)
        return [*_read(files), _import(files[CHILDREN])]
    finally:
        for path in files.values():
            path.unlink(missing_ok=True)


def _read(files: dict[int, Path]) -> list[Row]:
    ours, floor, many = [], [], []
    for _ in range(PAIRS):
        ours.append(_inside("check", files[CHILDREN]))
        floor.append(_inside("floor", files[CHILDREN]))
        many.append(_inside("check", files[MANY]))
    one, ten = _median(ours, "seconds"), _median(many, "seconds")
    peaks = f"{_median(ours, 'peak'):.0f} and {_median(many, 'peak'):.0f} MiB at the peak"
    found = f"{ours[0]['found']:,.0f} findings in {ours[0]['rows']:,.0f} rows by 102 rules"
    return [
        row(
            f"CIN census of {CHILDREN:,} children read, checked and told, of a columnar floor",
            one,
            _median(floor, "seconds"),
            FLOOR_BOUND,
            f"{found}; the floor has 16 rules and no types",
        ),
        row(
            f"CIN census of {CHILDREN:,} children read, checked and told, of the sector "
            "validator's 46 s",
            one,
            VALIDATOR_SECONDS,
            VALIDATOR_BOUND,
            "like for like, from opening the file to the last finding in words, nothing kept; "
            "the validator's time is others' measure on an idle machine",
        ),
        row(
            f"CIN census read and checked, {MANY:,} children to {CHILDREN:,}",
            ten,
            one,
            GROWTH_BOUND,
            peaks,
        ),
    ]


def _import(path: Path) -> Row:
    """The whole command, beside what the sector's validator was measured to take to check."""
    taken = [whole.of(path, "cin") for _ in range(PAIRS)]
    median = {name: _median(taken, name) for name in taken[0]}
    return row(
        f"CIN import with checks, {CHILDREN:,} children, of the sector validator's 46 s",
        median["seconds"],
        VALIDATOR_SECONDS,
        VALIDATOR_BOUND,
        f"{whole.in_words(median)}; the validator matches, keeps and works out nothing",
    )


def _median(measured: list[dict[str, float]], name: str) -> float:
    return statistics.median(one[name] for one in measured)


def _inside(part: str, path: Path) -> dict[str, float]:
    """Run a part of this module in a process of its own; what it measured."""
    command = [sys.executable, "-m", "benchmarks.cin", part, str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _check(path: Path) -> dict[str, float]:
    """Open, read and check a census as an import does, writing nothing."""
    start = time.perf_counter()
    from evenhand.formats.cin import FORMAT
    from evenhand.formats.files import find
    from evenhand.formats.frames import Frames
    from evenhand.formats.reading import Reader

    frames, rows = Frames(), 0
    opened = FORMAT.open(find([path])[0])
    assert isinstance(opened, list)
    for number, one in enumerate(opened):
        reader = Reader(one.layout, FORMAT.codes)
        for block in reader.blocks(one.rows()):
            frames.add(one.layout.table, block, number)
            rows += block.read
    assert FORMAT.check is not None
    found = sum(1 for _ in FORMAT.check(frames.take(), LAST))
    return {"seconds": time.perf_counter() - start, "rows": rows, "found": found}


FLOOR_GROUPS = {
    "CINdetails": ("CINreferralDate", "CINclosureDate"),
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "CINPlanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate"),
}


def _floor(path: Path) -> dict[str, float]:
    """Keep every value of a pass over the XML, then four rules of each of four groups."""
    start = time.perf_counter()
    import polars as pl
    from lxml import etree

    columns: dict[str, list[str | None]] = {}
    groups: dict[str, list[tuple[str | None, ...]]] = {name: [] for name in FLOOR_GROUPS}
    for _, child in etree.iterparse(str(path), tag="Child"):
        for element in child.iter():
            columns.setdefault(element.tag, []).append(element.text)
            if element.tag in groups:
                wanted = FLOOR_GROUPS[element.tag]
                groups[element.tag].append(tuple(element.findtext(name) for name in wanted))
        child.clear()
    found = 0
    for name, rows in groups.items():
        frame = pl.DataFrame(rows, schema=["start", "end"], orient="row").select(
            pl.all().str.to_date(strict=False)
        )
        begun, ended = pl.col("start"), pl.col("end")
        for rule in (begun > ended, ended > LAST, begun > LAST, begun == ended):
            found += frame.filter(rule).height
        columns[f"{name}-checked"] = []
    return {"seconds": time.perf_counter() - start, "found": found}


def write(path: Path, children: int) -> None:
    """Write a made-up census: about three in a hundred children have something amiss."""
    draw = random.Random(SEED)  # noqa: S311 (made-up children, the same every time)
    with path.open("w", encoding="utf-8") as file, redirect_stdout(file):
        print("<Message>\n<Header><CollectionDetails><Collection>CIN</Collection>")
        print(f"<Year>{LAST.year}</Year><ReferenceDate>{LAST}</ReferenceDate>")
        print("</CollectionDetails></Header>\n<Children>")
        for number in range(children):
            print("\n".join(_child(draw, number)))
        print("</Children>\n</Message>")


def _child(draw: random.Random, number: int) -> Iterator[str]:
    born = LAST - timedelta(days=draw.randrange(100, 6_400))
    yield "<Child>\n<ChildIdentifiers>"
    yield f"<LAchildID>M{number:07d}</LAchildID>\n<UPNunknown>UN1</UPNunknown>"
    yield f"<PersonBirthDate>{born}</PersonBirthDate>\n<Sex>{draw.choice('MFMFMFU')}</Sex>"
    yield "</ChildIdentifiers>\n<ChildCharacteristics>"
    yield f"<Ethnicity>{draw.choice(['WBRI', 'WBRI', 'APKN', 'BCRB', 'MWBC'])}</Ethnicity>"
    disability = draw.choice(["NONE"] * 8 + ["LD", "AUT"])
    yield f"<Disabilities>\n<Disability>{disability}</Disability>\n</Disabilities>"
    yield "</ChildCharacteristics>"
    day = max(born, FIRST - timedelta(days=60)) + timedelta(days=draw.randrange(200))
    for _ in range(draw.choice([1, 1, 1, 2])):
        end = day + timedelta(days=draw.randrange(40, 90))
        yield from _case(draw, day, end)
        day = end + timedelta(days=draw.randrange(1, 60))
    yield "</Child>"


def _case(draw: random.Random, day: date, end: date) -> Iterator[str]:
    after = (day + timedelta(days=n) for n in sorted(draw.sample(range(1, 39), 8)))
    days: Any = iter(after)
    yield f"<CINdetails>\n<CINreferralDate>{day}</CINreferralDate>"
    yield "<ReferralSource>2A</ReferralSource>\n<PrimaryNeedCode>N1</PrimaryNeedCode>"
    yield f"<CINclosureDate>{end}</CINclosureDate>\n<ReasonForClosure>RC7</ReasonForClosure>"
    yield "<Assessments>"
    yield f"<AssessmentActualStartDate>{next(days)}</AssessmentActualStartDate>"
    yield f"<AssessmentAuthorisationDate>{next(days)}</AssessmentAuthorisationDate>"
    factors = draw.sample(["1A", "2B", "3B", "4B", "6A", "16A", "17A"], 3)
    given = "".join(f"\n<AssessmentFactors>{code}</AssessmentFactors>" for code in factors)
    yield f"<FactorsIdentifiedAtAssessment>{given}\n</FactorsIdentifiedAtAssessment>"
    yield "</Assessments>"
    if draw.random() < 0.4:
        yield f"<CINPlanDates>\n<CINPlanStartDate>{next(days)}</CINPlanStartDate>"
        yield f"<CINPlanEndDate>{next(days)}</CINPlanEndDate>\n</CINPlanDates>"
    if draw.random() < 0.35:
        yield from _enquiry(draw, days, end)
    yield "<ReferralNFA>0</ReferralNFA>\n</CINdetails>"


def _enquiry(draw: random.Random, days: Iterator[date], end: date) -> Iterator[str]:
    """An enquiry; half of them lead to a conference and a plan with its reviews."""
    start, held = next(days), next(days)
    if draw.random() < 0.03:
        start, held = held, start
    yield f"<Section47>\n<S47ActualStartDate>{start}</S47ActualStartDate>"
    if draw.random() < 0.5:
        yield "<ICPCnotRequired>1</ICPCnotRequired>\n</Section47>"
        return
    yield f"<DateOfInitialCPC>{held}</DateOfInitialCPC>"
    yield "<ICPCnotRequired>0</ICPCnotRequired>\n</Section47>\n<ChildProtectionPlans>"
    yield f"<CPPstartDate>{held}</CPPstartDate>\n<CPPendDate>{end}</CPPendDate>"
    yield "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
    yield "<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>"
    yield "<NumberOfPreviousCPP>0</NumberOfPreviousCPP>\n<Reviews>"
    yield f"<CPPreviewDate>{end}</CPPreviewDate>\n</Reviews>\n</ChildProtectionPlans>"


PARTS = {"check": _check, "floor": _floor}

if __name__ == "__main__":
    measured = PARTS[sys.argv[1]](Path(sys.argv[2]))
    measured["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(measured))
