"""Each two ways to tell groups apart at once, of one measure: counted together, and read again.

Pure. Only the cells that anybody is in are kept, unaccompanied children apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from evenhand.analytics.arrays import Ints
from evenhand.equality.crossing import Crossed, table_of
from evenhand.equality.pathway import Dimension
from evenhand.facts.holding import Integers
from evenhand.rules.table import Mask

NAMES = ("cells", "of", "reached")
AT_ONCE = 4096  # events of a block: memory stays flat
Pairs = Sequence[tuple[str, str]]
Groups = Mapping[str, Sequence[str]]


class Layout(NamedTuple):
    """The groups of each way by its id, the pairs of ways that are crossed, and where each starts.

    A cell is ``(row * columns + column) * 2``, and one more for the unaccompanied.
    """

    groups: Groups
    pairs: Pairs
    starts: Integers

    @classmethod
    def of(cls, groups: Groups, pairs: Pairs) -> Layout:
        """Lay the pairs out one after another."""
        sizes = [2 * len(groups[one]) * len(groups[other]) for one, other in pairs]
        return cls(groups, pairs, np.cumsum([0, *sizes]))


def pairs_of(ways: Sequence[Dimension], allow_for: Iterable[str]) -> list[tuple[str, str]]:
    """Return which ways are crossed, each pair once: with what a reader may choose beside one
    (``can_cross``), and with what a difference is allowed for."""
    beside = set(allow_for)
    order = {way.id: place for place, way in enumerate(ways)}
    found = {
        tuple(sorted((one.id, other.id), key=order.__getitem__))
        for one in ways
        for other in ways
        if one.id != other.id and (other.id in beside or can_cross(one, other))
    }
    return sorted(found, key=lambda pair: [order[id_] for id_ in pair])  # type: ignore[arg-type]


def can_cross(one: Dimension, other: Dimension) -> bool:
    """Whether a way may be crossed with another: whose groups the pack lists, and not its own."""
    return bool(other.labels) and not other.within and other.id not in {one.id, one.within}


def count(
    layout: Layout, places: Mapping[str, Integers], alone: Integers, reached: Mask
) -> dict[str, list[int]]:
    """Count events by every pair; ``places`` hold by way the place of each event's group."""
    first, second = (np.stack([places[pair[at]] for pair in layout.pairs]) for at in (0, 1))
    wide = np.array([len(layout.groups[other]) for _, other in layout.pairs])[:, None]
    starts, size = layout.starts[:-1, None], int(layout.starts[-1])
    of, went_on = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for start in range(0, len(alone), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        keys = starts + (first[:, part] * wide + second[:, part]) * 2 + alone[part]
        of += np.bincount(keys.ravel(), minlength=size)
        went_on += np.bincount(keys[:, reached[part]].ravel(), minlength=size)
    cells = np.flatnonzero(of)
    columns = (cells, of[cells], went_on[cells])
    return {name: column.tolist() for name, column in zip(NAMES, columns, strict=True)}


def written(layout: Layout, counts: Mapping[str, Any], teams: Sequence[Any]) -> dict[str, Any]:
    """Return a row's body."""
    groups = {way: list(names) for way, names in layout.groups.items()}
    return {"groups": groups, "pairs": list(layout.pairs), "teams": teams, **counts}


class Crossings:
    """What was kept of one measure, of one service or several together."""

    def __init__(self, bodies: Sequence[Mapping[str, Any]], *, without: bool) -> None:
        """Read the bodies of rows that were counted together; ``without`` the unaccompanied."""
        self.without = without
        self.counts = [tuple(np.array(body[name], np.int64) for name in NAMES) for body in bodies]
        self.by_team = [row for body in bodies for row in body["teams"]]
        self.layout = Layout.of(bodies[0]["groups"], list(map(tuple, bodies[0]["pairs"])))

    def of(self, first: Dimension, second: Dimension) -> Crossed | None:
        """Return the counts of two ways at once; None where they were not counted."""
        if (first.id, second.id) in self.layout.pairs:
            of, reached = self._counts((first.id, second.id))
        elif (second.id, first.id) in self.layout.pairs:
            of, reached = (each.T for each in self._counts((second.id, first.id)))
        else:
            return None
        groups = self.layout.groups
        return table_of((first, groups[first.id]), (second, groups[second.id]), of, reached)

    def teams(self) -> dict[int, tuple[int, int]]:
        """Return by team how many were counted, and how many of them went on."""
        found: dict[int, tuple[int, int]] = {}
        for team, alone, of, reached in self.by_team:
            if not (alone and self.without):
                before = found.get(team, (0, 0))
                found[team] = (before[0] + of, before[1] + reached)
        return found

    def _counts(self, pair: tuple[str, str]) -> tuple[Ints, Ints]:
        place = self.layout.pairs.index(pair)
        start, end = (int(each) for each in self.layout.starts[place : place + 2])
        shape = (len(self.layout.groups[pair[0]]), len(self.layout.groups[pair[1]]), 2)
        of, reached = np.zeros((2, end - start), np.int64)
        for cells, counted, went_on in self.counts:
            there = slice(*np.searchsorted(cells, [start, end]))
            of[cells[there] - start] += counted[there]
            reached[cells[there] - start] += went_on[there]
        return self._whom(of.reshape(shape)), self._whom(reached.reshape(shape))

    def _whom(self, counts: Ints) -> Ints:
        whom: Ints = counts[:, :, 0] if self.without else counts.sum(axis=2)
        return whom


def by_team(teams: Integers, alone: Integers, reached: Mask) -> list[list[int]]:
    """Return team, whether unaccompanied, how many, and how many of them went on."""
    keys, places = np.unique(teams * 2 + alone, return_inverse=True)
    of = np.bincount(places, minlength=len(keys))
    went_on = np.bincount(places[reached], minlength=len(keys))
    columns = (*np.divmod(keys, 2), of, went_on)
    return [list(row) for row in zip(*(each.tolist() for each in columns), strict=True)]
