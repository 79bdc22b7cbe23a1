"""Findings that a viewer may read, and how each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.audits import judging, pack
from evenhand.audits.models import Audit, Finding
from evenhand.audits.queries import posts
from evenhand.audits.queries.reach import audits_for, kept_from
from evenhand.audits.queries.reopened import opened_again
from evenhand.design.wording import day
from evenhand.people.models.closing import closing_of
from evenhand.work.models import Task

BESIDE = ("audit__child", "audit__team", "audit__auditor", "team", "action__owner", "raised_by",
          "closed_by")  # fmt: skip
MISSING, NOT_YET, OPEN, LATE, TO_CHECK, CLOSED, ERROR, KNOWN = (
    "missing", "not yet", "open", "late", "to check", "closed", "error", "known",
)  # fmt: skip


class Standing(NamedTuple):
    """How a finding stands: a short key, words, and how its plan stands where one is wanted."""

    key: str
    words: str
    plan: judging.Stand | None = None


def findings_for(viewer: User) -> QuerySet[Finding]:
    """Return what audits found, the newest first: of audits that a viewer may read, of teams
    within reach, and what they raised themselves. Never of a record that is closed to them; nor,
    unless they were told of it, of the other audit of a file on which they are not done."""
    scope = scope_of(viewer).persons
    seen = Q(audit__in=audits_for(viewer).order_by().values("pk")) | Q(raised_by=viewer)
    if may(viewer, "audits.answer"):
        seen |= ~Q(pk__in=()) if scope.everyone else Q(team__in=scope.teams)
    closed = closing_of(viewer).closed
    shut = Q(audit__child__in=closed) | Q(audit__child__merged_into__in=closed)
    blind = Q(audit__in=kept_from(viewer).order_by().values("pk")) & ~Q(told__to=viewer)
    rows = Finding.objects.filter(seen).exclude(shut).exclude(blind & ~Q(raised_by=viewer))
    return rows.select_related(*BESIDE).order_by("-raised_at", "-pk")


def findings_of(audit: Audit, viewer: User) -> QuerySet[Finding]:
    """Return what one audit found, the first raised first."""
    return findings_for(viewer).filter(audit=audit).order_by("raised_at", "pk")


def unsettled(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Return those that somebody still has to answer for."""
    answered = [one.id for one in pack.findings().values() if one.needs_action or one.reopens]
    return rows.filter(closed_at=None, entered_in_error=False, kind__in=answered)


def open_of(team: Team) -> QuerySet[Finding]:
    """Return what was found of a team's practice and is not put right yet."""
    rows = Finding.objects.filter(team=team).select_related(*BESIDE)
    return unsettled(rows).order_by("raised_at", "pk")


def overdue(rows: QuerySet[Finding], today: date) -> QuerySet[Finding]:
    """Return those whose action is past its day and not done, the longest first."""
    late = unsettled(rows).filter(action__state=Task.State.OPEN, action__due_on__lt=today)
    return late.order_by("action__due_on", "pk")


def without_action(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Return those for which nobody is named who puts them right."""
    asked = [one.id for one in pack.findings().values() if one.needs_action]
    nobody = Q(action=None) | Q(action__state=Task.State.NOT_NEEDED)
    return unsettled(rows).filter(nobody, kind__in=asked)


def answers_for(viewer: User, finding: Finding) -> bool:
    """Whether a viewer answers for the practice that was found: of a team within their reach."""
    if not may(viewer, "audits.answer"):
        return False
    reach = scope_of(viewer).persons
    return reach.everyone or (finding.team_id or 0) in reach.teams


def is_elsewhere(finding: Finding) -> bool:
    """Whether the practice is another team's than the audited one's."""
    return finding.team_id is not None and finding.team_id != finding.audit.team_id


def standings_of(findings: Iterable[Finding], now: datetime) -> Mapping[int, Standing]:
    """Return how each finding stands, by its key: few queries for any number."""
    found, today = list(findings), timezone.localdate(now)
    teams = {one.team_id for one in found if one.team_id is not None}
    managers = posts.holders_over(posts.TEAM, teams, today)
    services = posts.holders_over(posts.SERVICE, teams, today)
    kinds = pack.findings()
    again = opened_again(
        one for one in found if one.kind in kinds and kinds[one.kind].reopens
    )  # fmt: skip
    judged = _Judged(managers, services, again, now)
    return {one.pk: judged.standing(one) for one in found}


class _Judged:
    """How findings stand, asked of one after another."""

    def __init__(
        self,
        managers: Mapping[int, Sequence[User]],
        services: Mapping[int, Sequence[User]],
        again: frozenset[int],
        now: datetime,
    ) -> None:
        self.managers, self.services, self.again, self.now = managers, services, again, now

    def standing(self, finding: Finding) -> Standing:
        """Return how one stands, with its plan where another team is to agree one."""
        key, words = self._said(finding)
        return Standing(key, words, self._plan(finding))

    def _said(self, finding: Finding) -> tuple[str, str]:
        if finding.entered_in_error:
            return ERROR, "Taken back: raised by mistake"
        if finding.closed_at is not None:
            return CLOSED, f"Closed on {day(finding.closed_at)}"
        kind = pack.findings().get(finding.kind)
        if kind is not None and kind.reopens:
            return self._reopening(finding)
        if kind is None or not kind.needs_action:
            return KNOWN, "Noted as good practice" if kind and kind.offers else "Noted"
        return self._acting(finding)

    def _reopening(self, finding: Finding) -> tuple[str, str]:
        if finding.pk in self.again:
            return KNOWN, "Open again, with a new assessment"
        who = posts.named(self.services.get(finding.team_id or 0, ()), posts.SERVICE)
        return NOT_YET, f"not yet reopened: {who}, {day(finding.raised_at)}"

    def _acting(self, finding: Finding) -> tuple[str, str]:
        task = finding.action
        if task is None or task.state == Task.State.NOT_NEEDED:
            who = posts.named(self.managers.get(finding.team_id or 0, ()), posts.TEAM)
            return MISSING, f"action missing: {who}, {day(audited_on(finding))}"
        owner = task.owner.name if task.owner else posts.NOBODY
        if task.state == Task.State.TO_BE_CHECKED:
            return TO_CHECK, f"Done by {owner}, to be checked by somebody else"
        if task.due_on < timezone.localdate(self.now):
            return LATE, f"Late: {owner} was to put it right by {day(task.due_on)}"
        return OPEN, f"{owner} puts it right by {day(task.due_on)}"

    def _plan(self, finding: Finding) -> judging.Stand | None:
        kind = pack.findings().get(finding.kind)
        if kind is None or not kind.elsewhere or not is_elsewhere(finding):
            return None
        told = timezone.localdate(finding.raised_at)
        return judging.plan(told, finding.plan_agreed_on, self.now)


def audited_on(finding: Finding) -> date:
    """Return the day of the audit: on which it was done, else on which this was raised."""
    return finding.audit.done_on or timezone.localdate(finding.raised_at)
