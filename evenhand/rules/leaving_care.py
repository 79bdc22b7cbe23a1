"""A young person's standing as a care leaver, from what is recorded of their time in care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from evenhand.rules.arithmetic import birthday
from evenhand.rules.states import Horizon, begins_after


class Kind(StrEnum):
    """The four standings of the Children Act 1989, none of them, and what records cannot show."""

    ELIGIBLE = "eligible"
    RELEVANT = "relevant"
    FORMER_RELEVANT = "former relevant"
    QUALIFYING = "qualifying"
    NONE = "none"
    NOT_SHOWN = "not shown"


class Reason(StrEnum):
    """Why a standing is what it is; the room that shows it has the words."""

    BORN_NOT_RECORDED = "born not recorded"
    UNDER_AGE = "under age"
    OVER_AGE = "over age"
    ENOUGH = "enough"
    TOO_FEW = "too few"
    MAY_BE_ENOUGH = "may be enough"
    IN_CARE = "in care"
    LEFT = "left"
    NOT_IN_CARE_AT_AGE = "not in care at age"
    NOT_SEEN_AT_AGE = "not seen at age"
    SHORT_BREAKS = "short breaks"
    START_UNKNOWN = "start unknown"
    DATA_BEGINS = "data begins"
    DUTIES_ENDED = "duties ended"
    EDUCATION_NOT_SHOWN = "education not shown"


class Values(NamedTuple):
    """The values in force: ages in years, and the nights in care that make an eligible child."""

    counts_from: int
    eligible_from: int
    child_until: int
    duties_until: int
    support_until: int
    qualifying_until: int
    qualifying_in_education_until: int
    nights: int


class Period(NamedTuple):
    """Time in care: its first day (None: not known) and the day of leaving (None: still there)."""

    started_on: date | None
    ended_on: date | None
    is_short_break: bool = False


@dataclass(frozen=True)
class Status:
    """A standing on a day: the nights that count, since when and until when, and why.

    ``since`` and ``until`` are None where there is no standing, or none that ends.
    """

    kind: Kind
    nights: int
    since: date | None = None
    until: date | None = None
    reasons: tuple[Reason, ...] = ()


def status(
    periods: Iterable[Period],
    born_on: date | None,
    on: date,
    values: Values,
    held: Horizon | None,
) -> Status:
    """Return how a young person stands as a care leaver on a day, by what is recorded.

    Nights are counted from the birthday ``counts_from`` until ``on`` or ``child_until``, over all
    periods, each night once; the day of leaving is not counted, and short breaks are not. Somebody
    who leaves on the birthday ``eligible_from`` was in care at that age. ``held`` is the span that
    the records hold completely; None: no source says. What lies before it, or in a period whose
    start is not known, may be enough to change the answer: then it is not shown, and never "none".
    From ``duties_until`` a former relevant child remains one, with support until
    ``support_until``. Source: Children Act 1989, Schedule 2 paragraph 19B, sections 23A, 23C,
    23CZB and 24; Care Planning, Placement and Case Review (England) Regulations 2010, reg. 40.
    """
    if born_on is None:
        return Status(Kind.NOT_SHOWN, 0, reasons=(Reason.BORN_NOT_RECORDED,))
    return _Story(list(periods), born_on, on, values, held).status()


def parted(period: Period, breaks: Iterable[tuple[date | None, date | None]]) -> Iterator[Period]:
    """Yield a period as time in care and short breaks, in order.

    A break that has no first day begins with the period; one that has no last day ends with it.
    """
    start = period.started_on
    for first, last in sorted(breaks, key=lambda one: one[0] or date.min):
        if first is not None and (start is None or first > start):
            yield Period(start, first)
            start = first
        yield Period(start, last or period.ended_on, is_short_break=True)
        if last is None or last == period.ended_on:
            return
        start = last
    yield Period(start, period.ended_on)


class _Story:
    """One young person's time in care, seen from one day."""

    def __init__(
        self, periods: Sequence[Period], born: date, on: date, values: Values, seen: Horizon | None
    ) -> None:
        self.on, self.values, self.seen = on, values, seen
        self.counts_from = birthday(born, values.counts_from)
        self.at_age = birthday(born, values.eligible_from)
        self.adult = birthday(born, values.child_until)
        self.born = born
        self.last = min(on, self.adult)
        begun = [one for one in periods if _is_whole(one) and self._has_begun(one)]
        self.breaks = [one for one in begun if one.is_short_break]
        self.care = [one for one in begun if not one.is_short_break]
        self.known = _joined(self._known())
        self.nights = sum((end - start).days for start, end in self.known)

    def status(self) -> Status:
        """The standing: too young or too old first, then in care or out of it."""
        if self.on < self.at_age:
            return self._found(Kind.NONE, Reason.UNDER_AGE)
        if self.on >= birthday(self.born, self.values.support_until):
            return self._found(Kind.NONE, Reason.OVER_AGE)
        at_age = [one for one in self.care if one.ended_on is None or one.ended_on >= self.at_age]
        if not at_age:
            return self._never_in_care_at_age()
        return self._as_adult(at_age) if self.on >= self.adult else self._as_child(at_age)

    def _as_child(self, at_age: Sequence[Period]) -> Status:
        now = [one for one in at_age if self._is_in_care(one)]
        if now:
            return self._in_care(now)
        left_on = max(one.ended_on for one in at_age if one.ended_on is not None)
        if self.nights >= self.values.nights:
            reasons = (Reason.ENOUGH, Reason.LEFT)
            return self._found(Kind.RELEVANT, *reasons, since=left_on, until=self.adult)
        return self._too_few_and_left(left_on)

    def _in_care(self, now: Sequence[Period]) -> Status:
        if self.nights >= self.values.nights:
            started = min(one.started_on or self.at_age for one in now)
            since = max(self.at_age, started, self._reached_on())
            reasons = (Reason.ENOUGH, Reason.IN_CARE)
            return self._found(Kind.ELIGIBLE, *reasons, since=since, until=self.adult)
        if self._may_be_enough():
            return self._found(Kind.NOT_SHOWN, Reason.MAY_BE_ENOUGH, *self._unseen())
        return self._found(Kind.NONE, Reason.TOO_FEW, Reason.IN_CARE)

    def _as_adult(self, at_age: Sequence[Period]) -> Status:
        if self.nights < self.values.nights:
            left_on = max(min(one.ended_on or self.adult, self.adult) for one in at_age)
            return self._too_few_and_left(left_on)
        until = birthday(self.born, self.values.duties_until)
        reasons: tuple[Reason, ...] = (Reason.ENOUGH,)
        if self.on >= until:
            reasons = (Reason.ENOUGH, Reason.DUTIES_ENDED)
            until = birthday(self.born, self.values.support_until)
        return self._found(Kind.FORMER_RELEVANT, *reasons, since=self.adult, until=until)

    def _too_few_and_left(self, left_on: date) -> Status:
        if self._may_be_enough():
            return self._found(Kind.NOT_SHOWN, Reason.MAY_BE_ENOUGH, *self._unseen())
        until = birthday(self.born, self.values.qualifying_until)
        if self.on < until:
            reasons = (Reason.TOO_FEW, Reason.LEFT)
            return self._found(Kind.QUALIFYING, *reasons, since=left_on, until=until)
        if self.on < birthday(self.born, self.values.qualifying_in_education_until):
            return self._found(Kind.NOT_SHOWN, Reason.TOO_FEW, Reason.EDUCATION_NOT_SHOWN)
        return self._found(Kind.NONE, Reason.OVER_AGE)

    def _never_in_care_at_age(self) -> Status:
        if any(one.ended_on is None or one.ended_on >= self.at_age for one in self.breaks):
            return self._found(Kind.NOT_SHOWN, Reason.SHORT_BREAKS)
        if self.seen is None or not _holds(self.seen, self.at_age):
            return self._found(Kind.NOT_SHOWN, Reason.NOT_SEEN_AT_AGE)
        return self._found(Kind.NONE, Reason.NOT_IN_CARE_AT_AGE)

    def _found(
        self, kind: Kind, *reasons: Reason, since: date | None = None, until: date | None = None
    ) -> Status:
        told = (*reasons, Reason.SHORT_BREAKS) if self.breaks else reasons
        return Status(kind, self.nights, since, until, tuple(dict.fromkeys(told)))

    def _has_begun(self, one: Period) -> bool:
        return one.started_on is None or (one.started_on <= self.on and one.started_on < self.adult)

    def _is_in_care(self, one: Period) -> bool:
        return one.ended_on is None or one.ended_on > self.on

    def _known(self) -> Iterator[tuple[date, date]]:
        for one in self.care:
            if one.started_on is not None:
                yield self._clipped(one.started_on, one.ended_on)

    def _clipped(self, start: date, end: date | None) -> tuple[date, date]:
        return max(start, self.counts_from), min(end or self.last, self.last)

    def _may_be_enough(self) -> bool:
        """Whether nights that the records do not show could make up what is missing."""
        possible = [*self.known, *self._not_shown()]
        return sum((end - start).days for start, end in _joined(possible)) >= self.values.nights

    def _not_shown(self) -> Iterator[tuple[date, date]]:
        for one in self.care:
            if one.started_on is None:
                yield self._clipped(self.counts_from, one.ended_on)
        if self.seen is None:
            yield self.counts_from, self.last
        elif self.seen.complete_from is not None:
            yield self._clipped(self.counts_from, self.seen.complete_from)

    def _unseen(self) -> Iterator[Reason]:
        if any(one.started_on is None for one in self.care):
            yield Reason.START_UNKNOWN
        if self.seen is None or begins_after(self.seen, self.counts_from):
            yield Reason.DATA_BEGINS

    def _reached_on(self) -> date:
        """The first day on which the nights counted before it are enough."""
        missing = self.values.nights
        for start, end in self.known:
            if (end - start).days >= missing:
                return start + timedelta(days=missing)
            missing -= (end - start).days
        raise ValueError("there are too few nights")


def _holds(seen: Horizon, day: date) -> bool:
    ends = seen.complete_to is not None and seen.complete_to < day
    return not ends and not begins_after(seen, day)


def _is_whole(one: Period) -> bool:
    return one.started_on is None or one.ended_on is None or one.started_on <= one.ended_on


def _joined(stretches: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Stretches in order, none of which overlaps another; empty ones are left out."""
    joined: list[tuple[date, date]] = []
    for start, end in sorted(one for one in stretches if one[0] < one[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined
