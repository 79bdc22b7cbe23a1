"""Tests of chance and their corrections equal scipy, statsmodels and published examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from evenhand.analytics.tests import (
    benjamini_hochberg,
    chi_squared,
    fisher_exact,
    holm,
    mid_p,
    smallest_expected,
    two_proportion_z,
)

Counts = tuple[int, int, int, int]
COUNTS = st.tuples(st.integers(1, 300), st.floats(0, 1), st.integers(1, 3000), st.floats(0, 1)).map(
    lambda drawn: (round(drawn[0] * drawn[1]), drawn[0], round(drawn[2] * drawn[3]), drawn[2])
)
PROBABILITIES = st.lists(
    st.floats(0, 1).map(lambda p: p if p > 1e-300 else 0.0), min_size=1, max_size=40
)


def table(counts: Counts) -> list[list[int]]:
    x, n, y, m = counts
    return [[x, n - x], [y, m - y]]


def test_fisher_is_the_lady_tasting_tea() -> None:
    """Fisher (1935), The Design of Experiments: 3 of 4 told apart; 17/35 two-sided."""
    assert float(fisher_exact(3, 4, 1, 4)) == pytest.approx(34 / 70, rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=20))
def test_fisher_equals_scipy(many: list[Counts]) -> None:
    found = fisher_exact(*np.array(many).T)
    for p, counts in zip(found, many, strict=True):
        assert p == pytest.approx(stats.fisher_exact(table(counts)).pvalue, rel=1e-9)


def test_fisher_is_right_far_out_and_for_large_groups() -> None:
    for counts in [(90, 100, 5, 4000), (2, 800_000, 40, 6_000_000), (4900, 10_000, 5100, 10_000)]:
        theirs = stats.fisher_exact(table(counts)).pvalue
        assert float(fisher_exact(*counts)) == pytest.approx(theirs, rel=1e-8)


def test_fisher_works_more_cells_than_one_block_holds() -> None:
    draw = np.random.default_rng(4)
    n, m = draw.integers(500, 900, 900), draw.integers(500, 900, 900)
    x, y = draw.binomial(n, 0.5), draw.binomial(m, 0.5)
    together = fisher_exact(x, n, y, m)
    alone = [float(fisher_exact(*each)) for each in zip(x, n, y, m, strict=True)]
    np.testing.assert_allclose(together, alone, rtol=1e-9)


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_mid_p_is_fishers_less_half_the_table_itself(counts: Counts) -> None:
    x, n, y, m = counts
    itself = stats.hypergeom(n + m, x + y, n).pmf(x)
    expected = stats.fisher_exact(table(counts)).pvalue - itself / 2
    assert float(mid_p(*counts)) == pytest.approx(expected, rel=1e-9, abs=1e-14)


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_chi_squared_equals_scipy_and_is_z_squared(counts: Counts) -> None:
    x, n, y, m = counts
    found, z = chi_squared(*counts), two_proportion_z(*counts)
    if 0 < x + y < n + m:
        theirs = stats.chi2_contingency(table(counts), correction=False)
        assert float(found.statistic) == pytest.approx(theirs.statistic, rel=1e-9, abs=1e-12)
        assert float(found.p) == pytest.approx(theirs.pvalue, rel=1e-9)
        least = float(theirs.expected_freq.min())
        assert float(smallest_expected(*counts)) == pytest.approx(least, rel=1e-12)
    else:
        assert (float(found.statistic), float(found.p)) == (0, 1)
    assert float(found.statistic) == pytest.approx(float(z.statistic) ** 2)


@pytest.mark.parametrize("counts", [(0, 0, 3, 10), (3, 10, 0, 0), (11, 10, 3, 10), (1, 2, -1, 9)])
def test_nothing_to_test_has_no_probability(counts: Counts) -> None:
    for p in (fisher_exact(*counts), mid_p(*counts), chi_squared(*counts).p):
        assert np.isnan(p)


def test_benjamini_and_hochbergs_own_example() -> None:
    """Benjamini and Hochberg (1995), section 3.2: theirs finds four of 15, Bonferroni three."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
         0.5719, 0.6528, 0.7590, 1.0]  # fmt: skip
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4
    assert (holm(p) <= 0.05).sum() == 3


def test_holms_own_procedure() -> None:
    """Wikipedia, Holm-Bonferroni method, example: of 0.01, 0.04, 0.03 and 0.005 two are left."""
    assert holm([0.01, 0.04, 0.03, 0.005]).round(3).tolist() == [0.03, 0.06, 0.06, 0.02]


@settings(max_examples=60, deadline=None)
@given(PROBABILITIES)
def test_benjamini_and_hochberg_equals_scipy(p: list[float]) -> None:
    theirs = stats.false_discovery_control(p, method="bh")
    np.testing.assert_allclose(benjamini_hochberg(p), theirs, rtol=1e-9)


def test_probabilities_that_differ_in_their_last_digits_alone_are_held_apart() -> None:
    """Equal, next to one another, nought and one: in any order, over more than one block."""
    draw = np.random.default_rng(6)
    near = 1e-6 + np.arange(3000) * np.spacing(1e-6)
    p = draw.permutation(np.concatenate([near, np.full(3000, 1e-5), [0, 1], draw.random(4000)]))
    for ours, theirs in ((benjamini_hochberg, "fdr_bh"), (holm, "holm")):
        np.testing.assert_allclose(ours(p), multipletests(p, method=theirs)[1], rtol=1e-14)


def test_corrections_equal_statsmodels() -> None:
    """A few long lists, for theirs collects the garbage each time, in tenths of a second."""
    draw = np.random.default_rng(9)
    for p in (draw.random(300) ** 4, draw.integers(0, 9, 300) / 100):
        for correct, method in ((holm, "holm"), (benjamini_hochberg, "fdr_bh")):
            theirs = multipletests(p, method=method)[1]
            np.testing.assert_allclose(correct(p), theirs, rtol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(-3, 5)), min_size=1, max_size=60))
def test_each_family_is_corrected_alone(drawn: list[tuple[float, int]]) -> None:
    p, families = np.array([each[0] for each in drawn]), np.array([each[1] for each in drawn])
    for correct in (holm, benjamini_hochberg):
        found = correct(p, families)
        for family in np.unique(families):
            of_it = families == family
            np.testing.assert_allclose(found[of_it], correct(p[of_it]), rtol=1e-12)


def test_what_was_not_tested_counts_as_no_comparison() -> None:
    for correct in (holm, benjamini_hochberg):
        found = correct([0.01, np.nan, 0.04], [1, 1, 1])
        np.testing.assert_array_equal(found, correct([0.01, 0.04])[[0, 0, 1]] * [1, np.nan, 1])
    assert np.isnan(holm([np.nan])).all()
    assert holm([]).shape == (0,)
