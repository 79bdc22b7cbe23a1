"""How far two auditors agree: against an independent library, and worked examples in print."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from evenhand.analytics.agreement import Agreement, Weights, gwet, kappa, table_of
from evenhand.analytics.reasons import Reason

ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
"""Two reviewers of 100 records. Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition,
table 2.1; the values are those that the author's own package irrCAC prints (its overview)."""

DIAGNOSES = [[40, 6, 4, 15], [4, 25, 1, 5], [4, 2, 21, 9], [17, 13, 12, 45]]
"""Two ways to diagnose 223 patients: the same author's data, with the values that the package's
two editions, in R and in Python, both give for each kind of weights."""

ALTERED = {Weights.NONE: None, Weights.LINEAR: "linear", Weights.QUADRATIC: "quadratic"}


@pytest.mark.parametrize("weights", list(Weights))
@pytest.mark.parametrize("seed", range(4))
def test_kappa_equal_to_an_independent_library(weights: Weights, seed: int) -> None:
    counts = np.random.default_rng(seed).integers(0, 30, (4, 4)) + np.diag([20] * 4)
    ours = kappa(counts, weights, 0.95)
    theirs = cohens_kappa(counts, wt=ALTERED[weights])
    assert math.isclose(ours.value, theirs.kappa, rel_tol=1e-12)
    assert math.isclose(ours.error, theirs.std_kappa, rel_tol=1e-9)


def test_of_two_abstractors_as_printed() -> None:
    cohen, theirs = kappa(ABSTRACTORS, Weights.NONE, 0.95), gwet(ABSTRACTORS, Weights.NONE, 0.95)
    assert (round(cohen.value, 7), round(cohen.error, 8)) == (0.7964094, 0.05891072)
    assert (round(cohen.low, 2), round(cohen.high, 3)) == (0.68, 0.913)
    assert (round(theirs.value, 7), round(theirs.error, 8)) == (0.8493305, 0.04321747)
    assert (round(theirs.low, 3), round(theirs.high, 3)) == (0.764, 0.935)


@pytest.mark.parametrize(
    ("table", "weights", "value", "low", "high"),
    [
        (ABSTRACTORS, Weights.LINEAR, 0.900, 0.842, 0.958),
        (ABSTRACTORS, Weights.QUADRATIC, 0.940, 0.905, 0.976),
        (DIAGNOSES, Weights.NONE, 0.456, 0.371, 0.542),
        (DIAGNOSES, Weights.LINEAR, 0.377, 0.267, 0.488),
        (DIAGNOSES, Weights.QUADRATIC, 0.299, 0.150, 0.447),
    ],
)
def test_weighted_as_the_authors_package_gives_it(
    table: list[list[int]], weights: Weights, value: float, low: float, high: float
) -> None:
    found = gwet(table, weights, 0.95)
    assert (round(found.value, 3), round(found.low, 3), round(found.high, 3)) == (value, low, high)


def test_where_nearly_everything_has_one_grade() -> None:
    """Gwet (2002), Statistical Methods for Inter-Rater Reliability Assessment 1, table 2: 118 of
    125 alike, kappa -0.023, AC1 0.941: what they agree on is hidden from kappa."""
    counts = [[118, 5], [2, 0]]
    assert round(kappa(counts, Weights.NONE, 0.95).value, 3) == -0.023
    assert round(gwet(counts, Weights.NONE, 0.95).value, 3) == 0.941


def test_a_near_miss_counts_less_than_a_wide_one() -> None:
    near, wide = np.diag([10, 10, 10, 10]), np.diag([10, 10, 10, 10])
    near[0, 1], wide[0, 3] = 4, 4
    for of in (kappa, gwet):
        assert of(near, Weights.QUADRATIC, 0.95).value > of(wide, Weights.QUADRATIC, 0.95).value
    assert kappa(near, Weights.QUADRATIC, 0.95).value > kappa(near, Weights.LINEAR, 0.95).value


def test_all_alike_has_no_interval_and_one_grade_no_kappa() -> None:
    same = gwet(np.diag([3, 4]), Weights.NONE, 0.95)
    assert same.value == 1
    assert math.isnan(same.low)
    one_grade = [[9, 0], [0, 0]]
    assert kappa(one_grade, Weights.NONE, 0.95).reason == Reason.ALL_ALIKE
    assert gwet(one_grade, Weights.NONE, 0.95).value == 1
    none = kappa([[0, 0], [0, 0]], Weights.NONE, 0.95)
    assert (none.reason, none.of) == (Reason.NOBODY, 0)
    assert math.isnan(none.value)


def test_pairs_are_counted_into_a_table() -> None:
    counts = table_of([(0, 0), (0, 1), (0, 1), (2, 2)], 3)
    assert counts.tolist() == [[1, 2, 0], [0, 0, 0], [0, 0, 1]]
    assert table_of([], 2).tolist() == [[0, 0], [0, 0]]
    with pytest.raises(ValueError, match="none of the 3"):
        table_of([(0, 3)], 3)


@pytest.mark.parametrize("bad", [[[1, 2, 3]], [[1]], [[1, -1], [0, 2]]])
def test_what_is_no_table_of_pairs_is_said(bad: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="table of pairs"):
        gwet(bad, Weights.NONE, 0.95)


GRADES = st.integers(0, 3)


@given(pairs=st.lists(st.tuples(GRADES, GRADES), max_size=40), weights=st.sampled_from(Weights))
def test_who_is_first_makes_no_difference(pairs: list[tuple[int, int]], weights: Weights) -> None:
    counts = table_of(pairs, 4)
    for of in (kappa, gwet):
        one, other = of(counts, weights, 0.95), of(counts.T, weights, 0.95)
        assert _same(one, other)
        if one.reason == Reason.ANSWERED:
            assert one.value <= 1 + 1e-12
            assert math.isnan(one.low) or -1 <= one.low <= one.value <= one.high <= 1


def _same(one: Agreement, other: Agreement) -> bool:
    pairs = zip(one, other, strict=True)
    return all(np.isclose(a, b, equal_nan=True, atol=1e-9) for a, b in pairs)
