"""Asking again in time: plans that nobody agreed, recommendations past their day, a dashboard that
nobody opened, and cases that are open again."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from evenhand.audits import judging, pack
from evenhand.audits.actions import telling
from evenhand.audits.models import Finding, Recommendation
from evenhand.audits.queries import findings, posts, recommendations
from evenhand.audits.queries.dashboard import readings
from evenhand.audits.queries.reopened import opened_again
from evenhand.design.wording import day
from evenhand.rules.states import State
from evenhand.work.actions import Place, open_task
from evenhand.work.models import Task

LATE_RECOMMENDATION, UNREAD = "audit-recommendation-late", "audit-dashboard-unread"


def tend(now: datetime) -> None:
    """Open a task for each thing that is past its day, each once."""
    if not pack.is_adopted():
        return
    _plans(now)
    _recommendations(now)
    _dashboard(now)
    _opened_again(now)


def _plans(now: datetime) -> None:
    """Escalate what was found in another team, where its service manager agreed no plan in time."""
    waiting = Finding.objects.filter(plan_agreed_on=None).select_related(*findings.BESIDE)
    rows = list(findings.unsettled(waiting))
    stands = findings.standings_of(rows, now)
    for finding in rows:
        plan = stands[finding.pk].plan
        if plan is not None and plan.state is State.LATE:
            _ask(
                telling.PLAN_LATE, telling.about(finding, telling.PLAN_LATE), now,
                what="No plan was agreed in time on what an audit found in another team",
                role=pack.post(posts.HEAD), team=finding.team,
                place=Place("audits:finding", (finding.ref,)),
            )  # fmt: skip


def _recommendations(now: datetime) -> None:
    """Tell whoever monitors a recommendation that its day has passed without evidence."""
    for one in recommendations.every().exclude(action__state=Task.State.DONE):
        if recommendations.stand_of(one, now).state is State.LATE:
            _ask(
                LATE_RECOMMENDATION, f"{LATE_RECOMMENDATION}:{one.ref}", now, what=_late(one),
                owner=one.monitor if one.monitor and one.monitor.is_active else None,
                role=pack.post(posts.SERVICE), team=one.team,
                place=Place("audits:recommendations"),
            )  # fmt: skip


def _late(one: Recommendation) -> str:
    due = recommendations.due_of(one)
    return f"Due {day(due) if due else ''} and no evidence: {one.words}"[:500]


def _dashboard(now: datetime) -> None:
    """Tell quality assurance that whoever heads the service has not looked."""
    for outcome in readings(now):
        due = judging.day_of(outcome.due)
        if outcome.state is State.LATE and due is not None:
            who = posts.named(posts.holders(posts.HEAD, None, timezone.localdate(now)), posts.HEAD)
            _ask(
                UNREAD, f"{UNREAD}:{due}", now, role=pack.post(posts.ASSURANCE),
                what=f"The dashboard of audits was to be opened by {day(due)}: {who}"[:500],
                place=Place("audits:dashboard"),
            )  # fmt: skip


def _opened_again(now: datetime) -> None:
    """Say that what was asked is done, where the extract has a case open with an assessment."""
    kinds = [one.id for one in pack.findings().values() if one.reopens]
    rows = Finding.objects.filter(kind__in=kinds, closed_at=None, entered_in_error=False)
    again = opened_again(found := list(rows.select_related(*findings.BESIDE)))
    for finding in found:
        if finding.pk in again:
            reason = "The case system shows it open, with a new assessment."
            telling.finish_told(finding, by=None, at=now, reason=reason)


def _ask(kind: str, about: str, at: datetime, **told: object) -> None:
    if not Task.objects.filter(kind=kind, about=about).exists():
        open_task(by=None, at=at, kind=kind, about=about, **told)
