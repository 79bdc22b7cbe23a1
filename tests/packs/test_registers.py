"""Every obligation of the sources stands in one pack, as the register has it.

``register.csv`` is the register's own table: which source's pack an obligation belongs to, where it
stands in its source, how Evenhand answers for it, on what it rests and in which work it is due.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

from evenhand.facts.registry import BINDINGS
from evenhand.policy import Policy, load, shipped
from evenhand.policy.checking import problems_of
from evenhand.rules.standards import TestStandard
from tools import register

OF_LAW = {"england"}
SAME = ("pack", "ref", "area", "kind", "mode", "basis", "order")


@pytest.fixture(scope="module")
def packs() -> Policy:
    """The policy of every pack that ships."""
    return load([shipped()], withhold=frozenset())


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    """The register's table, by clause."""
    with (Path(__file__).parent / "register.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def _document(packs: Policy, pack: str, name: str) -> Any:
    return packs.documents[pack, name]


def test_every_obligation_is_in_one_pack_as_the_register_has_it(
    packs: Policy, rows: dict[str, dict[str, str]]
) -> None:
    assert len(rows) == 505
    held = {
        id_: {"id": id_, **{name: getattr(clause, name) for name in SAME}}
        for id_, clause in packs.clauses.items()
        if clause.pack not in OF_LAW
    }
    assert held == rows


def test_no_obligation_stands_in_a_second_pack(rows: dict[str, dict[str, str]]) -> None:
    written = [
        clause["id"]
        for file in sorted(shipped().glob("*/clauses.yaml"))
        for clause in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]
    assert len(written) == len(set(written))
    assert rows.keys() <= set(written)


def test_what_make_clauses_counts_against_is_the_same_register(
    rows: dict[str, dict[str, str]],
) -> None:
    counted = {one.id: (one.pack, one.area, one.order) for one in register.load().values()}
    assert counted == {id_: (r["pack"], r["area"], r["order"]) for id_, r in rows.items()}


def test_every_obligation_says_in_words_what_it_asks_and_how_it_is_answered(packs: Policy) -> None:
    for clause in packs.clauses.values():
        assert clause.summary, clause.id
        assert clause.shows, clause.id


@pytest.mark.parametrize("pack", ["west-sussex", "norfolk", "equality-strategy"])
def test_a_pack_can_be_adopted_by_itself(pack: str) -> None:
    alone = load([shipped() / pack], withhold=frozenset())
    assert {one.id for one in alone.packs} == {pack, "england"}
    mine = {id_: one for id_, one in alone.written.items() if one.pack == pack}
    assert mine
    assert not problems_of(mine, alone.examples, alone.calendar, alone.vocabulary)


def test_islehaven_adopts_every_pack(packs: Policy) -> None:
    adopted = next(one for one in packs.packs if one.id == "islehaven").adopts
    assert set(adopted) == {one.id for one in packs.packs} - {"islehaven"}


def test_every_document_rests_on_clauses_that_stand_in_a_register(packs: Policy) -> None:
    for (pack, name), document in packs.documents.items():
        assert set(_clauses_in(document)) <= packs.clauses.keys(), (pack, name)


def _clauses_in(value: object) -> list[str]:
    if isinstance(value, dict):
        named = [value["clause"]] if isinstance(value.get("clause"), str) else []
        listed = value.get("clauses", [])
        named += [one for one in listed if isinstance(one, str)] if listed else []
        return named + [one for inner in value.values() for one in _clauses_in(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in _clauses_in(inner)]
    return []


def test_nine_priorities_each_serving_an_aim_and_every_aim_served(packs: Policy) -> None:
    priorities = _document(packs, "equality-strategy", "priorities")["priorities"]
    assert [one["number"] for one in priorities] == list(range(1, 10))
    assert all(set(one["aims"]) <= {1, 2, 3} and one["aims"] for one in priorities)
    assert {aim for one in priorities for aim in one["aims"]} == {1, 2, 3}
    measures = {one["id"] for one in _document(packs, "norfolk", "measures")}
    assert {name for one in priorities for name in one["measures"]} <= measures
    named = [clause for one in priorities for clause in one["clauses"]]
    of_source = [id_ for id_ in packs.clauses if id_.startswith("STR-") and "frame" not in id_]
    assert sorted(named) == sorted(of_source)


def test_the_support_plan_asks_every_prompt_but_the_one_that_is_volunteered(
    packs: Policy,
) -> None:
    prompts = _document(packs, "west-sussex", "support-plan")["prompts"]
    assert len(prompts) == 8
    volunteered = [one["id"] for one in prompts if not one["chased"]]
    assert volunteered == ["sexual-identity"]
    assert all(one["restricted"] for one in prompts if one["id"] in volunteered)
    asked = repr(packs.standards["west-sussex/support-plan-prompts"].dated[0].newest)
    assert [one["id"] for one in prompts if f"'{one['id']}'" in asked] == [
        one["id"] for one in prompts if one["chased"]
    ]


def test_every_course_of_the_homes_is_on_its_clock(packs: Policy) -> None:
    courses = {one["id"] for one in _document(packs, "west-sussex", "courses")}
    where = repr(packs.standards["west-sussex/course-in-date"].where)
    assert len(courses) == 6
    assert all(f"'{course}'" in where for course in courses)


def test_six_forms_of_discrimination_one_for_each_clause(packs: Policy) -> None:
    document = _document(packs, "west-sussex", "forms-of-discrimination")
    assert [one["clause"] for one in document["forms"]] == document["clauses"]
    assert len(document["forms"]) == 6


def test_five_barriers_numbered_as_families_named_them(packs: Policy) -> None:
    document = _document(packs, "norfolk", "barriers")
    assert [one["number"] for one in document["barriers"]] == [1, 2, 3, 4, 5]
    assert [one["clause"] for one in document["barriers"]] == document["clauses"]


@pytest.mark.parametrize(
    ("pack", "name"), [("west-sussex", "limits"), ("equality-strategy", "thresholds")]
)
def test_a_limit_that_is_ours_says_so_and_has_its_day(packs: Policy, pack: str, name: str) -> None:
    limits = _document(packs, pack, name)
    assert len({one["id"] for one in limits}) == len(limits) == 6
    for one in limits:
        assert one["basis"] == "default", one["id"]
        assert "our default, change it" in one["citation"].lower(), one["id"]
        assert one["from"], one["id"]
        assert sum(bound in one for bound in ("at_least", "at_most", "more_than")) == 1, one["id"]


def test_no_test_that_starts_in_an_extract_asks_what_nothing_records(packs: Policy) -> None:
    """It would be late for every child on the day after the first import."""
    for id_, standard in packs.standards.items():
        if isinstance(standard, TestStandard) and standard.starts in BINDINGS:
            assert set(standard.own_facts) <= BINDINGS.keys(), id_
