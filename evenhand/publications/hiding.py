"""Small numbers hidden from rows of parts and their sum, so that none can be worked out.

Each row stands alone: the columns of these tables are not added up anywhere, because their rows
count different things. Tables whose columns are added up go through ``analytics.suppression``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evenhand.analytics.suppression import rounded
from evenhand.design.wording import number, percent
from evenhand.equality.comparison import Rules

HIDDEN = "c"


class Parts(NamedTuple):
    """One row: what it is of, and how many there are of each part."""

    label: str
    counts: tuple[int, ...]


def hidden_rows(parts: Iterable[Parts], rules: Rules) -> tuple[tuple[str, ...], ...]:
    """Return each row as text: its label, its first part of all in per cent, its parts, and all.

    A share is hidden with either of the counts that it is made of.
    """
    return tuple(_row(one, rules) for one in parts)


def _row(one: Parts, rules: Rules) -> tuple[str, ...]:
    whole = sum(one.counts)
    mask = hidden(one.counts, rules.suppress_below)
    cells = [
        _cell(count, is_hidden, rules)
        for count, is_hidden in zip((*one.counts, whole), mask, strict=True)
    ]
    share = HIDDEN if mask[0] or mask[-1] else percent(one.counts[0], whole)
    return (one.label, share, *cells)


def hidden(counts: tuple[int, ...], below: int) -> tuple[bool, ...]:
    """Return which of the parts, and last whether their sum, must be hidden.

    Parts from 1 to ``below`` less 1 are. Where they could be worked out (one alone, or several
    that are all 1, for a hidden part is known to be no nought), the smallest other part that is
    not nought is hidden with them, or the sum where there is none. So is a sum that small.
    """
    whole = sum(counts)
    small = {place for place, count in enumerate(counts) if 0 < count < below}
    others = sorted((count, place) for place, count in enumerate(counts) if count >= below)
    while _are_known(small, counts) and others:
        small.add(others.pop(0)[1])
    hides_whole = 0 < whole < below or _are_known(small, counts)
    return (*(place in small for place in range(len(counts))), hides_whole)


def _are_known(places: set[int], counts: tuple[int, ...]) -> bool:
    """Whether parts follow from their sum: one alone, or as many as there is to share out."""
    together = sum(counts[place] for place in places)
    return bool(places) and (len(places) == 1 or together == len(places))


def _cell(count: int, is_hidden: bool, rules: Rules) -> str:
    if not is_hidden:
        return number(int(rounded([count], rules.round_to)[0]))
    return f"<{rules.suppress_below}" if 0 < count < rules.suppress_below else HIDDEN
