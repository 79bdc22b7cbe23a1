"""Drawing by chance: the same list for everybody, fair to each, and as sure as is said."""

from __future__ import annotations

import random
from collections import Counter
from math import ceil

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats
from statsmodels.stats.proportion import samplesize_confint_proportion

from evenhand.rules import sampling

KEYS = [f"file-{number}" for number in range(200)]
PARTS = {"North": KEYS[:120], "South": KEYS[120:190], "Isle": KEYS[190:]}
WEIGHTS = {key: 1 + number % 4 for number, key in enumerate(KEYS)}
GOLDEN = ["file-52", "file-187", "file-74"]
keys = some.sets(some.text(max_size=8), max_size=60)


def named(drawn: list[sampling.Drawn]) -> list[str]:
    return [one.key for one in drawn]


def test_a_list_is_the_same_by_another_engine() -> None:
    """DuckDB hashes and sorts on its own: the same keys in the same order."""
    rows = duckdb.sql(
        "SELECT key FROM (SELECT unnest($keys) AS key)"
        " ORDER BY substr(sha256('autumn:' || key), 1, 16), key LIMIT 12",
        params={"keys": KEYS},
    ).fetchall()
    assert named(sampling.draw(KEYS, 12, "autumn")) == [row[0] for row in rows]


def test_a_list_that_was_once_drawn_stays_so() -> None:
    """A change of the method would change lists that were published: it must not go unseen."""
    assert named(sampling.draw(KEYS, 3, "autumn")) == GOLDEN
    assert sampling.digest_of(["b", "a"]) == sampling.digest_of(["a", "b"])
    assert sampling.digest_of(["a", "b"]).startswith("7e18f737311b2dc3b2f269dd78396b03")


@given(keys, some.integers(0, 70), some.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    found: set[str], size: int, shuffled: random.Random
) -> None:
    one, other = sorted(found), sorted(found)
    shuffled.shuffle(other)
    assert sampling.draw(one, size, "s") == sampling.draw(other, size, "s")
    weigh = {key: 1 + len(key) for key in one}
    again = {key: weigh[key] for key in other}
    assert sampling.draw_weighted(weigh, size, "s") == sampling.draw_weighted(again, size, "s")
    parts = {"a": one[::2], "b": one[1::2]}
    turned = {"b": parts["b"][::-1], "a": parts["a"][::-1]}
    assert sampling.draw_stratified(parts, size, "s") == sampling.draw_stratified(turned, size, "s")


def test_every_file_is_as_likely_as_another() -> None:
    """A chi-square over two thousand seeds; the seeds are fixed, and so is the result."""
    counted = Counter(
        key for seed in range(2000) for key in named(sampling.draw(KEYS[:40], 5, str(seed)))
    )
    assert stats.chisquare([counted[key] for key in KEYS[:40]]).pvalue > 0.01


def test_what_weighs_more_is_drawn_so_much_more() -> None:
    """The first drawn falls to each weight in proportion: its tickets are as good as any."""
    weights = {"a": 1, "b": 2, "c": 3, "d": 4}
    counted = Counter(sampling.draw_weighted(weights, 1, str(seed))[0].key for seed in range(4000))
    assert stats.chisquare([counted[k] for k in "abcd"], [400, 800, 1200, 1600]).pvalue > 0.01


def test_a_weight_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        sampling.draw_weighted({"a": 0}, 1, "s")


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(sampling.DrawnTwice):
        sampling.draw(["a", "a", "b"], 2, "s")


def test_fewer_than_asked_are_all_drawn() -> None:
    assert sorted(named(sampling.draw(KEYS[:3], 6, "s"))) == KEYS[:3]
    assert sampling.draw([], 6, "s") == []
    assert len(sampling.draw_stratified(PARTS, 500, "s")) == len(KEYS)


def test_shares_go_by_the_largest_remainder() -> None:
    assert sampling.shares({"a": 120, "b": 70, "c": 10}, 10) == {"a": 6, "b": 4, "c": 0}
    assert sampling.shares({"a": 5, "b": 5}, 3) == {"a": 2, "b": 1}


