"""Counting events by authority, group and period, in counters of one size however many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from evenhand.analytics.arrays import Ints
from evenhand.regional.counts import NUMBERS, REACHED, SCHEMA, UNJUDGED, WAITING
from evenhand.regional.crowds import Codes, Crowd
from evenhand.regional.definitions import Dimension
from evenhand.rules.moments import to_day
from evenhand.rules.periods import BEFORE, YEAR, Spans

PERIODS = (YEAR, BEFORE)
NEVER = -1
HOW = 4  # ways in which an event counts: see counts.UNJUDGED and those after it


class Windows:
    """The days of each period in each authority, to be found for very many events."""

    def __init__(self, names: Sequence[str], spans: Mapping[str, Spans]) -> None:
        self.names, self.spans = names, spans
        self._ends = [[self._end(name, period) for name in names] for period in PERIODS]

    def _end(self, name: str, period: str) -> tuple[int, int]:
        span = self.spans.get(name, {}).get(period)
        return (to_day(span.since), to_day(span.until)) if span else (1, 0)

    def of(self, authority: Codes, days: Codes) -> Ints:
        """Return the place of each day's period in ``PERIODS``; ``NEVER`` where it is in none."""
        found = np.full(len(days), NEVER, np.int64)
        for place, ends in enumerate(self._ends):
            since, until = np.array(ends, np.int64).reshape(-1, 2).T
            found[(days >= since[authority]) & (days <= until[authority])] = place
        return found


class Counted(NamedTuple):
    """One measure that a tally counts: its kind, its name and its periods."""

    kind: str
    name: str
    spans: Mapping[str, Spans]


class Tally:
    """Counts of measures in a crowd: ``add`` events in as many batches as there are, then ``rows``.

    Memory grows with the events that are judged by eight bytes each: to tell a child met again.
    """

    def __init__(self, crowd: Crowd, names: Sequence[str], measures: Sequence[Counted]) -> None:
        self.crowd, self.names, self.measures = crowd, names, measures
        self._wheres = len(measures) * len(names) * len(PERIODS)
        self._bins = [np.zeros(self._wheres * size * HOW, np.int64) for size in crowd.sizes]
        self._judged: list[Ints] = []

    def add(self, measure: Codes | int, authority: Codes, places: Ints, period: Ints,
            how: Codes) -> None:  # fmt: skip
        """Count events of a measure, or of one each, that fall in a period."""
        if not len(places):
            return
        where = (measure * len(self.names) + authority) * len(PERIODS) + period
        for number, groups in enumerate(self.crowd.groups):
            index = (where * self.crowd.sizes[number] + groups[places]) * HOW + how
            self._bins[number] += np.bincount(index, minlength=len(self._bins[number]))
        judged = how != UNJUDGED
        slot = measure * len(PERIODS) + period
        packed = (slot * self.crowd.room + places) * HOW + how
        self._judged.append(packed[judged])

    def rows(self, dimensions: Sequence[Dimension]) -> pl.DataFrame:
        """Return what was counted, a row a group that anybody was of."""
        again = self._again()
        parts = [
            self._of_dimension(way, self._bins[number], self._extra(number, *again))
            for number, way in enumerate(dimensions)
        ]
        return pl.concat([pl.DataFrame(schema=SCHEMA), *parts])

    def _again(self) -> tuple[Ints, Ints, Ints]:
        """Children met again in one measure and period: where, how often, how many went on."""
        packed = np.sort(np.concatenate([np.zeros(0, np.int64), *self._judged]))
        self._judged.clear()
        who = packed // HOW
        starts = np.flatnonzero(np.diff(who, prepend=-1))
        times = np.diff(np.append(starts, len(who)))
        went_on = (
            np.add.reduceat((packed % HOW >= REACHED).astype(np.int64), starts)
            if len(starts)
            else times
        )
        more = times > 1
        return who[starts[more]], times[more], went_on[more]

    def _extra(self, number: int, who: Ints, times: Ints, went_on: Ints) -> list[Ints]:
        """What children met again add to each sum, beyond what each event adds by itself."""
        slot, places = np.divmod(who, self.crowd.room)
        measure, period = np.divmod(slot, len(PERIODS))
        authority = self.crowd.authority_of(places)
        where = (measure * len(self.names) + authority) * len(PERIODS) + period
        size = self.crowd.sizes[number]
        index = where * size + self.crowd.groups[number][places]
        sums = (times * times - times, went_on * went_on - went_on, went_on * times - went_on)
        room = self._wheres * size
        return [np.bincount(index, weights=each, minlength=room).astype(np.int64) for each in sums]

    def _of_dimension(self, way: Dimension, bins: Ints, extra: list[Ints]) -> pl.DataFrame:
        how = bins.reshape(-1, HOW)
        held = np.flatnonzero(how.any(axis=1))
        reached = how[:, REACHED:].sum(axis=1)
        of = how[:, 1:].sum(axis=1)
        sums = (of + extra[0], reached + extra[1], reached + extra[2])
        numbers = (of, reached, how[:, WAITING], how[:, UNJUDGED], *sums)
        told = {name: each[held] for name, each in zip(NUMBERS, numbers, strict=True)}
        return pl.DataFrame({**self._keys(way, held), **told}, schema=SCHEMA)

    def _keys(self, way: Dimension, held: Ints) -> dict[str, list[object]]:
        where, group = np.divmod(held, 2 * len(way.groups))
        above, period = np.divmod(where, len(PERIODS))
        measure, authority = np.divmod(above, len(self.names))
        found: dict[str, list[object]] = {name: [] for name in SCHEMA if name not in NUMBERS}
        for one, name, when, which in zip(
            measure.tolist(), authority.tolist(), period.tolist(), group.tolist(), strict=True
        ):
            counted, of = self.measures[one], self.names[name]
            span = counted.spans[of][PERIODS[when]]
            row = (
                of, counted.kind, counted.name, way.id, way.groups[which // 2], PERIODS[when],
                bool(which % 2), span.since, span.until,
            )  # fmt: skip
            for column, value in zip(found.values(), row, strict=True):
                column.append(value)
        return found
