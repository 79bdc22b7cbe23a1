"""The same order gives the same bytes; the first children are the same at any size."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from evenhand.problems import Problem
from evenhand.synth.build import Order, build
from evenhand.synth.write import digest
from tests.synth.extracts import AS_AT, table

ANOTHER_PROCESS = """
import sys
from datetime import date
from pathlib import Path
from evenhand.synth.build import Order, build
from evenhand.synth.write import digest
build(Order(80, 1, date(2026, 11, 20)), Path(sys.argv[1]))
print(digest(Path(sys.argv[1])))
"""
PINNED = "f2bc33a16017aee403345ebcdc5cb242af0614acf813acdf08b9942f5516f9b3"
"""Of the SSD files of 60 children, seed 1. A change of figures, and only that, changes it."""


def test_the_same_order_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another process, with another order of hashing."""
    build(Order(80, 1, AS_AT), tmp_path / "here")
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    there = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, str(tmp_path / "there")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == digest(tmp_path / "here")


def test_the_bytes_are_those_of_every_machine(tmp_path: Path) -> None:
    """Pinned: a change here means that everybody's Islehaven changes."""
    build(Order(60, 1, AS_AT), tmp_path)
    found = hashlib.sha256()
    for path in sorted(tmp_path.glob("ssd_*.csv")):
        found.update(path.name.encode() + path.read_bytes())
    assert found.hexdigest() == PINNED


@pytest.mark.parametrize(
    "other",
    [Order(60, 2, AS_AT), Order(60, 1, date(2026, 11, 19)), Order(60, 1, AS_AT, clean=True)],
)
def test_another_order_gives_others(tmp_path: Path, other: Order) -> None:
    """Another seed, another day, or no faults."""
    build(Order(60, 1, AS_AT), tmp_path / "one")
    build(other, tmp_path / "other")
    assert digest(tmp_path / "one") != digest(tmp_path / "other")


def test_the_first_children_are_the_same_at_any_size(tmp_path: Path) -> None:
    """Their lives are; who works with them depends on how many workers there are."""
    build(Order(40, 1, AS_AT, clean=True), tmp_path / "few")
    build(Order(200, 1, AS_AT, clean=True), tmp_path / "many")
    few, many = table(tmp_path / "few", "person"), table(tmp_path / "many", "person")
    assert few == many[:40]
    ids = {row["pers_person_id"] for row in few}
    for name, child, days in (
        ("cin_episodes", "cine_person_id", ("cine_referral_date", "cine_close_date")),
        ("cin_assessments", "cina_person_id", ("cina_assessment_auth_date",)),
        ("cla_reviews", "clar_cla_person_id", ("clar_cla_review_id", "clar_cla_review_date")),
        ("cp_visits", "cppv_person_id", ("cppv_cp_visit_date", "cppv_cp_visit_seen")),
    ):
        told = [
            [
                [row[day] for day in days]
                for row in table(tmp_path / size, name)
                if row[child] in ids
            ]
            for size in ("few", "many")
        ]
        assert told[0] == told[1], name


@pytest.mark.parametrize("children", [1, 7])
def test_a_handful_is_made_too(tmp_path: Path, children: int) -> None:
    """Exactly as many as were asked for."""
    build(Order(children, 1, AS_AT, clean=True), tmp_path)
    assert len(table(tmp_path, "person")) == children


def test_memory_does_not_grow_with_the_children(tmp_path: Path) -> None:
    """Ten times the children, and not half as much memory again."""
    peaks = []
    for children in (200, 2000):
        tracemalloc.start()
        build(Order(children, 1, AS_AT), tmp_path / str(children))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    """And left as it was."""
    other = tmp_path / "letters.csv"
    other.write_text("dear,sir\n", encoding="utf-8")
    with pytest.raises(Problem, match="holds files"):
        build(Order(5, 1, AS_AT), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.csv"]


def test_an_earlier_extract_is_replaced_whole(tmp_path: Path) -> None:
    """No file of another spelling is left behind."""
    build(Order(20, 1, AS_AT), tmp_path)
    assert (tmp_path / "ssd_family.csv").exists()
    build(Order(20, 1, AS_AT, variant="mosaic"), tmp_path)
    assert not (tmp_path / "ssd_family.csv").exists()


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    """With what to do."""
    file = tmp_path / "out"
    file.write_text("", encoding="utf-8")
    with pytest.raises(Problem, match="is a file") as problem:
        build(Order(5, 1, AS_AT), file)
    assert "--out" in problem.value.remedy
