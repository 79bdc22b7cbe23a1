"""Keeping ``standing`` true: worked out anew for everyone, or for the children something changed.

Nothing here is history: every row can be worked out again from the facts and the packs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from evenhand.accounts.once import once
from evenhand.facts.adopted import policy
from evenhand.facts.holding import Integers
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import Subjects, columns
from evenhand.facts.registry import SUBJECTS, is_bound
from evenhand.rules import Horizon, PerPeriod, Standard, TestStandard
from evenhand.rules.london import london_day
from evenhand.rules.periods import months_before
from evenhand.standards import engine, storing, tallying
from evenhand.standards.models import Standing, StandingTally
from evenhand.standards.rows import column, day_number
from evenhand.standards.tallying import MONTHS_SHOWN

MOST_RESTATED_AT_ONCE = 500


class Rebuilt(NamedTuple):
    """What a rebuild did: how many standards it ran, and the rows it wrote and took away."""

    standards: int
    written: int
    deleted: int


def rebuild(
    standards: Iterable[str] | None = None,
    children: Collection[int] | None = None,
    *,
    now: datetime,
) -> Rebuilt:
    """Work out the standings of these standards (default: all) and children (default: all).

    One transaction; what did not change is not written; running it again changes nothing. Does
    not touch the tallies: ``tally`` or ``restate`` does.
    """
    chosen = [s for s in recorded_standards() if standards is None or s.id in set(standards)]
    only = Q() if children is None else Q(child__in=children)
    with storing.alone():
        if standards is None:
            storing.delete_others([standard.id for standard in chosen], only)
        done = [
            result
            for group in _by_subject(chosen)
            for result in _rebuild_subject(group, children, only, now)
        ]
    return Rebuilt(len(chosen), sum(w for w, _ in done), sum(d for _, d in done))


def restate(child_ids: Collection[int], now: datetime) -> None:
    """Work out these children's standings anew, and put their tallies right; for actions.

    Whole-authority work (imports, changed packs) calls ``refresh``.
    """
    only = Q(child__in=child_ids)
    as_at = tallied_as_at()
    if as_at is None or len(child_ids) > MOST_RESTATED_AT_ONCE:
        refresh(now)
        return
    with storing.alone():
        before = tallying.counted(only, as_at)
        rebuild(children=child_ids, now=now)
        tallying.adjust(before, tallying.counted(only, as_at), as_at)


def restate_subjects(subject: str, ids: Collection[int], now: datetime) -> None:
    """Work out anew what is promised of these subjects, whoever's they are; for actions."""
    chosen = [one for one in recorded_standards() if one.subject == subject]
    as_at = tallied_as_at()
    if not chosen:
        return
    only = Q(standard__in=[one.id for one in chosen], subject_id__in=list(ids))
    names = {name for standard in chosen for name in standard.facts()}
    with storing.alone():
        before = tallying.counted(only, as_at) if as_at else None
        read, known = columns(subject, names, ids=list(ids)), horizons(names)
        for standard in chosen:
            storing.replace(standard, _rows(standard, read, known, now), only)
        if as_at and before is not None:
            tallying.adjust(before, tallying.counted(only, as_at), as_at)


def restate_resting_on(facts: Collection[str], now: datetime) -> None:
    """Work out everybody's standings of the standards that rest on these facts, and their tallies;
    for when a fact begins to be held, or from another day on."""
    told = set(facts)
    chosen = [one.id for one in recorded_standards() if told & set(one.facts())]
    if not chosen:
        return
    with storing.alone():
        as_at = tallied_as_at()
        rebuild(chosen, now=now)
        if as_at is not None:
            counts = tallying.counted(Q(standard__in=chosen), as_at)
            tallying.replace_of(chosen, counts, as_at)


def refresh(now: datetime) -> Rebuilt:
    """Work out everybody's standings and every tally; after an import or a change of packs."""
    with storing.alone():
        rebuilt = rebuild(now=now)
        tally(london_day(now))
    return rebuilt


