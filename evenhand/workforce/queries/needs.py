"""What people need to learn, by their development plans: of how many it is known, of whom not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from evenhand.accounts.models import Team, User, Worker
from evenhand.design.wording import as_day
from evenhand.workforce.judging import has_plan
from evenhand.workforce.models import DevelopmentPlan
from evenhand.workforce.queries.months import recording_began, told_of
from evenhand.workforce.queries.people import own_people, staff, teams_counted


class Covered(NamedTuple):
    """Of how many staff of a team the needs are known; ``team`` None: of all together."""

    team: Team | None
    known: int
    of: int


class Need(NamedTuple):
    """One thing that people need to learn, as they wrote it, with how many and in which teams."""

    words: str
    people: int
    teams: tuple[str, ...]


class Needs(NamedTuple):
    """The needs of all staff of whom the viewer sees counts, and those whom a manager must ask."""

    whole: Covered
    by_team: Sequence[Covered]
    asked_for: Sequence[Need]
    missing: Sequence[Worker]


def needs_for(viewer: User, now: datetime) -> Needs:
    """Return what is known of training needs at a moment.

    Counted are staff of the teams of which the viewer sees counts; ``missing`` names those of the
    viewer's own people alone who have no plan in force with a need in it.
    """
    today, teams = as_day(now), {team.pk: team for team in teams_counted(viewer)}
    counted = list(staff(today).filter(team__in=teams))
    theirs = list(own_people(viewer, today))
    plans = _plans_in_force({one.pk: one for one in [*counted, *theirs]}, now)
    by_team = [
        Covered(team, *_numbers([one for one in counted if one.team_id == pk], plans))
        for pk, team in teams.items()
    ]
    whole = Covered(None, *_numbers(counted, plans))
    missing = [one for one in theirs if one.pk not in plans]
    return Needs(whole, [one for one in by_team if one.of], _needs(counted, plans), missing)


def _numbers(workers: Sequence[Worker], plans: dict[int, DevelopmentPlan]) -> tuple[int, int]:
    return sum(one.pk in plans for one in workers), len(workers)


def _plans_in_force(workers: dict[int, Worker], now: datetime) -> dict[int, DevelopmentPlan]:
    """Return the plan in force of each worker that says what they need to learn."""
    told, began = told_of(list(workers)), recording_began(workers.values())
    rows = DevelopmentPlan.objects.filter(
        worker__in=workers, entered_in_error=False, agreed_on__lte=as_day(now)
    )
    last = {one.worker_id: one for one in rows.order_by("agreed_on", "pk")}
    return {
        pk: plan
        for pk, plan in last.items()
        if plan.needs and has_plan(told[pk], began=began.get(pk), now=now)
    }


def _needs(workers: Iterable[Worker], plans: dict[int, DevelopmentPlan]) -> list[Need]:
    number: Counter[str] = Counter()
    words: dict[str, str] = {}
    teams: dict[str, set[str]] = {}
    for worker in workers:
        told = plans[worker.pk].needs if worker.pk in plans else ()
        for key, need in {str(one).casefold(): str(one) for one in told}.items():
            number[key] += 1
            words.setdefault(key, need)
            teams.setdefault(key, set()).add(str(worker.team))
    most_first = number.most_common()
    return [Need(words[key], count, tuple(sorted(teams[key]))) for key, count in most_first]
