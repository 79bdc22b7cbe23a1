"""Disclosure control of many tables of groups by had the event or not, all worked at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics.arrays import Ints, Mask, count_by, ints, numbered, sum_by


class Shares(NamedTuple):
    """What must not be published, a value for each group of each set.

    `primary` is where a count is small itself; `events` where the count of events, with its rate
    and ratio, is hidden; `of` where the group's size is; `totals` where the totals of the group's
    whole set are, for there is too little company in it for the rest to hide the small ones.
    """

    primary: Mask
    events: Mask
    of: Mask
    totals: Mask


def suppress_shares(events: ArrayLike, of: ArrayLike, sets: ArrayLike, threshold: int) -> Shares:
    """Hide the small counts among events, people and people without the event, and their company.

    A cell for each group; the cells of one set make one table, whose total of events and of people
    is published. Assumed known: all that is shown, every size, and that a hidden count is at least
    1 (at least 0 where a size is hidden too). `threshold` is the least count that is shown.
    """
    x, n, which = ints(events), ints(of), numbered(sets)
    without = n - x
    pair = (x == 1) & (without == 1) & (threshold > 1)
    small_size = _small(n, threshold) | pair
    size, size_alone = _hide_sizes(small_size, n, which)
    small = _small(x, threshold) | _small(without, threshold) | small_size
    hidden, alone = _hide_events(small | size, x, without, size, which)
    return Shares(small, hidden, size, size_alone | alone | _small_totals(x, n, which, threshold))


def _small(counts: Ints, threshold: int) -> Mask:
    small: Mask = (counts > 0) & (counts < threshold)
    return small


def _small_totals(x: Ints, n: Ints, sets: Ints, threshold: int) -> Mask:
    """Where the set's own total of events, of people or of those without is small."""
    happened, people = sum_by(x, sets), sum_by(n, sets)
    totals = (happened, people, people - happened)
    small: Mask = np.logical_or.reduce([_small(each, threshold) for each in totals])
    return small[sets]


def _hide_sizes(hidden: Mask, n: Ints, sets: Ints) -> tuple[Mask, Mask]:
    """Hide one more size where those hidden in a set are one, or all ones; and where none is left.

    Two hidden that come to more than two can each be more or less than they are.
    """
    alone = count_by(hidden, sets) == 1
    alone |= (count_by(hidden, sets) > 0) & (sum_by(np.where(hidden, n - 1, 0), sets) == 0)
    company = _least(~hidden & (n > 0) & alone[sets], n, sets)
    helped = count_by(company, sets) > 0
    return hidden | company, (alone & ~helped)[sets]


def _hide_events(hidden: Mask, x: Ints, without: Ints, size: Mask, sets: Ints) -> tuple[Mask, Mask]:
    """Hide the events of more groups until each hidden one could be another number.

    One can be more if another can be less. Best company is the smallest group that can be both.
    """
    up = without > np.where(size | (without == 0), 0, 1)
    down = x > np.where(size | (x == 0), 0, 1)
    people = x + without
    dear = np.where(up & down & (x > 0) & (without > 0), 0, int(people.max(initial=0)) + 1)
    while True:
        known = hidden & ~_can_move(hidden & up, hidden & down, sets)
        alone = (count_by(known, sets) > 0)[sets]
        company = _least(~hidden & (people > 0) & alone, people + dear, sets)
        if not company.any():
            return hidden, alone
        hidden = hidden | company


def _can_move(up: Mask, down: Mask, sets: Ints) -> Mask:
    """Where one can go up while another of its set goes down, or the other way about."""
    ups, downs = count_by(up, sets)[sets], count_by(down, sets)[sets]
    can: Mask = (up & (downs - down > 0)) | (down & (ups - up > 0))
    return can


def _least(among: Mask, order: Ints, sets: Ints) -> Mask:
    """The first cell of least `order` in each set, of those `among`."""
    places = np.flatnonzero(among)
    by_order = places[np.lexsort((order[places], sets[places]))]
    _, first = np.unique(sets[by_order], return_index=True)
    chosen = np.zeros(len(among), bool)
    chosen[by_order[first]] = True
    return chosen
