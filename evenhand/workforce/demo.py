"""Islehaven's supervision: the service manager's people as they wrote it down, and the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.accounts.models import User, Worker
from evenhand.rules.arithmetic import add_months
from evenhand.rules.periods import first_of, months_before
from evenhand.workforce.actions import record_absence, record_plan, record_supervision
from evenhand.workforce.models import Supervision
from evenhand.workforce.queries.people import own_people, staff

USERNAME, ABOVE = "service-manager", "director"
MONTHS, EVERY, PLANNED = 6, 9, 10
"""So many months back; of so many people one missed the last month; one in so many has no plan."""
MISSED, AWAY = 4, 8
NEEDS = ("To work with interpreters", "Direct work with teenagers", "To write analysis, not events",
         "What the Equality Act asks of us")  # fmt: skip
NOTES = "We went through every case. Agreed: two visits to be written up by Friday."
_DAY = timedelta(1)


def create(*, at: datetime) -> None:
    """Make up some months of supervision, an absence and development plans; once."""
    manager = User.objects.filter(username=USERNAME).first()
    if manager is None or Supervision.objects.exists():
        return
    today = timezone.localdate(at)
    people = list(own_people(manager, today))
    with transaction.atomic():
        for place, worker in enumerate(people):
            _supervise(worker, place, manager, at)
            if place % PLANNED:
                _plan(worker, place, manager, at)
        _send_away(people, manager, at)
        _supervise_others(manager, people, at)


def _supervise_others(manager: User, theirs: Sequence[Worker], at: datetime) -> None:
    """Supervise those whom somebody else manages; who has no manager is not known."""
    above = User.objects.filter(username=ABOVE).first() or manager
    others = staff(timezone.localdate(at)).exclude(manager=None)
    for place, worker in enumerate(others.exclude(pk__in=[one.pk for one in theirs])):
        _supervise(worker, place, above, at, notes="")


def _supervise(worker: Worker, place: int, manager: User, at: datetime, notes: str = NOTES) -> None:
    today = timezone.localdate(at)
    for back in range(1, MONTHS + 1):
        if back == 1 and place % EVERY in (MISSED, AWAY):
            continue
        held_on = _working(months_before(today, back) + (place % 20) * _DAY)
        record_supervision(
            worker, by=manager, at=at, held_on=held_on, supervisor=worker.manager or manager.worker,
            supervisor_name=manager.name, notes=notes,
        )  # fmt: skip


def _plan(worker: Worker, place: int, manager: User, at: datetime) -> None:
    agreed = add_months(timezone.localdate(at), -(place % 10)) - 3 * _DAY
    needs = [NEEDS[place % len(NEEDS)], NEEDS[place % 3]]
    record_plan(worker, by=manager, at=at, agreed_on=agreed, needs=list(dict.fromkeys(needs)))


def _send_away(people: Sequence[Worker], manager: User, at: datetime) -> None:
    """Send somebody away from the first day of last month on; they are not back yet."""
    if len(people) <= AWAY:
        return
    since = months_before(first_of(timezone.localdate(at)), 1)
    record_absence(people[AWAY], by=manager, at=at, since=since, until=None)


def _working(day: date) -> date:
    """Return a day itself; the Monday after, where it is of a week-end."""
    return day + (8 - day.isoweekday()) * _DAY if day.isoweekday() > 5 else day
