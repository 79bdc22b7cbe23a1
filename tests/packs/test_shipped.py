"""The packs that ship: registers whole, every rule with its cases, each part fitting the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.policy import Policy, load, shipped
from evenhand.policy.checking import problems_of
from evenhand.rules.standards import Deadline, PerPeriod, Recurrence, Standard, TestStandard
from evenhand.rules.states import State
from evenhand.rules.values import Dated, Entry, Offset

REGISTER_SIZES = {"isle-of-wight": 360, "west-sussex": 76, "norfolk": 41, "equality-strategy": 28}
TIMED_BY_LAW_ALONE = {"IOW-2.4.22-a": "ENG-UKGDPR-12-3"}
WITHOUT_A_TIME = {"IOW-2.1.8", "IOW-2.4.38"}
CATEGORIES = {
    "public information",
    "responsiveness",
    "office contacts",
    "home contacts",
    "case files",
    "casework",
}


@pytest.fixture(scope="module")
def packs() -> Policy:
    """The policy of every pack that ships."""
    return load([shipped()], withhold=frozenset())


def _document(packs: Policy, name: str) -> Any:
    found = packs.document(name)
    assert found is not None, name
    return found


def test_every_case_comes_out_as_written(packs: Policy) -> None:
    assert [str(problem) for problem in packs.problems()] == []


def test_the_registers_are_whole(packs: Policy) -> None:
    sizes = Counter(clause.pack for clause in packs.clauses.values())
    assert {pack: sizes[pack] for pack in REGISTER_SIZES} == REGISTER_SIZES


def test_every_clause_that_sets_a_time_is_timed(packs: Policy) -> None:
    timed = {clause for standard in packs.standards.values() for clause in standard.clauses}
    wanted = {
        clause.id for clause in packs.clauses.values() if clause.kind in ("timescale", "schedule")
    }
    assert wanted - timed - WITHOUT_A_TIME - TIMED_BY_LAW_ALONE.keys() == set()
    for clause, law in TIMED_BY_LAW_ALONE.items():
        assert clause in packs.clauses[law].same_as
        assert law in timed


def test_what_is_the_same_duty_stands_in_a_register(packs: Policy) -> None:
    named = {other for clause in packs.clauses.values() for other in clause.same_as}
    assert named <= packs.clauses.keys()


def test_the_policys_six_areas_all_hold_standards(packs: Policy) -> None:
    of_the_policy = {s.category for s in packs.standards.values() if s.pack == "isle-of-wight"}
    assert of_the_policy >= CATEGORIES


def test_every_standard_is_worded_for_families(packs: Policy) -> None:
    assert [standard.id for standard in packs.standards.values() if not standard.words] == []


def test_every_clock_is_tried_on_its_last_day_and_the_day_after(packs: Policy) -> None:
    for id_, standard in packs.standards.items():
        states = {state for example in packs.examples[id_] for state in example.expect}
        on_time = {State.KEPT, State.OPEN} & states
        late = {State.LATE, State.KEPT_LATE} & states
        assert on_time, id_
        assert late, id_
        if not isinstance(standard, TestStandard):
            assert State.OPEN in states, id_


def _moved(entry: Entry[Any], by: int) -> Entry[Any]:
    value = entry.value
    more = Offset(value.value + by, value.unit) if isinstance(value, Offset) else value + by
    return replace(entry, value=more)


def _with_one_value_moved(dated: Dated[Any]) -> Iterator[Dated[Any]]:
    for place, entry in enumerate(dated.entries):
        for by in (-1, 1):
            entries = list(dated.entries)
            entries[place] = _moved(entry, by)
            yield Dated(tuple(entries))


def _variants(standard: Standard) -> Iterator[Standard]:
    """The standard with one of its values, and then another, one more or one less."""
    if isinstance(standard, Deadline) and isinstance(standard.within, Dated):
        if standard.direction != "at":
            yield from (replace(standard, within=d) for d in _with_one_value_moved(standard.within))
    elif isinstance(standard, PerPeriod):
        for dated in _with_one_value_moved(standard.at_least):
            if all(entry.value > 0 for entry in dated.entries):
                yield replace(standard, at_least=dated)
    elif isinstance(standard, Recurrence):
        for place, stage in enumerate(standard.stages):
            for dated in _with_one_value_moved(stage):
                stages = (*standard.stages[:place], dated, *standard.stages[place + 1 :])
                yield replace(standard, stages=stages)


def test_moving_any_value_by_one_breaks_one_of_its_cases(packs: Policy) -> None:
    def is_tested(changed: Standard) -> bool:
        examples = {changed.id: packs.examples[changed.id]}
        found = problems_of({changed.id: changed}, examples, packs.calendar, packs.vocabulary)
        return bool(found)

    changed = [one for standard in packs.written.values() for one in _variants(standard)]
    untested = [one for one in changed if not is_tested(one)]
    assert [f"{c.id}: {[str(e.value) for e in c.entries()]}" for c in untested] == []


def test_a_default_says_that_it_is_ours_and_law_cites_itself(packs: Policy) -> None:
    for standard in packs.written.values():
        for entry in standard.entries():
            if entry.basis == "default":
                assert "our default, change it" in entry.citation.lower(), standard.id
            if entry.basis == "law":
                assert entry.citation, standard.id


def test_gender_identity_and_orientation_are_volunteered_and_never_chased(packs: Policy) -> None:
    asked = {ask.characteristic: ask for ask in packs.ask_set}
    volunteered = {name for name, ask in asked.items() if not ask.chased}
    assert volunteered == {"gender_identity", "sexual_orientation"}
    assert all(asked[name].asked_of == ("child",) for name in volunteered)


def test_every_question_says_why_on_what_ground_and_for_whom(packs: Policy) -> None:
    for ask in packs.ask_set:
        assert all((ask.why, ask.lawful_condition, ask.used_by)), ask.characteristic
        assert all((ask.questions["child"], ask.questions["parent"])), ask.characteristic
        assert set(ask.clauses) <= packs.clauses.keys(), ask.characteristic


def test_every_question_has_a_list_of_answers_that_holds_no_refusal(packs: Policy) -> None:
    lists = _document(packs, "codes")["lists"]
    for ask in packs.ask_set:
        codes = [answer["code"] for answer in lists[ask.answers]]
        assert len(codes) == len(set(codes)) > 1, ask.answers
        assert not {"REFU", "NOBT"} & set(codes)


def test_seventeen_grounds_each_with_its_mapping_or_none(packs: Policy) -> None:
    grounds = _document(packs, "grounds")["grounds"]
    nine = {one["id"] for one in _document(packs, "characteristics")["characteristics"]}
    by_clause = Counter(ground["clause"] for ground in grounds)
    assert by_clause == {"IOW-2.1.3-a": 10, "IOW-2.1.3-b": 7}
    assert {ground["characteristic"] for ground in grounds} <= nine | {"none"}
    mapped = {g["id"]: g["characteristic"] for g in grounds}
    assert mapped["hiv-status"] == "disability"
    assert all(g["characteristic"] == "none" for g in grounds if g["clause"] == "IOW-2.1.3-b")


def test_nine_characteristics_of_which_eight_count_for_the_second_and_third_aims(
    packs: Policy,
) -> None:
    nine = _document(packs, "characteristics")["characteristics"]
    counts = [sum(aim in one["aims"] for one in nine) for aim in (1, 2, 3)]
    assert counts == [9, 8, 8]
    assert [one["id"] for one in nine if 2 not in one["aims"]] == ["marriage-and-civil-partnership"]


def test_norfolk_has_two_headline_indicators(packs: Policy) -> None:
    measures = _document(packs, "measures")
    headlines = [one for one in measures if one.get("headline") is True]
    assert len(headlines) == 2
    assert all("NOR-did-g" in one["clauses"] for one in headlines)
    assert all(set(one["clauses"]) <= packs.clauses.keys() for one in measures)


def test_no_word_for_a_family_is_an_abbreviation_or_a_reproach(packs: Policy) -> None:
    said = [word for section in packs.words["family"].values() for word in section.values()]
    said += [standard.words for standard in packs.standards.values()]
    for word in said:
        assert not {"LAC", "CLA", "CP", "CIN", "IRO", "breach"} & set(word.split()), word


def test_every_state_has_a_word_for_staff_and_for_families(packs: Policy) -> None:
    for audience in ("staff", "family"):
        assert packs.words[audience]["states"].keys() == {str(state) for state in State}


def test_islehaven_changes_only_what_is_left_to_it(packs: Policy) -> None:
    changed = {
        id_
        for id_, standard in packs.standards.items()
        if list(standard.entries()) != list(packs.written[id_].entries())
    }
    assert changed == {"england/protection-visits", "england/need-plan-visits"}
    visits = packs.standards["england/protection-visits"].dated[0]
    before = visits.on(date(2020, 4, 1) - timedelta(days=1))
    assert (str(before), str(visits.on(date(2020, 4, 1)))) == ("20 working days", "10 working days")
