"""Improving or not, and how far from a target, in words."""

from __future__ import annotations

import pytest

from evenhand.equality.progress import TrendRule, direction, progress

RULE = TrendRule(2, 3)


@pytest.mark.parametrize(
    ("values", "higher", "says"),
    [
        ([70, 74, 79], True, "improving"),
        ([79, 74, 70], True, "getting worse"),
        ([70, 74, 79], False, "getting worse"),
        ([70, 90, 72], True, "improving"),  # 2 points from the first of the three
        ([70, 90, 71.9], True, "no clear change"),
        ([99, 70, 71, None, 70], True, "no clear change"),
        ([70, 79], True, "too few quarters to tell"),
        ([None, None], True, "too few quarters to tell"),
    ],
)
def test_the_newest_is_set_against_the_first_of_three_known(
    values: list[float | None], higher: bool, says: str
) -> None:
    assert direction(values, RULE, higher_is_better=higher) == says


@pytest.mark.parametrize(
    ("last", "target", "higher", "says"),
    [
        (79, 80, True, "1 point below target"),
        (78.5, 80, True, "1.5 points below target"),
        (80, 80, True, "at the target"),
        (82, 80, True, "2 points above target, which is met"),
        (9, 10, False, "1 point below target, which is met"),
        (12, 10, False, "2 points above target"),
    ],
)
def test_how_far_from_the_target(last: float, target: float, higher: bool, says: str) -> None:
    assert progress([last], target, RULE, higher_is_better=higher).endswith(f", {says}")


def test_without_a_target_or_any_value() -> None:
    assert progress([70, 74, 79], None, RULE) == "improving"
    assert progress([None, None], 80, RULE) == "nothing known yet"
