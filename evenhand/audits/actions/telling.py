"""Telling whoever answers for a finding: a task each, and a note that turns read when they read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits import judging, pack
from evenhand.audits.models import Finding, Told
from evenhand.audits.queries import posts
from evenhand.audits.queries.findings import is_elsewhere
from evenhand.people.models import Child
from evenhand.work.actions import Place, finish, open_task
from evenhand.work.models import STILL_OPEN, Task

SETUP, PLAN_LATE = "audit-setup", "audit-plan-late"


class Letter(NamedTuple):
    """One who is told: the post, and the kind of task that they get; perhaps none."""

    post: str
    kind: str


def tell(finding: Finding, *, by: User, at: datetime) -> None:
    """Tell everybody whom the pack names for a finding of its kind, at once.

    Where nobody holds the post over the team, quality assurance is asked to set that up, and the
    task waits for whoever will hold it.
    """
    for letter in letters(finding):
        people = posts.holders(letter.post, finding.team, timezone.localdate(at))
        if letter.kind and finding.team is not None:
            _ask(finding, letter, people, by=by, at=at)
        for user in people:
            Told.objects.get_or_create(
                finding=finding, to=user, defaults={"part": letter.post, "sent_at": at}
            )
        if not people and not pack.findings()[finding.kind].offers:
            _set_up(finding, letter.post, at=at)


def letters(finding: Finding) -> Sequence[Letter]:
    """Return who is told of a finding, in the order of the pack."""
    kind = pack.findings()[finding.kind]
    found = [Letter(kind.task_of, kind.task)]
    if kind.copy:
        found.append(Letter(posts.SERVICE, kind.copy))
    if kind.elsewhere and is_elsewhere(finding):
        found.append(Letter(posts.SERVICE, kind.elsewhere))
    return found


def lacking(finding: Finding, today: date) -> list[str]:
    """Return in words who could not be told of a finding, because nobody holds the post."""
    kind = pack.findings().get(finding.kind)
    if kind is None or kind.offers:
        return []
    empty = (
        one.post for one in letters(finding) if not posts.holders(one.post, finding.team, today)
    )
    return list(dict.fromkeys(setup_words(finding, post) for post in empty))


def about(finding: Finding, what: str) -> str:
    """Return what a task about a finding is known by."""
    return f"audit-finding:{finding.ref}:{what}"


def open_of(finding: Finding) -> list[Task]:
    """Return the tasks that are open about a finding, whoever was told."""
    rows = Task.objects.filter(about__startswith=about(finding, ""), state__in=STILL_OPEN)
    return list(rows.order_by("pk"))


def finish_told(
    finding: Finding,
    kinds: Collection[str] | None = None,
    *,
    by: User | None,
    at: datetime,
    reason: str,
) -> None:
    """Say that those told have done what they were asked: all tasks, or those of some kinds."""
    for task in open_of(finding):
        if task.state == Task.State.OPEN and (kinds is None or task.kind in kinds):
            finish(task, by=by, at=at, version=task.version, reason=reason)


def child_for(finding: Finding, people: Sequence[User]) -> Child | None:
    """Return the child of the audit, where all of them may open the record; None otherwise."""
    child = finding.audit.child
    if child is None or not people:
        return None
    kept = child.merged_into_id or child.pk
    seen = (Child.objects.visible_to(user).filter(pk=kept).exists() for user in people)
    return child if all(seen) else None


def _ask(
    finding: Finding, letter: Letter, people: Sequence[User], *, by: User, at: datetime
) -> None:
    kind = pack.findings()[finding.kind]
    known = about(finding, f"{letter.post}:{letter.kind}")
    if Task.objects.filter(kind=letter.kind, about=known, state__in=STILL_OPEN).exists():
        return
    open_task(
        by=by, at=at, kind=letter.kind, what=_what(finding, letter), why=kind.now,
        owner=people[0] if len(people) == 1 else None, role=pack.post(letter.post),
        team=finding.team, child=child_for(finding, people), about=known,
        place=Place("audits:finding", (finding.ref,)), due_on=_due(finding, letter, at),
    )  # fmt: skip


def _what(finding: Finding, letter: Letter) -> str:
    kind = pack.findings()[finding.kind]
    if letter.kind == kind.elsewhere:
        return "Agree how to put right what another team's audit found"
    return f"{kind.label}: read what an audit found"


def _due(finding: Finding, letter: Letter, at: datetime) -> date | None:
    """Another team's plan is due by its standard; all else by the days of its kind."""
    if letter.kind != pack.findings()[finding.kind].elsewhere:
        return None
    return judging.plan(timezone.localdate(finding.raised_at), None, at).due


def _set_up(finding: Finding, post: str, *, at: datetime) -> None:
    whom = finding.team.ref if finding.team else "none"
    known = f"{SETUP}:{post}:{whom}"
    if not Task.objects.filter(kind=SETUP, about=known, state__in=STILL_OPEN).exists():
        open_task(
            by=None, at=at, kind=SETUP, what=setup_words(finding, post), team=finding.team,
            role=pack.post(posts.ASSURANCE), about=known,
            place=Place("audits:finding", (finding.ref,)),
        )  # fmt: skip


def setup_words(finding: Finding, post: str) -> str:
    """Return in words who is missing, and over which team."""
    if finding.team is None:
        return "Setup error: the audit is of no team, so nobody could be told of what it found"
    return f"Setup error: no {posts.title(post)} is set up over {finding.team.name}"
