"""Reasons and states in plain words: what, by when and why, and never whose fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evenhand.facts.adopted import policy
from evenhand.rules import Horizon, State
from evenhand.standards import wording
from evenhand.standards.models import Standing

REVIEW = "england/looked-after-review"
DUE, BEGAN = date(2026, 11, 20), date(2026, 10, 24)


def _row(**fields: object) -> Standing:
    given = {"standard": REVIEW, "cycle": 1, "anchor_on": BEGAN, "due_on": DUE, "kind": 0}
    return Standing(**{**given, **fields})


def test_when_and_why_it_is_due() -> None:
    standard = policy().standards[REVIEW]
    assert wording.when_due(_row()) == "Due by Fri 20 November 2026"
    assert wording.why_due(_row(), standard) == (
        "Within 20 working days of the day the child became looked after (Sat 24 October 2026)."
    )
    again = _row(cycle=2, anchor_on=date(2026, 5, 1))
    assert wording.why_due(again, standard) == (
        "Within 3 months of the one before (Fri 1 May 2026)."
    )


def test_the_law_and_a_promise_are_worded_apart() -> None:
    law = policy().standards[REVIEW]
    promise = policy().standards["isle-of-wight/looked-after-review"]
    assert wording.kind_of_authority(law) == "The law's limit"
    assert wording.kind_of_authority(promise) == "Our promise"


@pytest.mark.parametrize(
    ("state", "fields", "sentence"),
    [
        (State.LATE, {}, "Not yet done in what we have been sent."),
        (State.OPEN, {}, "Not due yet."),
        (State.KEPT, {"done_on": DUE}, "Done on Fri 20 November 2026."),
        (
            State.KEPT_LATE,
            {"done_on": date(2026, 11, 23)},
            "Done on Mon 23 November 2026, 3 days later.",
        ),
        (State.NOT_RECORDED, {}, "No source we hold records when this is done."),
        (
            State.NOT_RECORDED,
            {"not_recorded": True},
            "What decides whether this applies is not on record.",
        ),
        (State.NOT_KNOWN, {}, "Not known: our data ends on Sat 31 October 2026."),
        (
            State.EXCUSED,
            {"excused_by": "referral.feedback_unsafe"},
            "Excused: telling the referrer would endanger somebody.",
        ),
    ],
)
def test_how_it_stands(state: State, fields: dict[str, object], sentence: str) -> None:
    horizon = Horizon(None, date(2026, 10, 31))
    assert wording.how_it_stands(_row(**fields), state, horizon) == sentence


def test_a_day_that_may_yet_move_says_so() -> None:
    assert "may move" in wording.when_due(_row(provisional=True))


def test_every_standard_can_be_put_into_words() -> None:
    for standard in policy().standards.values():
        words = wording.value_in_words(standard, date(2026, 11, 21))
        assert words, standard.id
        assert "Offset" not in words


def test_no_rule_in_force_is_said() -> None:
    standard = policy().standards[REVIEW]
    assert wording.value_in_words(standard, date(1980, 1, 1)) == wording.NO_RULE
    assert wording.value_in_words(replace(standard, stages=()), DUE) == wording.NO_RULE
