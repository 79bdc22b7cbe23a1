"""Which statement leads, what is known, and from when to ask."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evenhand.people.asking import CHILD, PARENT, Person, applicable, whom_to_ask
from evenhand.people.identity import (
    Knowledge,
    Statement,
    completeness,
    leading,
    question,
    questions,
)
from evenhand.policy import Ask

TODAY = date(2026, 11, 21)
ORDER = iter(range(1, 10_000))


def said(status: str, answer: str, by: str, on: date | None = None, **more: object) -> Statement:
    """One statement, recorded on the day it was said."""
    day = on or date(2026, 1, 1)
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Statement(next(ORDER), status, answer, by, on, moment, **more)  # type: ignore[arg-type]


def ask(name: str = "ethnicity", **fields: object) -> Ask:
    """One item of an ask set."""
    usual = {
        "characteristic": name, "label": name.capitalize(), "questions": {"child": "?"},
        "asked_of": ("child", "parent"), "why": "", "lawful_condition": "", "used_by": (),
        "chased": True, "multiple": False, "answers": name, "clauses": (), "basis": "default",
        "pack": "england", "from_age": 8, "ask_child_again_at": 12,
    }  # fmt: skip
    return Ask(**{**usual, **fields})  # type: ignore[arg-type]


def lead_of(*statements: Statement, about: str = CHILD) -> Statement:
    """The statement that leads."""
    found = leading(statements, about)
    assert found is not None
    return found.statement


def test_nothing_said_leads_to_nothing() -> None:
    assert leading([]) is None


def test_the_childs_newest_answer_leads_whatever_came_later() -> None:
    first = said("answered", "WBRI", "child", date(2024, 1, 1))
    newest = said("answered", "WOTH", "child", date(2025, 1, 1))
    later = said("answered", "WBRI", "parent", date(2026, 1, 1))
    assert lead_of(newest, first, later) is newest


@pytest.mark.parametrize(
    ("higher", "lower"), [("child", "parent"), ("parent", "worker"), ("worker", "import")]
)
def test_voices_lead_in_order(higher: str, lower: str) -> None:
    above = said("answered", "WBRI", higher, date(2020, 1, 1))
    below = said("answered", "WBRI", lower, date(2026, 1, 1))
    assert lead_of(above, below) is above


@pytest.mark.parametrize("status", ["declined", "awaiting", "not known"])
@pytest.mark.parametrize("voice", ["parent", "worker", "import"])
def test_nobody_elses_silence_displaces_an_answer(status: str, voice: str) -> None:
    answered = said("answered", "WBRI", "import", date(2020, 1, 1), source="ssd")
    assert lead_of(answered, said(status, "", voice, date(2026, 1, 1))) is answered


def test_the_childs_refusal_leads_with_the_earlier_answer_beside() -> None:
    imported = said("answered", "WBRI", "import", source="ssd")
    refused = said("declined", "", "child", date(2026, 5, 1))
    found = leading([imported, refused])
    assert found is not None
    assert found.statement is refused
    assert found.beside is imported
    assert found.differing == ()


@pytest.mark.parametrize("status", ["awaiting", "not known"])
def test_a_child_who_does_not_know_displaces_nothing(status: str) -> None:
    parents = said("answered", "WBRI", "parent", date(2020, 1, 1))
    assert lead_of(parents, said(status, "", "child", date(2026, 1, 1))) is parents


def test_an_answer_follows_the_childs_own_refusal() -> None:
    refused = said("declined", "", "child", date(2025, 1, 1))
    told = said("answered", "BAFR", "child", date(2026, 1, 1))
    assert lead_of(told, refused) is told


def test_what_was_entered_in_error_counts_for_nothing() -> None:
    wrong = said("answered", "WBRI", "child", entered_in_error=True)
    right = said("answered", "WOTH", "import", source="ssd")
    found = leading([wrong, right])
    assert found is not None
    assert found.statement is right
    assert found.differing == ()


def test_an_adult_speaks_for_themselves() -> None:
    own = said("declined", "", "adult", date(2026, 1, 1))
    worker = said("answered", "WBRI", "worker", date(2026, 2, 1))
    assert lead_of(own, worker, about=PARENT) is own


def test_sources_that_differ_are_named_once_each() -> None:
    referral = said("answered", "WBRI", "worker", date(2025, 1, 1), how="referral")
    assessment = said("answered", "WOTH", "worker", date(2025, 3, 1), how="assessment")
    agreeing = said("answered", "WOTH", "import", source="ssd")
    found = leading([referral, assessment, agreeing])
    assert found is not None
    assert found.differing == ("WBRI", "WOTH")


def test_a_source_that_corrects_itself_differs_no_longer() -> None:
    first = said("answered", "WBRI", "import", date(2025, 1, 1), source="ssd")
    mended = said("answered", "WOTH", "import", date(2026, 1, 1), source="ssd")
    child = said("answered", "WOTH", "child", date(2025, 6, 1))
    found = leading([first, mended, child])
    assert found is not None
    assert found.differing == ()


def test_the_order_of_several_codes_is_no_difference() -> None:
    one = said("answered", "LD BEH", "import", source="ssd")
    other = said("answered", "BEH LD", "parent")
    found = leading([one, other])
    assert found is not None
    assert found.differing == ()


# What is known, and when to ask


CHILD_OF_TEN = Person(CHILD, date(2016, 11, 21))


def test_no_statement_is_no_record_that_we_asked() -> None:
    found = question(ask(), CHILD_OF_TEN, None, TODAY)
    assert found.state == Knowledge.NO_RECORD
    assert found.is_due(TODAY)


@pytest.mark.parametrize(
    ("status", "state", "due"),
    [
        ("answered", Knowledge.KNOWN, False),
        ("awaiting", Knowledge.AWAITING, True),
        ("declined", Knowledge.DECLINED, False),
        ("not known", Knowledge.NOT_KNOWN, False),
    ],
)
def test_each_answer_of_the_child_is_a_state_of_its_own(
    status: str, state: Knowledge, due: bool
) -> None:
    lead = said(status, "WBRI" if status == "answered" else "", "child", date(2026, 11, 1))
    found = question(ask(), CHILD_OF_TEN, lead, TODAY)
    assert (found.state, found.is_due(TODAY)) == (state, due)


@pytest.mark.parametrize(("born", "due"), [(date(2014, 11, 22), False), (date(2014, 11, 21), True)])
def test_a_parents_refusal_is_asked_again_of_the_child_on_the_birthday(
    born: date, due: bool
) -> None:
    refused = said("declined", "", "parent", date(2024, 1, 1))
    found = question(ask(), Person(CHILD, born), refused, TODAY)
    assert found.state == Knowledge.DECLINED
    assert found.is_due(TODAY) is due


def test_a_birthday_of_29_february_falls_on_1_march() -> None:
    refused = said("declined", "", "parent", date(2020, 1, 1))
    person = Person(CHILD, date(2012, 2, 29))
    found = question(ask(ask_child_again_at=13), person, refused, TODAY)
    assert found.ask_from == date(2025, 3, 1)


def test_a_parents_refusal_is_never_asked_again_where_the_pack_says_so() -> None:
    refused = said("declined", "", "parent", date(2024, 1, 1))
    found = question(ask(ask_child_again_at=None), CHILD_OF_TEN, refused, TODAY)
    assert found.ask_from is None


def test_what_only_the_child_can_say_waits_for_their_age() -> None:
    item = ask(asked_of=("child",), from_age=12)
    found = question(item, CHILD_OF_TEN, None, TODAY)
    assert found.state == Knowledge.NOT_YET
    assert found.ask_from == date(2028, 11, 21)


@pytest.mark.parametrize(
    ("born", "whom"), [(date(2018, 11, 22), PARENT), (date(2018, 11, 21), CHILD)]
)
def test_the_child_is_asked_from_the_packs_age(born: date, whom: str) -> None:
    assert whom_to_ask(ask(), Person(CHILD, born), TODAY) == whom


def test_items_for_unaccompanied_children_count_for_them_alone() -> None:
    items = (ask(), ask("tracing", only_for="unaccompanied"))
    alone = Person(CHILD, date(2010, 1, 1), frozenset({"unaccompanied"}))
    assert [item.characteristic for item in applicable(items, CHILD_OF_TEN)] == ["ethnicity"]
    assert [item.characteristic for item in applicable(items, alone)] == ["ethnicity", "tracing"]


def test_a_parent_has_only_items_about_parents() -> None:
    items = (ask(), ask("interpreter", about=("child", "parent")))
    assert [i.characteristic for i in applicable(items, Person(PARENT))] == ["interpreter"]


def test_what_is_volunteered_is_never_counted() -> None:
    assert applicable((ask("gender_identity", chased=False),), CHILD_OF_TEN) == []


def test_completeness_tells_asked_from_known_and_names_what_is_missing() -> None:
    items = (
        ask(),
        ask("religion"),
        ask("disability"),
        ask("later", asked_of=("child",), from_age=12),
    )
    leads = {
        "ethnicity": said("answered", "WBRI", "child"),
        "religion": said("declined", "", "child"),
    }
    found = completeness(questions(items, CHILD_OF_TEN, leads, TODAY))
    assert (found.asked, found.known, found.counted) == (2, 1, 3)
    assert found.percent == 33
    assert found.missing == ("Religion", "Disability")


def test_two_imports_that_differ_are_two_sources() -> None:
    one = said("answered", "WBRI", "import", date(2025, 1, 1), source="ssd")
    other = said("answered", "WOTH", "import", date(2026, 1, 1), source="ssda903")
    found = leading([one, other])
    assert found is not None
    assert found.statement is other
    assert found.differing == ("WBRI", "WOTH")


def test_a_parents_refusal_after_the_age_is_put_to_the_child_at_once() -> None:
    refused = said("declined", "", "parent", date(2026, 11, 1))
    found = question(ask(), Person(CHILD, date(2010, 1, 1)), refused, TODAY)
    assert found.ask_from == date(2026, 11, 1)
