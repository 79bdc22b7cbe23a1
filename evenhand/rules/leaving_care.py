"""A young person's standing as a care leaver, from what is recorded of their time in care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from evenhand.rules.arithmetic import add_months, birthday
from evenhand.rules.care_leavers import (
    Beside,
    Course,
    Home,
    Kind,
    Period,
    Reason,
    Status,
    Stretch,
    Values,
)
from evenhand.rules.care_time import joined, nights, parted
from evenhand.rules.states import Horizon, begins_after

__all__ = [
    "Beside", "Course", "Home", "Kind", "Period", "Reason", "Status", "Stretch", "Values", "parted",
    "status",
]  # fmt: skip

NOTHING_ELSE = Beside()


def status(
    periods: Iterable[Period],
    born_on: date | None,
    on: date,
    values: Values,
    held: Horizon | None,
    beside: Beside = NOTHING_ELSE,
) -> Status:
    """Return how a young person stands as a care leaver on a day, by what is recorded.

    Nights are counted from the birthday ``counts_from`` until ``on`` or ``child_until``, over all
    periods, each night once; the day of leaving is not counted, and short breaks are not. Somebody
    who leaves on the birthday ``eligible_from`` was in care at that age. ``held`` is the span that
    the records hold completely; None: no source says. What lies before it, or in a period whose
    start is not known, may be enough to change the answer: then it is not shown, and never "none".
    ``beside`` is what is told of hospital and detention, of returns home, of being fostered or
    accommodated by others, and of education. From ``duties_until``, or the end of an agreed course,
    a former relevant child remains one, with support until ``support_until``. Source: Children Act
    1989, Schedule 2 paragraph 19B, sections 23A, 23C, 23CZB and 24; Care Planning, Placement and
    Case Review (England) Regulations 2010, reg. 40; Care Leavers (England) Regulations 2010,
    reg. 3.
    """
    if born_on is None:
        return Status(Kind.NOT_SHOWN, 0, reasons=(Reason.BORN_NOT_RECORDED,))
    return _Story(list(periods), born_on, on, values, held, beside).status()


class _Story:
    """One young person's time in care, seen from one day."""

    def __init__(
        self,
        periods: Sequence[Period],
        born: date,
        on: date,
        values: Values,
        seen: Horizon | None,
        beside: Beside,
    ) -> None:
        self.on, self.values, self.seen, self.beside = on, values, seen, beside
        self.counts_from = birthday(born, values.counts_from)
        self.at_age = birthday(born, values.eligible_from)
        self.adult = birthday(born, values.child_until)
        self.duties_until = birthday(born, values.duties_until)
        self.support_until = birthday(born, values.support_until)
        self.born = born
        self.last = min(on, self.adult)
        begun = [one for one in periods if _is_whole(one) and self._has_begun(one)]
        self.breaks = [one for one in begun if one.is_short_break]
        self.care = [one for one in begun if not one.is_short_break]
        self.known = joined(self._known())
        self.nights = nights(self.known)

    def status(self) -> Status:
        """The standing: too young or too old first, then in care or out of it."""
        if self.on < self.at_age:
            return self._found(Kind.NONE, Reason.UNDER_AGE)
        at_age = [one for one in self.care if one.ended_on is None or one.ended_on >= self.at_age]
        if at_age and all(self._is_before_scheme(one) for one in at_age):
            return self._historic(at_age)
        if self.on >= self.support_until and not self._agreed_course():
            return self._found(Kind.NONE, Reason.OVER_AGE)
        if at_age:
            return self._as_adult(at_age) if self.on >= self.adult else self._as_child(at_age)
        if self._was_detained():
            return self._detained()
        return self._fostered_or_accommodated() or self._never_in_care_at_age()

    def _is_before_scheme(self, one: Period) -> bool:
        return one.ended_on is not None and one.ended_on < self.values.scheme_from

    def _historic(self, at_age: Sequence[Period]) -> Status:
        """Who left care before the scheme began: advice and assistance until an age, no more."""
        left_on = max(one.ended_on for one in at_age if one.ended_on is not None)
        until = birthday(self.born, self.values.qualifying_until)
        if self.on < until:
            reasons = (Reason.BEFORE_SCHEME, Reason.LEFT)
            return self._found(Kind.QUALIFYING, *reasons, since=left_on, until=until)
        return self._found(Kind.NONE, Reason.BEFORE_SCHEME, since=left_on, until=until)

    def _as_child(self, at_age: Sequence[Period]) -> Status:
        now = [one for one in at_age if self._is_in_care(one)]
        if now:
            return self._in_care(now)
        left_on = max(one.ended_on for one in at_age if one.ended_on is not None)
        if self.nights >= self.values.nights:
            return self._relevant(left_on, Reason.ENOUGH, Reason.LEFT)
        return self._too_few_and_left(left_on)

    def _relevant(self, since: date, *why: Reason) -> Status:
        """Relevant, unless a return home has lasted; a breakdown makes them relevant again."""
        home = self._last_home(since)
        if home is None:
            return self._found(Kind.RELEVANT, *why, since=since, until=self.adult)
        lapses_on = add_months(home.on, self.values.months_at_home)
        broke = home.broke_down_on
        if broke is not None and broke <= self.on:
            again = since if broke <= lapses_on else broke
            why = (*why, Reason.BROKE_DOWN)
            return self._found(Kind.RELEVANT, *why, since=again, until=self.adult)
        if self.on >= lapses_on:
            return self._advised(lapses_on, Reason.STAYED_HOME)
        until = min(lapses_on, self.adult)
        return self._found(Kind.RELEVANT, *why, Reason.AT_HOME, since=since, until=until)

    def _last_home(self, since: date) -> Home | None:
        begun = [one for one in self.beside.homes if since <= one.on <= self.last]
        return max(begun, key=lambda one: one.on, default=None)

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
        left_on = max(min(one.ended_on or self.adult, self.adult) for one in at_age)
        if self.nights < self.values.nights:
            return self._too_few_and_left(left_on)
        lapsed_on = self._lapsed_before_adult(left_on)
        if lapsed_on is not None:
            return self._advised(lapsed_on, Reason.STAYED_HOME)
        return self._former_relevant(Reason.ENOUGH)

    def _lapsed_before_adult(self, since: date) -> date | None:
        """The day on which a return home had lasted, where it had at 18 and did not break down."""
        home = self._last_home(since)
        if home is None:
            return None
        lapses_on = add_months(home.on, self.values.months_at_home)
        broke = home.broke_down_on is not None and home.broke_down_on < self.adult
        return lapses_on if lapses_on < self.adult and not broke else None

    def _former_relevant(self, *why: Reason) -> Status:
        kind, course = Kind.FORMER_RELEVANT, self._agreed_course()
        if course is not None and course.last is None:
            why = (*why, Reason.PROGRAMME_END_UNKNOWN)
            return self._found(kind, *why, since=self.adult)
        if course is not None and course.last is not None and course.last > self.duties_until:
            why = (*why, Reason.PROGRAMME)
            return self._found(kind, *why, since=self.adult, until=course.last)
        if self.on < self.duties_until:
            return self._found(kind, *why, since=self.adult, until=self.duties_until)
        why = (*why, Reason.DUTIES_ENDED)
        return self._found(kind, *why, since=self.adult, until=self.support_until)

    def _agreed_course(self) -> Course | None:
        """The agreed course that goes on today and longest; one without a last day before all."""
        now = [one for one in self._courses_now() if one.agreed]
        return max(now, key=lambda one: one.last or date.max, default=None)

    def _courses_now(self) -> list[Course]:
        begun = [one for one in self.beside.courses if one.is_one and one.first <= self.on]
        return [one for one in begun if one.last is None or one.last > self.on]

    def _too_few_and_left(self, left_on: date) -> Status:
        if self._may_be_enough():
            return self._found(Kind.NOT_SHOWN, Reason.MAY_BE_ENOUGH, *self._unseen())
        return self._advised(left_on, Reason.TOO_FEW, Reason.LEFT)

    def _advised(self, since: date, *why: Reason) -> Status:
        """Qualifying for advice and assistance, by age and by what is told of education."""
        until = birthday(self.born, self.values.qualifying_until)
        if self.on < until:
            return self._found(Kind.QUALIFYING, *why, since=since, until=until)
        ends = birthday(self.born, self.values.qualifying_in_education_until)
        if self.on >= ends:
            return self._found(Kind.NONE, Reason.OVER_AGE)
        now = self._courses_now()
        if now:
            last = min(ends, max(one.last or ends for one in now))
            why = (*why, Reason.IN_EDUCATION)
            return self._found(Kind.QUALIFYING, *why, since=since, until=last)
        if any(one.first <= self.on for one in self.beside.courses):
            return self._found(Kind.NONE, *why, Reason.NOT_IN_EDUCATION)
        return self._found(Kind.NOT_SHOWN, *why, Reason.EDUCATION_NOT_SHOWN)

    def _was_detained(self) -> bool:
        """Whether they were in hospital or detained on the birthday, and in care just before."""
        return bool(self._begun_detention())

    def _begun_detention(self) -> date | None:
        for one in self.beside.detained:
            if one.first is not None and one.first <= self.at_age <= (one.last or self.at_age):
                first = one.first
                if any(_holds_or_ends(period, first) for period in self.care):
                    return first
        return None

    def _detained(self) -> Status:
        """Relevant from the birthday on, with enough nights before it began."""
        first = self._begun_detention()
        before = [(start, min(end, first)) for start, end in self.known if first is not None]
        self.nights = nights(one for one in before if one[0] < one[1])
        if self.nights < self.values.nights:
            if self._may_be_enough():
                return self._found(Kind.NOT_SHOWN, Reason.MAY_BE_ENOUGH, *self._unseen())
            return self._found(Kind.NONE, Reason.TOO_FEW, Reason.DETAINED)
        if self.on < self.adult:
            return self._relevant(self.at_age, Reason.ENOUGH, Reason.DETAINED)
        lapsed_on = self._lapsed_before_adult(self.at_age)
        if lapsed_on is not None:
            return self._advised(lapsed_on, Reason.STAYED_HOME)
        return self._former_relevant(Reason.ENOUGH, Reason.DETAINED)

    def _fostered_or_accommodated(self) -> Status | None:
        """Who was fostered privately or accommodated by others at the age, and is no longer."""
        counted = [one for one in self.beside.elsewhere if self._counts(one)]
        ended = [min(one.last, self.adult) for one in counted if one.last and one.last <= self.on]
        if ended:
            return self._advised(max(ended), Reason.ELSEWHERE)
        if not counted:
            return None
        if self.on < self.adult:
            return self._found(Kind.NONE, Reason.STILL_ELSEWHERE)
        return self._advised(self.adult, Reason.ELSEWHERE)

    def _counts(self, one: Stretch) -> bool:
        if one.first is None or one.first >= self.adult or one.first > self.on:
            return False
        if one.last is not None and one.last < self.at_age:
            return False
        return (one.last or self.on) >= add_months(one.first, one.months)

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
        return nights(joined([*self.known, *self._not_shown()])) >= self.values.nights

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


def _holds_or_ends(period: Period, day: date) -> bool:
    """Whether somebody was in care until a day or beyond it."""
    begun = period.started_on is None or period.started_on <= day
    return begun and (period.ended_on is None or period.ended_on >= day)


def _holds(seen: Horizon, day: date) -> bool:
    ends = seen.complete_to is not None and seen.complete_to < day
    return not ends and not begins_after(seen, day)


def _is_whole(one: Period) -> bool:
    return one.started_on is None or one.ended_on is None or one.started_on <= one.ended_on
