"""What an inspector would find: what is not done, each with where to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits.models import Audit
from evenhand.audits.queries import findings
from evenhand.audits.queries.conduct import complete_of
from evenhand.audits.queries.programme import one_slot_for, standings_of
from evenhand.audits.queries.reach import audits_for
from evenhand.people.queries.completeness import items_for
from evenhand.rules import State
from evenhand.rules.arithmetic import add_months
from evenhand.rules.periods import first_of, months_before
from evenhand.standards.counts import total_of
from evenhand.standards.queries import counts_by_standard
from evenhand.standards.tallying import MONTHS_SHOWN
from evenhand.workforce.queries.months import counts_by_team, nothing_known_of


class Gap(NamedTuple):
    """One kind of thing that is not done: how many, of how many, and where to go to put it
    right."""

    words: str
    number: int
    of: int
    url: str
    where: str


class Done(NamedTuple):
    """The audits of the last 12 months: how many, and those of which a section was not graded."""

    number: int
    lacking: Sequence[Audit]


def gaps_for(viewer: User, now: datetime, done: Done) -> list[Gap]:
    """Return what is not done, within the viewer's reach; what is all done stays, with 0."""
    return [
        _slots(viewer, now),
        _sections(done),
        *(one for gap in GAPS for one in gap(viewer, now)),
    ]


def done_audits(viewer: User, today: date) -> Done:
    """Return the audits of the last 12 months that the viewer may read. Two queries."""
    since = add_months(today, -MONTHS_SHOWN)
    done = list(audits_for(viewer).filter(state=Audit.State.DONE, done_on__gte=since))
    whole = complete_of(done)
    return Done(len(done), [one for one in done if one.pk not in whole])


def _slots(viewer: User, now: datetime) -> Gap:
    today = timezone.localdate(now)
    since = add_months(today, -MONTHS_SHOWN)
    slots = list(one_slot_for(viewer).filter(due_on__gte=since, due_on__lt=today))
    late = sum(one.state is State.LATE for one in standings_of(slots, now).values())
    words = "Slots of the audit programme whose month is over and whose audits are not done"
    return Gap(words, late, len(slots), reverse("audits:programme"), "Audit programme")


def _sections(done: Done) -> Gap:
    words = "Audits that were done with a section not graded"
    return Gap(words, len(done.lacking), done.number, "#sections", "The list below")


def _findings(viewer: User, now: datetime) -> Iterator[Gap]:
    today = timezone.localdate(now)
    waiting = findings.unsettled(findings.findings_for(viewer))
    url, where = reverse("audits:findings"), "Findings of audits"
    number = waiting.order_by().count()
    overdue = findings.overdue(waiting, today).order_by().count()
    yield Gap("Actions from audits that are overdue", overdue, number, url, where)
    without = findings.without_action(waiting).order_by().count()
    yield Gap("Findings of audits without an action", without, number, url, where)


def _promises(viewer: User, _now: datetime) -> Iterator[Gap]:
    whole = total_of(counts_by_standard(viewer).values())
    url, where = reverse("standards:overview"), "Standards"
    words = "Promises to children and families that are late, of those that wait"
    yield Gap(words, whole.late, whole.late + whole.open, url, where)


def _questions(viewer: User, _now: datetime) -> Iterator[Gap]:
    items = [one.completion for one in items_for(viewer)]
    never, counted = sum(one.never_asked for one in items), sum(one.counted for one in items)
    words = "Questions of who children and parents are that nobody has a record of asking"
    yield Gap(words, never, counted, reverse("people:completeness"), "Asked and known")


def _supervision(viewer: User, now: datetime) -> Iterator[Gap]:
    today = timezone.localdate(now)
    last = months_before(today, 1)
    end = now - timedelta((today - first_of(today)).days)
    counted = counts_by_team(viewer, last, end).values()
    told = [one for by_month in counted if (one := by_month.get(last)) is not None]
    of = sum(one.of for one in told)
    missed = of - sum(one.supervised for one in told)
    url, where = reverse("workforce:supervision"), "Supervision"
    yield Gap("Staff who were not supervised last month", missed, of, url, where)
    unknown, everybody = nothing_known_of(viewer, today)
    words = "Staff of teams of whose supervision nothing is known here"
    yield Gap(words, unknown, everybody, url, where)


GAPS = (_findings, _promises, _questions, _supervision)
