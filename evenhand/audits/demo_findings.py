"""The demonstration's findings: what its audits found, who puts it right, and what nobody has yet.

Rests on audits that are done; without any there is nothing to find.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.audits.actions.copies import sign
from evenhand.audits.actions.findings import act_on, agree_plan, raise_finding
from evenhand.audits.actions.looking import look
from evenhand.audits.actions.reviews import ask_for, write
from evenhand.audits.models import Audit
from evenhand.audits.queries import posts
from evenhand.audits.queries.copies import every_copy
from evenhand.audits.queries.themes import themes_of

POOR, BELOW, GOOD, AGAIN = "poor-practice", "below-standard", "good-practice", "reopen"
LAST_SEEN, DUE_IN = timedelta(12), timedelta(21)
FOUND = (
    (POOR, 1, "The chronology stops in spring, so nobody sees that it is the third referral."),
    (POOR, 0, "The plan says what the family is to do, and not what we do."),
    (POOR, 1, "The brothers were seen together only. What the younger one says is nowhere."),
    (BELOW, 2, "The strategy discussion was held without the police, and no reason is written."),
    (GOOD, 5, "The plan is written in the family's own words, and they have a copy they can read."),
)  # fmt: skip
"""Which kind, in which section of the tool (by its place), and the words."""


def findings(by: User, at: datetime) -> None:
    """Raise what the newest audits found; act on some of it; ask for one management review."""
    rows = Audit.objects.filter(state=Audit.State.DONE, twin_of=None, team__isnull=False)
    audits = list(rows.select_related("team", "child").order_by("-done_on", "pk")[:60])
    if len(audits) < len(FOUND):
        return
    spread = audits[:: len(audits) // len(FOUND)]
    for audit, (kind, place, words) in zip(spread, FOUND, strict=False):
        _raise(audit, kind, place, words, at)
    _elsewhere(audits[-1], by, at)
    _closed(audits, by, at)
    _review(audits[3], by, at)
    _signed(at)
    head = next(iter(posts.holders(posts.HEAD, None, timezone.localdate(at))), None)
    if head is not None:
        look(by=head, at=at - LAST_SEEN)


def _raise(audit: Audit, kind: str, place: int, words: str, at: datetime) -> None:
    """Raise one; of every other kind the one who answers for it says what is done."""
    themes, when = themes_of(audit), audit.done_at or at
    theme = themes[place][0] if len(themes) > place else ""
    made = raise_finding(audit, by=audit.auditor, at=when, kind=kind, words=words, theme=theme)
    owner = _holder(posts.SERVICE, audit.team, at)
    if owner is not None and (kind == BELOW or place == 0):
        told = {"what": "Go through the plan with the family and the worker.", "owner": owner}
        due = timezone.localdate(at if kind == BELOW else when) + DUE_IN
        act_on(made, by=owner, at=when, version=1, due_on=due, **told)


def _elsewhere(audit: Audit, by: User, at: datetime) -> None:
    """Raise something of another team, whose service manager agrees a plan."""
    teams = Team.objects.exclude(pk=audit.team_id).filter(workers__isnull=False)
    other = teams.filter(parent=audit.team.parent).first() if audit.team else None
    if other is not None:
        words = "The transfer summary came three weeks after the child did."
        when = at - timedelta(5)
        made = raise_finding(audit, by=by, at=when, kind=POOR, words=words, team=other)
        agree_plan(made, by=by, at=at, version=1, on=timezone.localdate(at))


def _closed(audits: Sequence[Audit], by: User, at: datetime) -> None:
    """Put a closed case forward to be opened again, where one was audited."""
    closed = (one for one in audits if one.child is not None and one.child.is_open is False)
    audit = next(closed, None)
    if audit is not None:
        words = "It was closed before anybody had seen the child alone."
        raise_finding(audit, by=by, at=at, kind=AGAIN, words=words)


def _review(audit: Audit, by: User, at: datetime) -> None:
    review = ask_for(audit, by=by, at=at, why="How could it go on for so long?", reviewer=by)
    said = "Three managers had the case within a month, and none of them read it whole."
    write(review, by=by, at=at, version=1, findings=said, learning="")


def _signed(at: datetime) -> None:
    """The service manager has signed the oldest copies."""
    for audit in every_copy().filter(signed_at=None).order_by("done_on", "pk")[:10]:
        signer = _holder(posts.SERVICE, audit.team, at)
        if signer is not None:
            sign(audit, by=signer, at=at, version=audit.version)


def _holder(post: str, team: Team | None, at: datetime) -> User | None:
    return next(iter(posts.holders(post, team, timezone.localdate(at))), None)
