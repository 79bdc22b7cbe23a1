"""Released tables as one system of counts: what they share, and what each of them tells. Pure.

The unknowns are counts of one measure, of one finest group, of one stretch of days, of those who
reached the next stage or did not. Stretches end wherever any table begins or ends, so that years
which overlap share what they have in common. Groups of one dimension come to the same as groups of
another; finer groups to the coarser; and who reached one step is who is counted at the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from evenhand.analytics.linked import Sum, Told
from evenhand.analytics.profiles import Bounds

REACHED, WITHOUT, OF = "reached", "without", "of"
PARTS: Mapping[str, tuple[str, ...]] = {
    REACHED: (REACHED,), WITHOUT: (WITHOUT,), OF: (REACHED, WITHOUT),
}  # fmt: skip
NO_END = float("inf")


class Shown(NamedTuple):
    """What a reader knows of one row: how many were counted, and how many of them reached."""

    of: Bounds
    reached: Bounds


class Table(NamedTuple):
    """One released table: of which measure, by which dimension, of which days, and what it told.

    ``groups`` gives each group of the dimension the group of ``root`` that it is part of. A row is
    None where it was hidden; a group without a row had nobody. ``after`` is the step whose reached
    are counted here. ``shows_zeros``: a hidden row then has somebody. ``most``: how many a hidden
    row that says "<5" has at most.
    """

    ref: str
    measure: str
    after: str
    root: str
    dimension: str
    groups: Mapping[str, str]
    since: date
    until: date
    shows_zeros: bool
    rows: Mapping[str, Shown | None]
    total: Shown | None
    known: frozenset[tuple[str, str]] = frozenset()
    most: Mapping[str, float] = MappingProxyType({})

    @property
    def is_finer(self) -> bool:
        """Whether its groups are parts of another dimension's."""
        return self.root != self.dimension

    @property
    def hidden(self) -> list[str]:
        """Return the groups that were hidden."""
        return [group for group, shown in self.rows.items() if shown is None]

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day that it tells of."""
        return self.since, self.until

    def holds(self, other: Table) -> bool:
        """Whether all the days of another lie within its own."""
        return self.since <= other.since and other.until <= self.until

    def overlaps(self, other: Table) -> bool:
        """Whether both tell of some of the same days, of one measure or of a step and its next."""
        linked = self.measure == other.measure or self._is_beside(other)
        return linked and self.since <= other.until and other.since <= self.until

    def _is_beside(self, other: Table) -> bool:
        follows = {self.measure, self.after} & {other.measure, other.after} - {""}
        return bool(follows)


def linked_with(table: Table, others: Iterable[Table], same_period: int = 0) -> list[Table]:
    """Return those of the others that tell anything of this table, directly or through another.

    Those of nearly its days, within ``same_period``, are taken to be of just its days.
    """
    found, waiting = [], [table]
    left = [_aligned(each, table, timedelta(same_period)) for each in others]
    while waiting:
        one = waiting.pop()
        near = [each for each in left if each.overlaps(one)]
        left = [each for each in left if each not in near]
        found += near
        waiting += near
    return found


def _aligned(one: Table, to: Table, near: timedelta) -> Table:
    is_near = abs(one.since - to.since) <= near and abs(one.until - to.until) <= near
    return one._replace(since=to.since, until=to.until) if is_near else one


class Key(NamedTuple):
    """One unknown."""

    measure: str
    root: str
    leaf: str
    stretch: int
    part: str


class System:
    """All that some tables tell together. ``firm`` are those that no correction contradicts."""

    def __init__(self, tables: Sequence[Table], firm: Iterable[Table]) -> None:
        self._tables = tables
        self._firm = set(map(id, firm))
        self._measures = list(dict.fromkeys(m for t in tables for m in (t.measure, t.after) if m))
        self._roots = list(dict.fromkeys(table.root for table in tables))
        self._leaves = {root: _leaves(root, tables) for root in self._roots}
        self._starts = _starts(tables)
        self._places: dict[Key, int] = {}
        self.told = [*self._same_totals(), *self._steps(), *self._tables_told()]

    @property
    def unknowns(self) -> int:
        """Return how many unknowns there are."""
        return len(self._places)

    def sum_of(self, table: Table, part: str, group: str | None = None) -> Sum:
        """Return the unknowns that make up one cell of a table; ``group`` None: of its total."""
        leaves = self._leaves[table.root]
        if group is not None:
            leaves = self._leaves_of(table, group)
        return self._sum(table.measure, table.root, leaves, self._stretches(table), part)

    def rest_of(self, outer: Table, inner: Table, part: str, group: str | None) -> Sum:
        """Return what makes up a cell on the days of one table that are not days of another."""
        inside = self.sum_of(inner, part, group if inner.root == outer.root else None)
        whole = self.sum_of(outer, part, group)
        return {place: times for place, times in whole.items() if place not in inside}

    def _leaves_of(self, table: Table, group: str) -> Mapping[str, str]:
        leaves = self._leaves[table.root]
        if table.is_finer and group in leaves:
            return {group: leaves[group]}
        return {leaf: parent for leaf, parent in leaves.items() if parent == group}

    def _stretches(self, table: Table) -> list[int]:
        end = table.until + timedelta(1)
        spans = enumerate(pairwise(self._starts))
        return [place for place, (start, stop) in spans if table.since <= start and stop <= end]

    def _sum(
        self, measure: str, root: str, leaves: Iterable[str], stretches: Iterable[int], part: str
    ) -> Sum:
        keys = (
            Key(measure, root, leaf, stretch, each)
            for leaf in leaves for stretch in stretches for each in PARTS[part]
        )  # fmt: skip
        return {self._places.setdefault(key, len(self._places)): 1.0 for key in keys}

    def _same_totals(self) -> Iterator[Told]:
        """Tell that the groups of each dimension come to the same, stretch by stretch."""
        first, *others = self._roots
        for measure in self._measures:
            for stretch in range(len(self._starts) - 1):
                for part in (REACHED, WITHOUT):
                    one = self._sum(measure, first, self._leaves[first], [stretch], part)
                    for root in others:
                        other = self._sum(measure, root, self._leaves[root], [stretch], part)
                        yield _equal(one, other)

    def _steps(self) -> Iterator[Told]:
        """Tell that who reached a step is who is counted at the next, group by group."""
        pairs = {(table.after, table.measure) for table in self._tables if table.after}
        for before, after in sorted(pairs):
            for root in self._roots:
                for leaf in self._leaves[root]:
                    for stretch in range(len(self._starts) - 1):
                        reached = self._sum(before, root, [leaf], [stretch], REACHED)
                        counted = self._sum(after, root, [leaf], [stretch], OF)
                        yield _equal(reached, counted)

    def _tables_told(self) -> Iterator[Told]:
        for table in self._tables:
            firm = id(table) in self._firm
            for group in table.groups:
                if group not in table.rows:
                    yield Told(self.sum_of(table, OF, group), Bounds(0, 0), firm)
                else:
                    yield from self._row_told(table, group, table.rows[group], firm=firm)
            if table.total is not None:
                yield from self._row_told(table, None, table.total, firm=firm)

    def _row_told(
        self, table: Table, group: str | None, shown: Shown | None, *, firm: bool
    ) -> Iterator[Told]:
        if shown is None:
            least = 1 if table.shows_zeros else 0
            most = NO_END if group is None else table.most.get(group, NO_END)
            yield Told(self.sum_of(table, OF, group), Bounds(least, most), firm)
            return
        yield Told(self.sum_of(table, OF, group), shown.of, firm)
        yield Told(self.sum_of(table, REACHED, group), shown.reached, firm)


def _leaves(root: str, tables: Iterable[Table]) -> dict[str, str]:
    """Return the finest groups that any table tells apart, with the coarser group of each."""
    mine = [table for table in tables if table.root == root]
    leaves = {group: up for table in mine if table.is_finer for group, up in table.groups.items()}
    coarse = {group: up for table in mine if not table.is_finer for group, up in
              table.groups.items()}  # fmt: skip
    return leaves | {group: up for group, up in coarse.items() if group not in leaves.values()}


def _starts(tables: Iterable[Table]) -> list[date]:
    """Return the days on which a stretch starts, and last the day after all of them."""
    day = timedelta(1)
    return sorted({table.since for table in tables} | {table.until + day for table in tables})


def _equal(one: Sum, other: Sum) -> Told:
    """Tell that two sums are the same, as far as nothing else says otherwise.

    It need not be quite so: a few may be left out of one dimension, or be too late for the next
    step. A reader would believe it all the same.
    """
    return Told({**one, **dict.fromkeys(other, -1.0)}, Bounds(0, 0), firm=False)
