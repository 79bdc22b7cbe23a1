"""A condition of a form may compare a number with an answer, and never guesses at a missing one."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.rules.trees import Amount, Answer, Count, Not, answer, facts_of

TODAY = date(2026, 2, 2)
BEYOND = Not(Count("held", "at_most", "planned"))


@pytest.mark.parametrize(
    ("held", "planned", "expected"),
    [
        ((TODAY,) * 6, 6, Answer.NO),
        ((TODAY,) * 7, 6, Answer.YES),
        ((), 0, Answer.NO),
        ((TODAY,), None, Answer.UNKNOWN),
        (None, 6, Answer.UNKNOWN),
    ],
)
def test_a_count_is_compared_with_an_answer(
    held: tuple[date, ...] | None, planned: int | None, expected: Answer
) -> None:
    assert answer(BEYOND, {"held": held, "planned": planned}, TODAY) is expected


def test_a_number_is_compared_with_an_answer_and_the_answer_is_named() -> None:
    tree = Amount("after", "at_least", "before")
    assert answer(tree, {"after": 7, "before": 3}, TODAY) is Answer.YES
    assert answer(tree, {"after": 2, "before": 3}, TODAY) is Answer.NO
    assert answer(tree, {"after": 7}, TODAY) is Answer.UNKNOWN
    assert list(facts_of(tree)) == ["after", "before"]
