"""What answers come to: asked, missing, derived, advised, and how long it took."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from evenhand.rules.form_results import filled, read, spans_of
from evenhand.rules.question_sets import (
    Advice,
    Choice,
    Derived,
    Level,
    Notice,
    Question,
    QuestionSet,
    Rows,
    Span,
    Step,
)
from evenhand.rules.trees import Amount, IsIn, Known, Not

TODAY = date(2026, 5, 13)
TEN = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)


def asked(**parts: Any) -> QuestionSet:
    """A set of two questions, with these parts besides."""
    questions = (
        Question("told", "Told?", "yes_no", missing="user not told"),
        Question("how", "How?", "choice", choices=(Choice("phone", "By phone"),),
                 asked_when=IsIn("told", (True,)), missing="manner missing", who="worker"),
    )  # fmt: skip
    plain: dict[str, Any] = {
        "id": "a", "title": "A", "subject": "message", "from_": date(2005, 4, 1), "is_own": True,
        "is_once": False, "of_child": "may", "permission": "recording.write",
        "questions": questions, "on": "day",
    }  # fmt: skip
    return QuestionSet(**{**plain, **parts})


@pytest.mark.parametrize(
    ("answers", "missing"),
    [({}, ["told"]), ({"told": False}, []), ({"told": True}, ["how"]),
     ({"told": True, "how": "phone"}, [])],
)  # fmt: skip
def test_what_is_asked_and_not_answered_is_missing_and_nothing_else(
    answers: Any, missing: list[str]
) -> None:
    found = read(asked(), answers, {}, TODAY)
    assert [one.id for one in found.said] == missing


def test_a_level_that_hangs_on_what_is_not_answered_is_not_passed_over() -> None:
    levels = (Level("high", "High", IsIn("told", (True,))), Level("low", "Low", Known("told")))
    derived = asked(derived=(Derived("tier", "Tier", levels),))
    assert read(derived, {}, {}, TODAY).derived == {}
    assert read(derived, {"told": True}, {}, TODAY).derived["tier"].value == "high"
    assert read(derived, {"told": False}, {}, TODAY).derived["tier"].value == "low"


def test_advice_stops_at_the_first_that_cannot_be_told() -> None:
    advice = (Advice("a", "A", IsIn("told", (True,))), Advice("b", "B", Known("told")))
    unknown = read(asked(advice=advice), {}, {}, TODAY)
    assert (unknown.advice, unknown.unknown) == (None, True)
    second = read(asked(advice=advice), {"told": False}, {}, TODAY)
    assert second.advice is not None
    assert (second.advice.id, second.unknown) == ("b", False)


@pytest.mark.parametrize(
    ("minutes", "seconds", "late"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (-5, 0, -5)]
)
def test_a_minute_that_has_begun_counts(minutes: int, seconds: int, late: int) -> None:
    late_by = asked(spans=(Span("late_by", "Late by", "minutes", "planned", "began"),))
    began = datetime.fromtimestamp(TEN.timestamp() + 60 * minutes + seconds, UTC)
    assert spans_of(late_by, {"planned": TEN, "began": began}) == {"late_by": late}
    assert spans_of(late_by, {"planned": TEN}) == {"late_by": None}


def test_days_between_are_londons_and_across_the_change_of_clocks() -> None:
    between = asked(spans=(Span("n", "After", "days", "planned", "began"),))
    begun = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    done = datetime(2026, 3, 29, 23, 30, tzinfo=UTC)  # half past midnight of the 30th in London
    assert spans_of(between, {"planned": begun, "began": done}) == {"n": 2}


def test_a_step_and_a_notice_stand_while_their_condition_does() -> None:
    late = Amount("late_by", "at_least", 1)
    parts = asked(
        spans=(Span("late_by", "Late by", "minutes", "planned", "began"),),
        notices=(Notice("late", late, "late by {late_by}", on="planned"),),
        steps=(Step("tell", late, "next-contact", "Tell them"),),
    )
    times: Any = {"planned": TEN, "began": TEN.replace(minute=7), "told": False}
    found = read(parts, times, {}, TODAY)
    assert [(one.words, one.on) for one in found.said] == [("late by 7", "planned")]
    assert [one.id for one in found.steps] == ["tell"]
    assert not read(parts, {**times, "began": TEN}, {}, TODAY).steps


def test_each_row_says_what_it_lacks() -> None:
    rows = Rows(
        "recipients", "Recipient",
        (Question("name", "Who?", "text"),
         Question("form", "How?", "text", asked_when=Not(Known("held")),
                  missing="form for {name} missing"),
         Question("held", "Held?", "text")), 5,
    )  # fmt: skip
    given: Any = [{"name": "Ami"}, {"name": "Jo", "form": "paper"}, {"name": "Bo", "held": "yes"}]
    found = read(asked(rows=rows), {"told": False}, {}, TODAY, given)
    assert [one.words for one in found.said] == ["form for Ami missing"]


def test_words_tell_days_and_times_as_people_in_london_read_them() -> None:
    words = "{planned} on {day}, {nothing}"
    assert filled(words, {"planned": TEN, "day": TODAY}) == "10:00 on 13 May 2026, not recorded"


@pytest.mark.parametrize(
    ("answers", "words"),
    [({}, "view missing"), ({"author": "Ana Quay"}, "view missing: Ana Quay")],
    ids=["nobody is named", "somebody is"],
)
def test_who_is_not_named_is_not_named_in_words(answers: Any, words: str) -> None:
    questions = (
        Question("author", "Who wrote it?", "person"),
        Question("view", "Their view?", "words", missing="view missing: {author}"),
    )
    found = read(asked(questions=questions), answers, {}, TODAY)
    assert [one.words for one in found.said] == [words]
