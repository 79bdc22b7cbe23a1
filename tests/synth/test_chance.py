"""Draws repeat, and what is spread evenly is even."""

from __future__ import annotations

from collections import Counter

import pytest

from evenhand.synth.chance import Chance, Even
from evenhand.synth.figures import Bands, Shares, figure


def test_a_stream_is_its_seed_and_name() -> None:
    """Another name or another seed draws otherwise."""
    first, again = Chance(1, "family 7"), Chance(1, "family 7")
    assert [first.roll() for _ in range(20)] == [again.roll() for _ in range(20)]
    assert (
        Chance(1, "family 8").roll() != Chance(1, "family 7").roll() != Chance(2, "family 7").roll()
    )


def test_the_first_draw_is_what_it_always_was() -> None:
    """Python promises this sequence on every machine and in every later version."""
    assert Chance(1, "family 1").roll() == pytest.approx(0.2205507607840782, abs=1e-15)


def test_shares_take_their_part() -> None:
    """The ends belong to the first and the last."""
    shares = Shares({"a": 1, "b": 3})
    drawn = Counter(shares.at(step / 1000) for step in range(1000))
    assert drawn == {"a": 250, "b": 750}


def test_bands_hold_both_ends() -> None:
    """Every number of each band is drawn, and none besides."""
    bands = Bands([[1, 0, 1], [1, 10, 12]])
    drawn = [bands.at((step + 0.5) / 6000) for step in range(6000)]
    assert Counter(drawn) == {0: 1500, 1: 1500, 10: 1000, 11: 1000, 12: 1000}


@pytest.mark.parametrize("rate", [0.1, 0.155, 0.48, 0.75])
def test_even_is_within_one_of_its_rate(rate: float) -> None:
    """For each key apart, however few there are."""
    even = Even()
    for many in range(1, 60):
        fell = sum(even.falls(("team", many), rate) for _ in range(many))
        assert abs(fell - many * rate) <= 1


def test_even_weighs_families() -> None:
    """Children are counted, not families: within half of the largest family."""
    even, fell, met = Even(), 0, 0
    for number in range(300):
        children = 1 + number * 7 % 4
        fell += children * even.falls("team", 0.155, children)
        met += children
        assert abs(fell - met * 0.155) <= 2


def test_a_wrong_path_names_the_key() -> None:
    """So that a figure that is renamed is noticed."""
    with pytest.raises(KeyError, match="lateness"):
        figure("assessment.lateness")
