"""A family that waits together is one piece of evidence, not as many as it has children."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.analytics.dependent import each_against_others_by_family, effect_of_families
from evenhand.analytics.log_rank import each_against_others
from evenhand.analytics.pooled import chance, risk_ratio
from evenhand.analytics.reasons import Reason
from evenhand.analytics.waits import Waits, life_table, waited


def drawn(seed: int, size: int = 120) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    days = draw.geometric(0.06, size) - 1
    return days, draw.random(size) < 0.8, draw.integers(0, 2, size)


def test_what_waits_add_is_worked_out_one_by_one() -> None:
    """The plain engine: each wait, each day."""
    days, done, groups = drawn(3, 40)
    families = np.arange(40) // 2
    sums: dict[int, float] = {}
    for i, family in enumerate(families):
        own, added = float(groups[i] == 0), 0.0
        for day in range(days[i] + 1):
            here = days >= day
            p = (groups[here] == 0).mean()
            hazard = ((days == day) & done).sum() / here.sum()
            added -= (own - p) * hazard
            if day == days[i] and done[i]:
                added += own - p
        sums[family] = sums.get(family, 0.0) + added
    found = each_against_others_by_family(waited(days, done), groups, 2, families)
    alone = each_against_others(life_table(waited(days, done), groups, 2))
    gap = alone.done[0] - alone.expected[0]
    assert sum(sums.values()) == pytest.approx(gap)
    usual = gap**2 / alone.statistic[0]
    variance = max(usual, sum(each**2 for each in sums.values()))
    assert found.statistic[0] == pytest.approx(gap**2 / variance, rel=1e-9)


def test_three_brothers_are_one_piece_of_evidence() -> None:
    """Each child said three times is worth what the children are worth once."""
    days, done, groups = drawn(5)
    once = each_against_others_by_family(waited(days, done), groups, 2, np.arange(120))
    thrice = each_against_others_by_family(
        waited(np.repeat(days, 3), np.repeat(done, 3)), np.repeat(groups, 3), 2,
        np.repeat(np.arange(120), 3),
    )  # fmt: skip
    naive = each_against_others(
        life_table(waited(np.repeat(days, 3), np.repeat(done, 3)), np.repeat(groups, 3), 2)
    )
    assert thrice.statistic[0] == pytest.approx(once.statistic[0], rel=0.15)
    assert naive.statistic[0] > 2.5 * once.statistic[0]


def test_those_not_known_and_waits_that_do_not_count_add_nothing() -> None:
    days, done, groups = drawn(8)
    families = np.arange(120) // 3
    without = each_against_others_by_family(waited(days, done), groups, 2, families)
    more = waited(np.append(days, [9, -4, 2]), np.append(done, [True, True, True]))
    found = each_against_others_by_family(
        more, np.append(groups, [-1, 0, 2]), 2, np.append(families, [0, 0, 0])
    )
    np.testing.assert_allclose(found.statistic, without.statistic, rtol=1e-12)


def test_children_apart_are_never_called_surer_than_the_plain_test_has_them() -> None:
    for seed in range(20):
        days, done, groups = drawn(seed)
        plain = each_against_others(life_table(waited(days, done), groups, 2))
        found = each_against_others_by_family(waited(days, done), groups, 2, np.arange(120))
        assert (found.statistic <= plain.statistic * (1 + 1e-12)).all()
        assert found.statistic[0] == pytest.approx(plain.statistic[0], rel=0.25)


def test_families_of_four_that_wait_alike_make_few_false_findings() -> None:
    """Of 400 authorities without any difference about 20 look different at 1 in 20; not 100."""
    draw = np.random.default_rng(7)
    false = plain = 0
    for _ in range(400):
        days = np.repeat(draw.geometric(0.05, 60), 4)
        groups = np.repeat(draw.integers(0, 2, 60), 4)
        waits = waited(days, np.ones(240, bool))
        families = np.repeat(np.arange(60), 4)
        false += each_against_others_by_family(waits, groups, 2, families).p[0] < 0.05
        plain += each_against_others(life_table(waits, groups, 2)).p[0] < 0.05
    assert false < 34
    assert plain > 80


def counted(happened: np.ndarray, ours: np.ndarray, strata: np.ndarray) -> tuple[np.ndarray, ...]:
    pairs = [(ours & happened, ours), (~ours & happened, ~ours)]
    return tuple(np.bincount(strata[part], minlength=3) for pair in pairs for part in pair)


def test_pooled_over_ages_families_that_go_together_make_few_false_findings() -> None:
    """Of 400 without any difference about 20 have an interval that leaves out 1, not 100."""
    draw = np.random.default_rng(5)
    false = plain = 0
    for _ in range(400):
        happened = np.repeat(draw.random(80) < 0.4, 4)
        ours = np.repeat(draw.random(80) < 0.4, 4)
        strata = draw.integers(0, 3, 320)
        effect = effect_of_families(happened, ours, strata, np.repeat(np.arange(80), 4))
        counts = counted(happened, ours, strata)
        found, naive = (risk_ratio(*counts, 0.95, each) for each in (effect, 1.0))
        false += bool(found.low > 1 or found.high < 1)
        plain += bool(naive.low > 1 or naive.high < 1)
        assert chance(*counts, effect).p >= chance(*counts).p
    assert false < 36
    assert plain > 80


def test_each_row_a_family_has_no_effect_and_a_row_thrice_has_that_of_three() -> None:
    draw = np.random.default_rng(1)
    happened, ours = draw.random(300) < 0.3, draw.random(300) < 0.5
    strata = draw.integers(0, 3, 300)
    rows = np.arange(300)
    assert effect_of_families(happened, ours, strata, rows) == pytest.approx(1.0)
    parts = (np.repeat(part, 3) for part in (happened, ours, strata, rows))
    assert effect_of_families(*parts) == pytest.approx(3.0)


def test_a_family_adds_to_the_ratio_what_the_slope_of_its_logarithm_says() -> None:
    """Against the ratio itself, with each row's weight moved a little and the strata held."""
    draw = np.random.default_rng(2)
    happened, ours = draw.random(60) < 0.4, draw.random(60) < 0.5
    strata, families = draw.integers(0, 3, 60), np.arange(60) // 3
    n, m = (np.bincount(strata[part], minlength=3) for part in (ours, ~ours))
    base = counted(happened, ours, strata)

    def log_ratio(row: int, moved: float) -> float:
        x, y = base[0].astype(float), base[2].astype(float)
        rate = (x / n if ours[row] else y / m)[strata[row]]
        (x if ours[row] else y)[strata[row]] += moved * (happened[row] - rate)
        return float(np.log((x * m / (n + m)).sum() / (y * n / (n + m)).sum()))

    slopes = [(log_ratio(row, 1e-6) - log_ratio(row, -1e-6)) / 2e-6 for row in range(60)]
    expected = (np.bincount(families, weights=slopes) ** 2).sum() / np.square(slopes).sum()
    found = effect_of_families(happened, ours, strata, families)
    assert found == pytest.approx(max(1.0, expected), rel=1e-6)


@pytest.mark.parametrize("happened", [[], [True, True], [False, False]])
def test_where_nothing_differs_families_have_no_effect(happened: list[bool]) -> None:
    size = len(happened)
    assert effect_of_families(happened, [True] * size, [0] * size, [1] * size) == 1.0


NOTHING = [
    waited([], []),
    waited([3, 3], [True, True]),
    waited([3, -1], [True, True]),
    waited([3, 4], [False, False]),
]


@pytest.mark.parametrize("waits", NOTHING)
def test_nothing_to_test_has_its_reason_still(waits: Waits) -> None:
    size = len(waits.days)
    found = each_against_others_by_family(waits, np.arange(size), 2, np.zeros(size))
    assert (found.reason != Reason.ANSWERED).all()
    assert np.isnan(found.p).all()
