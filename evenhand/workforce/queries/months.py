"""By worker and calendar month: supervised, missed, or excluded (away all month)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Min, QuerySet

from evenhand.accounts.models import Team, User, Worker
from evenhand.design.wording import as_day
from evenhand.rules.periods import months_before
from evenhand.rules.states import State
from evenhand.workforce import judging
from evenhand.workforce.judging import Away, Month, Told
from evenhand.workforce.models import Absence, DevelopmentPlan, Post, Supervision
from evenhand.workforce.queries.people import staff, teams_counted

SHOWN = 6
"""How many months a page shows: it has to fit a printed page."""


class Count(NamedTuple):
    """Of one team in one month: supervised, of so many who were to be, and who were away."""

    supervised: int = 0
    of: int = 0
    away: int = 0


def months_shown(now: datetime) -> list[date]:
    """Return the first days of the months that a page shows, this month the last."""
    return [months_before(as_day(now), back) for back in reversed(range(SHOWN))]


def months_of(worker: Worker, since: date, now: datetime) -> list[Month]:
    """Return a worker's months from that of ``since`` to that of ``now``, in order."""
    return months_by_worker([worker], since, now).get(worker.pk, [])


def months_by_worker(
    workers: Iterable[Worker], since: date, now: datetime
) -> Mapping[int, list[Month]]:
    """Return the months of many workers, by key. Six queries, however many they are."""
    workers = list(workers)
    began = recording_began(workers)
    told = told_of([worker.pk for worker in workers])
    return {
        pk: judging.months(one, since=since, began=began.get(pk), now=now)
        for pk, one in told.items()
    }


def told_of(workers: Sequence[int]) -> Mapping[int, Told]:
    """Return what is known of each of these workers (their keys)."""
    held, plans = (
        _days(Supervision, "held_on", workers),
        _days(DevelopmentPlan, "agreed_on", workers),
    )
    away: dict[int, list[Away]] = defaultdict(list)
    absences = Absence.objects.filter(worker__in=workers, entered_in_error=False)
    for pk, since, until in absences.values_list("worker", "since", "until"):
        away[pk].append(Away(since, until))
    posts = {one.worker_id: one for one in Post.objects.filter(worker__in=workers)}
    return {
        pk: Told(
            tuple(held[pk]), tuple(away[pk]), getattr(posts.get(pk), "started_on", None),
            getattr(posts.get(pk), "left_on", None), tuple(plans[pk]),
        )
        for pk in workers
    }  # fmt: skip


def recording_began(workers: Iterable[Worker]) -> Mapping[int, date]:
    """Return from which day on supervision is known of each worker (by key): the first that anybody
    of their team had; of their own, where they are in no team. Nothing is known of the others."""
    workers = list(workers)
    teams = {worker.team_id for worker in workers}
    alone = [worker.pk for worker in workers if worker.team_id is None]
    kept = Supervision.objects.filter(entered_in_error=False).order_by()
    of_team = _firsts(kept.filter(worker__team__in=teams - {None}), "worker__team")
    own = _firsts(kept.filter(worker__in=alone), "worker")
    found = {one.pk: of_team.get(one.team_id) or own.get(one.pk) for one in workers}
    return {pk: day for pk, day in found.items() if day is not None}


def _firsts(rows: QuerySet[Supervision], by: str) -> dict[int | None, date]:
    return dict(rows.values_list(by).annotate(first=Min("held_on")))


def missed(
    workers: Iterable[Worker], months: Mapping[int, Sequence[Month]]
) -> list[tuple[Worker, list[date]]]:
    """Return those who missed a month, with the first day of each, who missed most first."""
    gaps = [
        (worker, [one.first for one in months.get(worker.pk, ()) if one.is_missed])
        for worker in workers
    ]
    return sorted([one for one in gaps if one[1]], key=lambda one: -len(one[1]))


def counts_by_team(viewer: User, since: date, now: datetime) -> dict[Team, dict[date, Count]]:
    """Return how many were supervised in each month, team by team: counts, and no names.

    A team with staff in which none was ever written down has no month: nothing is known of it.
    """
    teams = {team.pk: team for team in teams_counted(viewer)}
    workers = list(staff(as_day(now)).filter(team__in=teams).order_by())
    found = months_by_worker(workers, since, now)
    with_staff = {worker.team_id for worker in workers}
    counted: dict[Team, dict[date, Count]] = {
        team: {} for pk, team in teams.items() if pk in with_staff
    }
    for worker in workers:
        by_month = counted[teams[worker.team_id]]  # type: ignore[index]
        for month in found[worker.pk]:
            by_month[month.first] = _with(by_month.get(month.first, Count()), month)
    return counted


def nothing_known_of(viewer: User, today: date) -> tuple[int, int]:
    """Return of how many staff no supervision of their team was ever written down, of how many."""
    workers = list(staff(today).filter(team__in=teams_counted(viewer)).order_by())
    known = recording_began(workers)
    return sum(one.pk not in known for one in workers), len(workers)


def _with(count: Count, month: Month) -> Count:
    if month.state is State.EXCUSED:
        return count._replace(away=count.away + 1)
    if month.state is State.NOT_KNOWN:
        return count
    return count._replace(supervised=count.supervised + bool(month.held), of=count.of + 1)


def _days(
    model: type[Supervision] | type[DevelopmentPlan], field: str, workers: Sequence[int]
) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    rows = model._default_manager.filter(worker__in=workers, entered_in_error=False)
    for pk, day in rows.order_by(field).values_list("worker", field):
        found[pk].append(day)
    return found
