"""What leaves hides small numbers, and no hidden number can be worked out from what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.analytics.profiles import Profile
from evenhand.publications.hiding import Parts, hidden, hidden_rows

OWN = Profile("own", "Ours", threshold=5, base=5)


@pytest.mark.parametrize(
    ("counts", "hides"),
    [
        ((5, 5), (False, False, False)),
        ((4, 300), (True, True, False)),
        ((300, 4), (True, True, False)),
        ((0, 300), (False, False, False)),
        ((4, 0), (True, False, True)),
        ((1, 1), (True, True, True)),
        ((4, 1), (True, True, False)),
        ((3, 20, 90), (True, True, False, False)),
        ((3, 0, 90), (True, False, True, False)),
        ((0, 0), (False, False, False)),
        ((1, 1, 5), (True, True, True, False)),
    ],
)
def test_what_is_hidden(counts: tuple[int, ...], hides: tuple[bool, ...]) -> None:
    assert hidden(counts, OWN) == hides


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4).map(tuple))
def test_every_hidden_number_could_be_another(counts: tuple[int, ...]) -> None:
    """Whoever sees the rest, and knows the rule, is left with two possibilities at least."""
    mask = hidden(counts, OWN)
    places = [place for place in range(len(counts)) if mask[place]]
    fits = [
        guess
        for guess in _guesses(len(places))
        if mask[-1] or sum(guess) == sum(counts[place] for place in places)
    ]
    for nth in range(len(places)):
        assert len({guess[nth] for guess in fits}) > 1
    assert all(mask[place] for place, count in enumerate(counts) if 0 < count < OWN.threshold)


def _guesses(length: int) -> list[tuple[int, ...]]:
    """Every way to fill the hidden cells with numbers above nought, few of them large."""
    if length == 0:
        return [()]
    rest = _guesses(length - 1)
    return [(first, *others) for others in rest for first in range(1, 13)]


def test_a_row_as_text() -> None:
    rows = hidden_rows([Parts("Visits", (296, 4)), Parts("Reviews", (296, 7))], OWN)
    assert rows[0] == ("Visits", "c", "c", "<5", "300")
    assert rows[1] == ("Reviews", "98%", "295", "5", "305")


def test_a_profile_that_hides_noughts_hides_them_in_company() -> None:
    """A nought alone would follow from the others."""
    strict = OWN._replace(shows_zeros=False)
    assert hidden((0, 300), strict) == (True, True, False)
    assert hidden((0, 0), strict) == (True, True, True)
