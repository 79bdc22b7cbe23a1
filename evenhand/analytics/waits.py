"""How long each waited, and for how many days of each group's waits we can see."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics.arrays import Column, Floats, Ints, Mask, floats, ints
from evenhand.analytics.reasons import Reason, Reasons


class Waits(NamedTuple):
    """A wait a place: whole `days` seen, whether `done` then, and why one is not to be counted.

    One that is not done was still waiting on the last day seen, and may wait longer: it counts for
    as long as it was seen. Where `reason` is not `ANSWERED` it is in no curve, only *left out*.
    """

    days: Ints
    done: Mask
    reason: Reasons


class LifeTable(NamedTuple):
    """Who was waiting and who was done on each day, a row a group; the last row is *not known*.

    `days`: each number of days after which anyone was done or last seen, ascending. `at_risk`: how
    many had not been done before that day and were seen on it; `done`: how many were done on it.
    `people`: whose wait counts; `left_out`: whose does not, for its dates contradict each other.
    """

    days: Ints
    at_risk: Ints
    done: Ints
    people: Ints
    left_out: Ints

    @property
    def longest(self) -> Ints:
        """The longest wait seen in each group, done or not, in days; -1 where there is no one."""
        seen = self.at_risk > 0
        last = len(self.days) - 1 - np.argmax(seen[:, ::-1], axis=1) if len(self.days) else 0
        return ints(np.where(self.people > 0, np.append(self.days, 0)[last], -1))


def between(
    began: ArrayLike, ended: ArrayLike, until: object, left: ArrayLike | None = None
) -> Waits:
    """The waits from the day each began to the day it ended, as seen up to the day `until`.

    Days are datetime64 or numbers of days; NaT or nan where none is recorded. One that has not
    ended by `until`, or that `left` the queue otherwise before, was seen waiting until then.
    """
    start, end = _days(began), _days(ended)
    seen = np.broadcast_to(_days(until), start.shape)
    if left is not None:
        seen = np.fmin(seen, _days(left))
    done = end <= seen
    length = np.where(done, end, seen) - start
    reason = np.where(length < 0, Reason.BACKWARDS, Reason.ANSWERED)
    reason = np.where(end < start, Reason.BACKWARDS, reason)
    reason = np.where(start > _days(until), Reason.NOT_YET, reason)
    return _waits(length, done, np.where(np.isnan(length), Reason.NOT_DATED, reason))


def waited(days: ArrayLike, done: ArrayLike) -> Waits:
    """The waits of whole `days`, each `done` or still waiting; nan where it is not known."""
    length, ready = np.broadcast_arrays(floats(days), np.asarray(done, bool))
    reason = np.where(length < 0, Reason.BACKWARDS, Reason.ANSWERED)
    return _waits(length, ready, np.where(np.isfinite(length), reason, Reason.NOT_DATED))


def life_table(waits: Waits, groups: ArrayLike, size: int) -> LifeTable:
    """Count the waits of each group, numbered from 0 to `size` less 1; any other is *not known*."""
    group = ints(groups)
    group = np.where((group < 0) | (group >= size), size, group)
    usable = waits.reason == Reason.ANSWERED
    kept, of, done = waits.days[usable], group[usable], waits.done[usable]
    any_day = np.bincount(kept) > 0
    days = ints(np.flatnonzero(any_day))
    place = of * len(days) + (np.cumsum(any_day) - 1)[kept]
    seen = _counted(place, (size + 1, len(days)))
    ready = _counted(place[done], (size + 1, len(days)))
    at_risk = np.cumsum(seen[:, ::-1], axis=1)[:, ::-1]
    left_out = np.bincount(group[~usable], minlength=size + 1)
    return LifeTable(days, at_risk, ready, seen.sum(axis=1), ints(left_out))


def _counted(place: Ints, shape: tuple[int, int]) -> Ints:
    return ints(np.bincount(place, minlength=shape[0] * shape[1])).reshape(shape)


def _waits(length: Floats, done: Mask, reason: Column) -> Waits:
    """The waits as whole days, nought where one does not count."""
    why = reason.astype(np.int8)
    counts = why == Reason.ANSWERED
    return Waits(ints(np.where(counts, length, 0)), done & counts, why)


def _days(values: object) -> Floats:
    """Days as numbers: datetime64 and dates as days since 1970, nan where there is none."""
    given = np.asarray(values)
    if given.dtype.kind == "O":
        given = given.astype("datetime64[D]")
    if given.dtype.kind == "M":
        whole = given.astype("datetime64[D]")
        return np.where(np.isnat(whole), np.nan, whole.astype(np.int64))
    return floats(given)
