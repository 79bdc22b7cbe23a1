"""How what follows an audit stands to its standards, from this room's own rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from evenhand.audits import pack
from evenhand.facts.adopted import policy
from evenhand.rules.outcomes import Outcome
from evenhand.rules.reference import evaluate
from evenhand.rules.states import Horizon, State
from evenhand.rules.values import Case

FORWARDED, PLAN, RECOMMENDATION, DASHBOARD = "forwarded", "plan", "recommendation", "dashboard"
REPORT_READ = "report-read"


class Stand(NamedTuple):
    """How one thing stands, and by which day it is due; None where no standard says so."""

    state: State
    due: date | None


UNDATED = Stand(State.NO_RULE, None)


def outcomes_of(key: str, case: Case, now: datetime) -> Sequence[Outcome]:
    """Return how one of the pack's standards of audits stands over a case that the caller built."""
    standard = pack.standard_named(key)
    if standard is None:
        return ()
    known = dict.fromkeys(standard.facts(), Horizon(None, None))
    return evaluate(standard, case, policy().calendar, now, known)


def forwarded(done_on: date, signed_on: date | None, now: datetime) -> Stand:
    """Return whether an audit that was done on a day was forwarded in time."""
    return _last(FORWARDED, {"audit.completed": done_on, "audit.forwarded": signed_on}, now)


def plan(told_on: date, agreed_on: date | None, now: datetime) -> Stand:
    """Return whether a plan was agreed in time with another team that was told on a day."""
    told = {"audit_finding.other_team_told": told_on, "audit_finding.plan_agreed": agreed_on}
    return _last(PLAN, told, now)


def recommendation(made_on: date, due: date, done_on: date | None, now: datetime) -> Stand:
    """Return whether a recommendation was done by its day, with evidence."""
    told = {
        "audit_finding.recommended": made_on, "audit_finding.due": due,
        "audit_finding.evidenced": done_on,
    }  # fmt: skip
    return _last(RECOMMENDATION, told, now)


def report_read(sent_on: date, opened_on: date | None, now: datetime) -> Stand:
    """Return whether a report that was sent on a day was opened in time."""
    told = {"audit_report.published": sent_on, "audit_report.opened": (opened_on,)}
    return _last(REPORT_READ, told, now)


def _last(key: str, case: Case, now: datetime) -> Stand:
    found = outcomes_of(key, case, now)
    return Stand(found[-1].state, day_of(found[-1].due)) if found else UNDATED


def day_of(value: date | datetime | None) -> date | None:
    """Return the day of a day or a moment."""
    return timezone.localdate(value) if isinstance(value, datetime) else value
