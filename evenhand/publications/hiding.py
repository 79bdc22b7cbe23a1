"""Small numbers hidden from rows of parts and their sum, so that none can be worked out.

Each row stands alone: the columns of these tables are not added up anywhere, because their rows
count different things. Tables whose columns are added up go through ``analytics.suppression``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evenhand.analytics.profiles import Profile
from evenhand.design.wording import number, percent

HIDDEN = "c"


class Parts(NamedTuple):
    """One row: what it is of, and how many there are of each part."""

    label: str
    counts: tuple[int, ...]


def hidden_rows(parts: Iterable[Parts], profile: Profile) -> tuple[tuple[str, ...], ...]:
    """Return each row as text: its label, its first part of all in per cent, its parts, and all.

    A share is hidden with either of the counts that it is made of.
    """
    return tuple(_row(one, profile) for one in parts)


def _row(one: Parts, profile: Profile) -> tuple[str, ...]:
    whole = sum(one.counts)
    mask = hidden(one.counts, profile)
    cells = [
        _cell(count, is_hidden, profile)
        for count, is_hidden in zip((*one.counts, whole), mask, strict=True)
    ]
    share = HIDDEN if mask[0] or mask[-1] else percent(one.counts[0], whole)
    return (one.label, share, *cells)


def hidden(counts: tuple[int, ...], profile: Profile) -> tuple[bool, ...]:
    """Return which of the parts, and last whether their sum, must be hidden.

    Parts that the profile calls small are. Where they could be worked out (one alone, or several
    that are all the least that a hidden part is known to be), the smallest other part that is not
    nought is hidden with them, or the sum where there is none. So is a sum that small.
    """
    whole, least = sum(counts), 1 if profile.shows_zeros else 0
    is_small = profile.small(counts).tolist()
    small = {place for place, each in enumerate(is_small) if each}
    others = sorted((n, place) for place, n in enumerate(counts) if n and place not in small)
    while _are_known(small, counts, least) and others:
        small.add(others.pop(0)[1])
    hides_whole = bool(profile.small(whole)) or _are_known(small, counts, least)
    return (*(place in small for place in range(len(counts))), hides_whole)


def _are_known(places: set[int], counts: tuple[int, ...], least: int) -> bool:
    """Whether parts follow from their sum: one alone, or no more than the least of each."""
    together = sum(counts[place] for place in places)
    return bool(places) and (len(places) == 1 or together == least * len(places))


def _cell(count: int, is_hidden: bool, profile: Profile) -> str:
    if not is_hidden:
        return number(profile.rounded(count))
    return f"<{profile.threshold}" if profile.small(count) else HIDDEN