def refresh_in_turns(now: datetime) -> Rebuilt:
    """Do as ``refresh``, in a transaction for the standards of each subject; after an import.

    Others write in between. Facts and standings are read under the same lock, so that what
    somebody records meanwhile is never overwritten by what was read before it.
    """
    chosen = recorded_standards()
    with storing.alone():
        storing.delete_others([standard.id for standard in chosen], Q())
    done: list[tuple[int, int]] = []
    for group in _by_subject(chosen):
        with storing.alone():
            done += _rebuild_subject(group, None, Q(), now)
    tally(london_day(now))
    return Rebuilt(len(chosen), sum(w for w, _ in done), sum(d for _, d in done))


def tally(as_at: date) -> None:
    """Count all standings by standard, team and month, as at the end of a day."""
    with storing.alone():
        tallying.replace_all(tallying.counted(Q(), as_at), as_at)


def refresh_if_stale(now: datetime) -> bool:
    """Bring standings and tallies to today where they are of another day; say whether.

    One query where nothing is to do. Standards that turn with the calendar are run again.
    """
    as_at = tallied_as_at()
    today = london_day(now)
    if as_at is None or as_at == today:
        return False
    with storing.alone():
        rebuild([s.id for s in recorded_standards() if turns_with_time(s)], now=now)
        _take_up_what_was_dated_ahead(as_at, now)
        tally(today)
    return True


def is_stale(now: datetime) -> bool:
    """Say whether standings are of another day than today, or of one that a wrong clock gave."""
    return tallied_as_at() not in {None, london_day(now)}


@once
def tallied_as_at() -> date | None:
    """Return the day that the tallies are true for, or None where there are none."""
    return StandingTally.objects.order_by("pk").values_list("as_at", flat=True).first()


def recorded_standards() -> list[Standard]:
    """Return the standards whose start is recorded somewhere; the others cannot be run yet."""
    return [standard for standard in policy().standards.values() if is_recorded(standard)]


def is_recorded(standard: Standard) -> bool:
    """Say whether what starts the standard is bound to something in the database."""
    if standard.subject not in SUBJECTS:
        return False
    starts = getattr(standard, "starts", None) or getattr(standard, "counted", None)
    return is_bound(starts) if starts else any(map(is_bound, standard.own_facts))


def turns_with_time(standard: Standard) -> bool:
    """Say whether a new day alone can bring a new cycle: periods, and tests judged today."""
    if isinstance(standard, TestStandard):
        return standard.starts is None
    return isinstance(standard, PerPeriod)


def _by_subject(standards: Iterable[Standard]) -> list[list[Standard]]:
    groups: dict[str, list[Standard]] = defaultdict(list)
    for standard in standards:
        groups[standard.subject].append(standard)
    return list(groups.values())


def _rebuild_subject(
    standards: list[Standard], children: Collection[int] | None, only: Q, now: datetime
) -> Iterator[tuple[int, int]]:
    names = {name for standard in standards for name in standard.facts()}
    listed = None if children is None else list(children)
    subjects = columns(standards[0].subject, names, children=listed)
    known = horizons(names)
    if children is not None:  # a subject may have stood under a child it no longer belongs to
        only |= Q(subject_id__in=subjects.ids.tolist())
    for standard in standards:
        yield storing.replace(standard, _rows(standard, subjects, known, now), only)


def _rows(
    standard: Standard, subjects: Subjects, known: dict[str, Horizon | None], now: datetime
) -> Integers:
    rows = engine.rows_of(standard, subjects, policy().calendar, now, known)
    oldest = day_number(months_before(london_day(now), MONTHS_SHOWN))
    is_shown = (column(rows, "kind") != Standing.Kind.NOT_RECORDED) | (
        column(rows, "due_on") >= oldest
    )
    shown: Integers = rows if is_shown.all() else rows[is_shown]
    return shown


def _take_up_what_was_dated_ahead(as_at: date, now: datetime) -> None:
    """What was recorded with a day still to come, and has come, counts from that day."""
    ahead = Standing.objects.filter(
        kind=Standing.Kind.NOT_DONE, done_on__gt=as_at, done_on__lte=london_day(now)
    )
    children = set(ahead.values_list("child", flat=True))
    if children:
        rebuild(children=children, now=now)