def test_a_small_group_has_its_floor() -> None:
    due = sampling.shares({"a": 120, "b": 70, "c": 10}, 10, least=1)
    assert due == {"c": 1, "a": 6, "b": 3}
    assert sampling.shares({"a": 9, "b": 1, "c": 1}, 2, least=1) == {"a": 2, "b": 0, "c": 0}
    assert sampling.shares({"a": 50, "b": 1}, 6, least=2) == {"b": 1, "a": 5}


@given(some.dictionaries(some.text(max_size=3), some.integers(0, 50), max_size=8),
       some.integers(0, 120), some.integers(0, 3))  # fmt: skip
def test_shares_add_up_and_hold_their_floor(counts: dict[str, int], size: int, least: int) -> None:
    due = sampling.shares(counts, size, least=least)
    whole = sum(counts.values())
    assert sum(due.values()) == min(size, whole)
    assert all(0 <= due[part] <= of for part, of in counts.items())
    floors = {part: min(least, of) for part, of in counts.items()}
    if sum(floors.values()) <= size:
        assert all(due[part] >= floors[part] for part in counts)
    if not least and whole:
        quotas = {part: min(size, whole) * of / whole for part, of in counts.items()}
        assert all(abs(due[part] - quota) < 1 for part, quota in quotas.items())


def test_columns_draw_what_single_cases_draw() -> None:
    """The engine for millions draws the same as the slow and obvious one."""
    due = sampling.shares({part: len(of) for part, of in PARTS.items()}, 25, least=1)
    parts = np.array([number for number, of in enumerate(PARTS.values()) for _ in of])
    places = sampling.drawn_places(
        sampling.ranks_of(KEYS, "s"), parts, [due[part] for part in PARTS]
    )
    assert [KEYS[place] for place in places] == named(
        sampling.draw_stratified(PARTS, 25, "s", least=1)
    )


@pytest.mark.parametrize("margin", [0.03, 0.05, 0.1, 0.25])
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_advice_on_size_agrees_with_statsmodels(margin: float, confidence: float) -> None:
    """For a population without end; with an end it is Cochran's n / (1 + (n - 1) / N)."""
    endless = samplesize_confint_proportion(0.5, margin, 1 - confidence)
    assert sampling.size_for(10**12, margin, confidence) == ceil(endless)
    for of in (30, 400, 5000):
        corrected = endless / (1 + (endless - 1) / of)
        assert sampling.size_for(of, margin, confidence) == ceil(corrected)


def test_the_margin_is_that_of_the_normal_and_the_finite_population() -> None:
    deviation = stats.norm.ppf(0.975) * np.sqrt(0.25 / 40 * (300 - 40) / (300 - 1))
    assert sampling.margin_of(40, 300, 0.95) == pytest.approx(deviation)
    assert sampling.margin_of(300, 300, 0.95) == 0
    assert sampling.margin_of(0, 300, 0.95) == 1


@given(some.integers(2, 3000), some.integers(2, 40))
def test_the_size_that_is_advised_is_enough_and_not_more(of: int, per_cent: int) -> None:
    margin = per_cent / 100
    size = sampling.size_for(of, margin, 0.95)
    assert sampling.margin_of(size, of, 0.95) <= margin + 1e-6
    assert size == 1 or sampling.margin_of(size - 1, of, 0.95) > margin - 1e-6


def test_the_normal_margin_covers_what_it_says() -> None:
    """Of two thousand draws of 60 from 300, about 95 in a hundred lie within the margin."""
    met = {key for key in KEYS if int(key.split("-")[1]) % 2}
    margin = sampling.margin_of(60, len(KEYS), 0.95)
    within = sum(
        abs(len(met & set(named(sampling.draw(KEYS, 60, str(seed))))) / 60 - 0.5) <= margin
        for seed in range(400)
    )
    assert 0.91 <= within / 400 <= 0.985
