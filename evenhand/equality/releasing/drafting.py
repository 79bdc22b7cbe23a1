"""A comparison as a draft of what leaves: its counts, and what its own table must hide. Pure."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from evenhand.analytics.profiles import Profile, dominated
from evenhand.equality.comparison import Comparison, Count
from evenhand.equality.dimensions import UNKNOWN, Dimension
from evenhand.equality.hiding import hiding_of
from evenhand.equality.releasing.protecting import Counts, Draft


def draft_of(one: Comparison, profile: Profile, *, ref: str, after: str = "") -> Draft:
    """Return the draft of a comparison's true counts, hidden as its own table needs.

    ``after`` is the step whose reached are counted, where that is so. Where noughts are hidden,
    every group of the dimension has a row, so that none is missing for having nobody.
    """
    counts = {row.group: row.count for row in one.rows}
    if not profile.shows_zeros:
        counts = {group: counts.get(group, Count()) for group in _all_groups(one.dimension, counts)}
    hidden, total_hidden = _hidden(counts, one.dimension, profile)
    return Draft(
        ref=ref,
        measure=f"{one.tallied.kind} {one.tallied.measure}",
        after=after,
        root=one.dimension.within or one.dimension.id,
        dimension=one.dimension.id,
        groups={group: _parent(one.dimension, group) for group in
                _all_groups(one.dimension, counts)},
        since=one.tallied.span.since,
        until=one.tallied.span.until,
        counts={group: Counts(count.of, count.reached) for group, count in counts.items()},
        hidden=frozenset(hidden),
        total_hidden=total_hidden,
    )  # fmt: skip


def _all_groups(dimension: Dimension, counts: Mapping[str, Count]) -> list[str]:
    return list(dict.fromkeys([*dimension.labels, *UNKNOWN, *counts]))


def _parent(dimension: Dimension, group: str) -> str:
    return dimension.parent_of(group) if dimension.within else group


def _hidden(
    counts: Mapping[str, Count], dimension: Dimension, profile: Profile
) -> tuple[set[str], bool]:
    """Return the groups to hide, and whether the total is: nobody there is nothing to hide."""
    least = 1 if profile.shows_zeros else 0
    whole = Count()
    for count in counts.values():
        whole = whole.plus(count)
    small = {group for group, count in counts.items() if _is_small(count, profile)}
    total = _is_small(whole, profile)
    if profile.hides_company:
        found = hiding_of(counts, dimension, profile.threshold, least=least)
        rows = {group for group, cells in found.rows.items() if cells.hides}
        small = {group for group in rows if counts[group].of or not least}
        total = found.total
    of_few = {group for group, count in counts.items() if _is_of_few(count, profile)}
    return small | of_few, total or _is_of_few(whole, profile)


def _is_small(count: Count, profile: Profile) -> bool:
    return bool(profile.small(np.array(_parts(count))).any())


def _is_of_few(count: Count, profile: Profile) -> bool:
    """Whether a family or a few could be most of those counted, who reached, or who did not."""
    both = 2 * count.reached_by_of
    without = count.of_squared + count.reached_squared - both
    squares = (count.of_squared, count.reached_squared, without)
    return bool(dominated(_parts(count), squares, profile).any())


def _parts(count: Count) -> tuple[int, int, int]:
    return count.of, count.reached, count.of - count.reached
