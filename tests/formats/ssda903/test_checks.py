"""Each check finds the row it is about, and not one that is just as it should be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from evenhand.formats.format import Checked, Frame
from evenhand.formats.frames import schema_of
from evenhand.formats.ssda903.checks import check
from evenhand.formats.ssda903.checks.shape import CONDITIONS, rules
from evenhand.formats.ssda903.modules import tables
from evenhand.formats.ssda903.tidying import postcode
from tests.formats.ssda903.cases import CASES, USUAL, Case

TODAY = date(2026, 11, 20)
THIS, LAST = "2025", "2024"
MODULES = tuple(USUAL)
OTHERS = 40
"""Children of whom nothing is otherwise; by them the returns show which year they are of."""


def rows_of(child: str, case: Case) -> list[tuple[str, dict[str, Any]]]:
    """The rows of a child: what the case says, and the usual Header, episode and worker."""
    rows = []
    for module in MODULES:
        usual = [{}] if module in ("header", "episodes", "swepisodes") else []
        for of, name in ((THIS, module), (LAST, f"last_{module}")):
            for cells in case.get(name, usual if of == THIS else []):
                made = {**USUAL[module], **cells, "CHILD": child, "RETURN": of}
                rows.append((module, made))
    return rows


def frames_of(cases: Mapping[str, Case]) -> dict[str, Frame]:
    """The rows of all these children as frames; a row's line is its place in its table."""
    gathered: dict[str, list[dict[str, Any]]] = {module: [] for module in MODULES}
    for child, case in cases.items():
        for module, row in rows_of(child, case):
            gathered[module].append(row)
    return {f"903_{module}": frame_of(module, rows) for module, rows in gathered.items()}


def frame_of(module: str, rows: list[dict[str, Any]]) -> Frame:
    schema = schema_of(tables()[f"903_{module}"])
    placed = [{**row, "file": 0, "line": line} for line, row in enumerate(rows, start=2)]
    texts = pl.DataFrame(placed, schema=dict.fromkeys(schema, pl.String), strict=False)
    days = [name for name, kind in schema.items() if kind == pl.Date]
    typed = texts.with_columns(pl.col(days).str.to_date())
    return typed.cast(schema)  # type: ignore[arg-type]


def others() -> dict[str, Case]:
    """Children with nothing to find, in both years."""
    ended = {"DECOM": "2023-05-01", "DEC": "2023-06-01", "REC": "E4A", "RNE": "S"}
    this = {**ended, "DECOM": "2024-05-01", "DEC": "2024-06-01"}
    case = {"last_episodes": [ended], "episodes": [this], "last_header": [{}]}
    return {f"other {n}": case for n in range(OTHERS)}


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """For each rule the children of whom it finds a row, all cases looked at at once."""
    cases = others()
    for rule, (fails, passes) in CASES.items():
        cases |= {f"{rule} fails": fails, f"{rule} passes": passes}
    frames = frames_of(cases)
    children = {
        (name, line): child
        for name, frame in frames.items()
        for line, child in frame.select("line", "CHILD").iter_rows()
    }
    met: dict[str, set[str]] = {}
    for one in check(frames, TODAY):
        met.setdefault(one.fault.rule, set()).add(children[one.table, one.fault.line])
    return met


@pytest.mark.parametrize("rule", CASES)
def test_what_a_check_finds_and_what_it_just_does_not(
    rule: str, found: dict[str, set[str]]
) -> None:
    met = found.get(f"903-{rule}", set())
    assert f"{rule} fails" in met
    assert f"{rule} passes" not in met


def test_every_check_has_its_words_its_condition_and_its_cases() -> None:
    assert set(rules()) == set(CONDITIONS) == {f"903-{rule}" for rule in CASES}


def test_nothing_is_found_of_a_child_of_whom_all_is_well() -> None:
    assert list(check(frames_of({"well": {}, **others()}), TODAY)) == []


def faults(case: Case) -> dict[str, Checked]:
    return {one.fault.rule: one for one in check(frames_of({"child": case}), TODAY)}


def test_a_finding_says_where_what_and_how_it_weighs() -> None:
    one = faults({"episodes": [{"DEC": "2024-04-30", "REC": "E4A"}]})["903-356"]
    assert (one.table, one.file, one.fault.line, one.fault.column) == ("903_episodes", 0, 2, "DEC")
    assert (
        one.fault.sentence == "the episode ends on 30 April 2024, before it begins on 1 May 2024."
    )
    assert one.fault.found == "2024-04-30"
    assert one.fault.weight == "row"


def test_only_an_untruth_refuses_a_row() -> None:
    refusing = {name for name, rule in rules().items() if rule.weight == "row"}
    assert refusing == {
        "903-X01",
        "903-302",
        "903-356",
        "903-X22",
        "903-567",
        "903-586",
        "903-X40",
    }


def test_without_header_nothing_is_said_of_who_is_not_in_it() -> None:
    frames = frames_of({"child": {}})
    del frames["903_header"]
    assert "903-INT03" not in {one.fault.rule for one in check(frames, TODAY)}


def test_a_return_of_which_the_year_does_not_show_is_not_held_to_one() -> None:
    frames = {"903_header": frames_of({"child": {"header": [{"DOB": "2031-01-01"}]}})["903_header"]}
    assert "903-301" not in {one.fault.rule for one in check(frames, TODAY)}


def test_a_postcode_gets_its_space() -> None:
    assert [postcode(text) for text in ("po317qa", "PO31 7QA", "nope")] == [
        "PO31 7QA",
        "PO31 7QA",
        "nope",
    ]


def test_the_page_on_returns_lists_every_check_and_no_other() -> None:
    page = (Path(__file__).parents[3] / "docs/how-to/ssda903.md").read_text()
    rows = re.findall(r"^\| (903-\w+) \| \w+ \| (.+?) \| (refused)? ?\|$", page, re.MULTILINE)
    assert [name for name, _, _ in rows] == list(rules())
    assert {(name, what) for name, what, _ in rows} == {(r.rule, r.what) for r in rules().values()}
    assert {n for n, _, refused in rows if refused} == {
        r.rule for r in rules().values() if r.weight == "row"
    }
