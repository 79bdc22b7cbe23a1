"""Lists of the children for whom something is late, open, kept: those the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from evenhand.accounts.models import Team, User
from evenhand.accounts.scope import scope_of, with_teams_below
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.people.models.closing import closing_of
from evenhand.rules import WHOLLY, Horizon, Standard, State
from evenhand.rules.london import london_day
from evenhand.rules.periods import months_before
from evenhand.standards.models import Standing
from evenhand.standards.queries.counting import visible_ids
from evenhand.standards.states import Horizons, horizons_by_standard, state_now
from evenhand.standards.tallying import MONTHS_SHOWN

Kind = Standing.Kind
DAYS_AHEAD = 14
MOST = 500  # rows of a list that can be paged through
MOST_LISTED = 100
UNINDEXED = "standard_of_few"  # the rows of few children are found by child, not by standard
ON_THE_WAY = 100


def listed(
    viewer: User, standard: Standard, state: State, *, now: datetime, team: Team | None = None
) -> QuerySet[Standing]:
    """Return the rows of one standard in one state, of children the viewer may see.

    The most overdue first; what is done or excused newest first, of the months shown. Rows of a
    team are those counted to it. A day's own hours turn a row late on the next day's list.
    """
    reach = scope_of(viewer).persons
    is_caseload = not reach.everyone and not reach.teams
    named = Q(**{UNINDEXED if is_caseload else "standard": standard.id})
    wanted = named & _in_state(state, horizons_by_standard()[standard.id], now)
    if team is not None:
        wanted &= Q(team__in=with_teams_below({team.pk}))
    is_waiting = state in (State.LATE, State.OPEN, State.NOT_KNOWN)
    order = ("due_on", "pk") if is_waiting else ("-due_on", "-pk")
    rows = _within_sight(viewer, wanted, order, MOST + 1)
    return rows.select_related("child", "team", "worker")


def _within_sight(viewer: User, wanted: Q, order: tuple[str, str], most: int) -> QuerySet[Standing]:
    """Return the first rows that are wanted, of children that the viewer may open, in order.

    By index alone the first ``most`` are found; only they are then joined to their children.
    """
    reach = scope_of(viewer).persons
    theirs, seen = Q(child__isnull=False), Q()
    if not reach.everyone and reach.teams:
        theirs = Q(team__in=reach.teams)
        seen = Q(child__team__in=reach.teams, child__merged_into=None)
    elif not reach.everyone:
        theirs = Q(child__in=visible_ids(viewer))
    rows = Standing.objects.alias(**{UNINDEXED: Concat("standard", Value(""))})
    closed = closing_of(viewer).closed
    wanted = wanted & ~Q(child__in=closed) if closed else wanted
    first = rows.filter(theirs, wanted).order_by(*order).values("pk")[:most]
    return Standing.objects.filter(seen, pk__in=first).order_by(*order)


KIND_OF_STATE: Mapping[State, Kind] = {
    State.KEPT: Kind.DONE_IN_TIME,
    State.KEPT_LATE: Kind.DONE_LATE,
    State.EXCUSED: Kind.EXCUSED,
    State.NOT_RECORDED: Kind.NOT_RECORDED,
}


def _in_state(state: State, horizon: Horizon | None, now: datetime) -> Q:
    today = london_day(now)
    if state in KIND_OF_STATE:
        oldest = months_before(today, MONTHS_SHOWN)
        to_come = months_before(today, -1)
        return Q(kind=KIND_OF_STATE[state], due_on__gte=oldest, due_on__lt=to_come)
    if state is State.OPEN:
        return Q(kind=Kind.NOT_DONE, due_on__gte=today)
    past = Q(kind=Kind.NOT_DONE, due_on__lt=today)
    if state is State.LATE:
        return past & _covered(horizon)
    is_bounded = horizon is not None and horizon != WHOLLY
    unsettled = Q(kind=Kind.DAY_ONLY)
    return (past & ~_covered(horizon)) | unsettled if is_bounded else unsettled


def _covered(horizon: Horizon | None) -> Q:
    covered = Q()
    if horizon and horizon.complete_to:
        covered &= Q(due_on__lte=horizon.complete_to)
    if horizon and horizon.complete_from:
        covered &= Q(due_on__gte=horizon.complete_from)
    return covered


class Promise(NamedTuple):
    """One cycle of a standard for one child: the row, its standard, its state and its horizon."""

    row: Standing
    standard: Standard
    state: State
    horizon: Horizon | None


def due_for(
    viewer: User, *, now: datetime, days: int = DAYS_AHEAD, most: int = MOST_LISTED
) -> list[Promise]:
    """Return what is late, and what falls due in the next days, for open children within sight.

    The most overdue first, at most ``most``. Empty for those who see everyone: they have counts.
    """
    if scope_of(viewer).persons.everyone:
        return []
    today = london_day(now)
    wanted = Q(kind=Kind.NOT_DONE, due_on__lte=today + timedelta(days), child__is_open=True)
    waiting = _within_sight(viewer, wanted & _judged(today), ("due_on", "pk"), most * 4)
    read = waiting.select_related("child", "worker").iterator(chunk_size=ON_THE_WAY)
    is_waiting = (one for one in promises(read, now) if one.state in (State.LATE, State.OPEN))
    return list(islice(is_waiting, most))


def _judged(today: date) -> Q:
    """What is not due yet, or fell due on a day of which the data can say that it was not done."""
    alike: dict[Horizon, list[str]] = defaultdict(list)
    for standard, horizon in horizons_by_standard().items():
        if horizon is not None:
            alike[horizon].append(standard)
    found = Q(due_on__gte=today)
    for horizon, standards in alike.items():
        found |= Q(standard__in=standards) & _covered(horizon)
    return found


def outcomes_of(child: Child, viewer: User, *, now: datetime) -> list[Promise]:
    """Return every promise to one child that the viewer may open: what is late first, then what
    comes next, then what was done, newest first."""
    seen = Child.objects.visible_to(viewer).filter(pk=child.pk)
    rows = Standing.objects.filter(child__in=seen).select_related("team", "worker")
    found = list(promises(rows.order_by("-due_on", "-pk"), now))
    waiting = [one for one in found if one.state in (State.LATE, State.OPEN)]
    rest = [one for one in found if one.state not in (State.LATE, State.OPEN)]
    return waiting[::-1] + rest


def promises_of(subject: str, pk: int, *, now: datetime) -> list[Promise]:
    """Return every promise about one subject that the caller found, what is due first on top."""
    rows = Standing.objects.filter(subject=subject, subject_id=pk).order_by("due_on", "pk")
    return list(promises(rows, now))


def promises(rows: Iterable[Standing], now: datetime) -> Iterator[Promise]:
    """Yield each row with its standard and state; rows of standards not adopted are left out."""
    known: Horizons = horizons_by_standard()
    standards = policy().standards
    for row in rows:
        standard = standards.get(row.standard)
        if standard is not None:
            state = state_now(row, now, known)
            yield Promise(row, standard, state, known.get(row.standard))
