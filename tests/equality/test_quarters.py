"""How a measure goes from quarter to quarter: which way, how near its target, what hides."""

from __future__ import annotations

from datetime import date

from evenhand.equality.comparing import compare
from evenhand.equality.comparison import Comparison, rules_on
from evenhand.equality.progress import TrendRule
from evenhand.equality.queries.trend import OfQuarter, Quarters
from evenhand.equality.tables.quarters import TOO_FEW, Course, course
from evenhand.rules.periods import Span
from tests.equality.crowd import CLOCK
from tests.equality.test_comparing import ASIAN, BLACK, DAY, WHITE, alone, dimension, tallied

RULE = TrendRule(2, 3)
WHOLE = [
    Span(date(2026, 1, 1), date(2026, 3, 31)),
    Span(date(2026, 4, 1), date(2026, 6, 30)),
    Span(date(2026, 7, 1), date(2026, 9, 30)),
]
RUNNING = Span(date(2026, 10, 1), DAY)


def counted(kind: str = "clock") -> Comparison:
    measure = CLOCK if kind == "clock" else "assessed"
    groups = {WHITE: alone(100, 1000), BLACK: alone(100, 1000), ASIAN: alone(5, 50)}
    (one,) = compare([tallied(groups, measure, kind)], dimension(), rules_on(DAY), exact=True)
    return one


def shown(
    late: list[int],
    of: int = 1000,
    *,
    kind: str = "clock",
    exact: bool = True,
    target: float | None = None,
) -> Course:
    found = [(span, {WHITE: OfQuarter(of, each)})
             for span, each in zip([*WHOLE, RUNNING], late, strict=False)]  # fmt: skip
    goals = {} if target is None else {CLOCK: target}
    made = course(Quarters(found, exact), counted(kind), RULE, goals)
    assert made is not None
    return made


def test_70_74_and_79_per_cent_in_time_of_a_target_of_80() -> None:
    made = shown([300, 260, 210], target=80)
    assert made.question == "Is it getting better?"
    assert made.sentences[0] == "All together: improving, 1 point below target."
    assert made.chart is not None
    assert [line.words for line in made.chart.lines] == ["All together", "White", "Target"]


def test_the_same_shares_of_few_children_are_no_clear_change() -> None:
    """7, 7 and 8 of 10 might be chance."""
    assert shown([3, 3, 2], 10).sentences[0] == "All together: no clear change."
    assert shown([100, 200, 300]).sentences[0] == "All together: getting worse."


def test_a_step_has_no_better_and_no_worse_only_more_and_fewer() -> None:
    made = shown([100, 200, 300], kind="step")
    assert made.question == "Has it changed?"
    assert made.sentences[0] == "All together: rising."


def test_the_quarter_that_runs_is_shown_and_says_nothing() -> None:
    made = shown([300, 300, 300, 900])
    assert made.sentences[0] == "All together: no clear change."
    assert made.table is not None
    assert made.table.rows[-1][0].value == "Oct to Dec 2026, so far"
    assert shown([300]).sentences[0] == "All together: too few quarters to tell."


def test_who_sees_counts_only_sees_no_small_number_of_a_quarter() -> None:
    mixed = [
        (span, {WHITE: OfQuarter(100, 40), BLACK: OfQuarter(60, few), ASIAN: OfQuarter(50, 20)})
        for span, few in zip(WHOLE, (2, 20, 30), strict=True)
    ]
    made = course(Quarters(mixed, is_exact=False), counted(), RULE, {})
    assert made is not None
    assert made.table is not None
    first = [cell.value for cell in made.table.rows[0][2:]]
    assert first.count("hidden") >= 2
    assert shown([2, 20, 30], exact=False).sentences == [TOO_FEW]


def test_nothing_counted_is_no_section() -> None:
    assert course(Quarters([], is_exact=True), counted(), RULE, {}) is None
