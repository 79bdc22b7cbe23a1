"""Two ways to tell groups apart at once: counted, and hidden so that nothing can be worked out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from evenhand.equality.allowing import GONE, SAME, allowing_for
from evenhand.equality.comparison import rules_on
from evenhand.equality.crossing import Crossed, crossed, hide
from evenhand.equality.pathway import dimension_called
from tests.factories import TODAY

BELOW = 5


def table(of: list[list[int]], reached: list[list[int]]) -> Crossed:
    first, second = dimension_called("ethnicity"), dimension_called("sex")
    assert first is not None
    assert second is not None
    rows, columns = list(first.labels)[: len(of)], list(second.labels)[: len(of[0])]
    return Crossed(
        first, second, tuple(rows), tuple(columns), np.array(of), np.array(reached),
        np.zeros((len(of), len(of[0])), bool),
    )  # fmt: skip


def span_of(one: Crossed, row: int, column: int) -> tuple[float, float]:
    """The least and the most that a hidden number of those who went on can be, from what is shown.

    Unknown are those who went on and those who did not, in each hidden cell; each sum is known,
    and that nobody hidden is nobody at all.
    """
    hidden = [tuple(each) for each in np.argwhere(one.hidden)]
    without, size = one.of - one.reached, 2 * len(hidden)
    equations, totals = [], []
    for part, counts in enumerate((one.reached, without)):
        for axis in (0, 1):
            for line in range(one.of.shape[axis]):
                mine = [place for place, cell in enumerate(hidden) if cell[axis] == line]
                row_of = np.zeros(size)
                row_of[[2 * place + part for place in mine]] = 1
                equations.append(row_of)
                totals.append(sum(int(counts[hidden[place]]) for place in mine))
    at_least_one = np.zeros((len(hidden), size))
    for place in range(len(hidden)):
        at_least_one[place, [2 * place, 2 * place + 1]] = -1
    goal = np.zeros(size)
    goal[2 * hidden.index((row, column))] = 1
    known = {
        "A_ub": at_least_one, "b_ub": -np.ones(len(hidden)), "A_eq": np.array(equations),
        "b_eq": np.array(totals),
    }  # fmt: skip
    ends = [linprog(sign * goal, **known).fun * sign for sign in (1, -1)]
    return ends[0], ends[1]


@pytest.mark.parametrize("seed", range(12))
def test_no_small_number_can_be_worked_out_from_the_rest_and_the_sums(seed: int) -> None:
    made = np.random.default_rng(seed)
    of = made.integers(0, 40, (4, 3))
    one = hide(table(of.tolist(), made.binomial(of, 0.3).tolist()), BELOW, set(), set())
    without = one.of - one.reached
    for row, column in np.argwhere(one.of > 0).tolist():
        small = any(0 < part[row, column] < BELOW for part in (one.reached, without))
        assert one.hidden[row, column] or not small
        if small:
            least, most = span_of(one, row, column)
            assert most - least > 1e-6


def test_a_cell_of_nobody_is_not_hidden_and_one_of_many_is_not() -> None:
    one = hide(table([[50, 0, 60], [40, 30, 50]], [[20, 0, 30], [20, 10, 20]]), BELOW, set(), set())
    assert not one.hidden.any()


def test_everything_is_hidden_where_nothing_else_would_keep_a_number() -> None:
    one = hide(table([[12, 40]], [[2, 20]]), BELOW, set(), set())
    assert one.hidden.tolist() == [[True, True]]


def test_pairs_are_counted_and_those_of_nobody_left_out() -> None:
    one = table([[1]], [[1]])
    first = (("a", "b", "nobody"), np.array([0, 0, 1, 1, 1]))
    second = (("x", "y"), np.array([0, 1, 1, 1, 1]))
    found = crossed((one.first, first), (one.second, second), np.array([1, 0, 1, 1, 0], bool))
    assert (found.rows, found.columns) == (("a", "b"), ("x", "y"))
    assert found.of.tolist() == [[1, 1], [0, 3]]
    assert found.reached.tolist() == [[1, 0], [0, 2]]


def test_a_difference_that_age_explains_is_gone_and_one_that_it_does_not_is_the_same() -> None:
    """Two groups alike within each age, one of them mostly of the age to which it happens."""
    rules = rules_on(TODAY)
    explained = table([[20, 180], [180, 20]], [[2, 90], [18, 10]])
    (found, _) = allowing_for(explained, explained.rows, explained.rows, rules, 0.1).groups
    assert round(found.crude, 2) == 3.29
    assert (round(found.ratio, 2), found.verdict) == (1.0, GONE)
    assert round(found.rate, 2) == 0.3
    same = table([[100, 100], [100, 100]], [[40, 40], [20, 20]])
    (found, _) = allowing_for(same, same.rows, same.rows, rules, 0.1).groups
    assert (found.crude, round(found.ratio, 6), found.verdict) == (2.0, 2.0, SAME)


def test_a_group_with_no_one_to_compare_with_has_a_reason_and_no_number() -> None:
    alone = table([[20, 0], [0, 30]], [[5, 0], [0, 6]])
    (found, _) = allowing_for(alone, alone.rows, alone.rows, rules_on(TODAY), 0.1).groups
    assert np.isnan(found.ratio)
    assert found.why
