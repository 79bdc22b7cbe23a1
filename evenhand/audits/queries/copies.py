"""Copies of finished audits: handed over in supervision, and forwarded once they are signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits import judging, pack
from evenhand.audits.models import Audit
from evenhand.audits.queries import posts
from evenhand.audits.queries.reach import audits_for
from evenhand.rules.arithmetic import add_months
from evenhand.rules.states import State

Supervision: Final[Any] = Audit._meta.get_field("passed_in").related_model
"""The room of supervision stands beside this one; its table is met by the key that leads there."""


class Copy(NamedTuple):
    """One audit's copy: by when it is to be handed over, whether it is outstanding, and how it
    stands with being forwarded. ``manager`` and ``service`` are those who hand it over and sign."""

    audit: Audit
    hand_over_by: date
    is_outstanding: bool
    forwarded: judging.Stand
    manager: str
    service: str

    @property
    def is_not_forwarded(self) -> bool:
        """Whether its time to be signed is over, and nobody has."""
        return self.forwarded.state is State.LATE


def every_copy() -> QuerySet[Audit]:
    """Return every audit whose copy is passed on."""
    types = [one.id for one in pack.types().values() if one.is_passed_on]
    return Audit.objects.filter(type__in=types, state=Audit.State.DONE, twin_of=None)


def copies_for(viewer: User, *, settled: bool = False) -> QuerySet[Audit]:
    """Return the audits whose copies are passed on and that a viewer may read: those that wait to
    be handed over or signed, the oldest first; or (``settled``) the others, the newest first."""
    rows = audits_for(viewer).filter(pk__in=every_copy().values("pk"))
    waits = Q(passed_in=None) | Q(signed_at=None)
    beside = rows.select_related(
        "child", "team", "auditor", "passed_in", "signed_by"
    )  # fmt: skip
    if settled:
        return beside.exclude(waits).order_by("-done_on", "-pk")
    return beside.filter(waits).order_by("done_on", "pk")


def as_shown(audits: Iterable[Audit], now: datetime) -> list[Copy]:
    """Return how each copy stands now. Four queries for any number."""
    found, today = list(audits), timezone.localdate(now)
    teams = {one.team_id for one in found if one.team_id is not None}
    managers = posts.holders_over(posts.TEAM, teams, today)
    services = posts.holders_over(posts.SERVICE, teams, today)
    judged = cache(lambda done, signed: judging.forwarded(done, signed, now))
    return [_shown(one, managers, services, judged, today) for one in found]


def _shown(
    audit: Audit,
    managers: Mapping[int, Sequence[User]],
    services: Mapping[int, Sequence[User]],
    judged: Any,
    today: date,
) -> Copy:
    done = audit.done_on or today
    by, team = hand_over_by(done, today), audit.team_id or 0
    signed = timezone.localdate(audit.signed_at) if audit.signed_at else None
    return Copy(
        audit, by, audit.passed_in_id is None and today > by, judged(done, signed),
        posts.named(managers.get(team, ()), posts.TEAM),
        posts.named(services.get(team, ()), posts.SERVICE),
    )  # fmt: skip


def hand_over_by(done_on: date, today: date) -> date:
    """Return the last day on which a copy is handed over: of the month, or months, after."""
    months = pack.limit("passed-on-in", today)
    return add_months(done_on.replace(day=1), months + 1) - timedelta(days=1)


def supervisions_of(audit: Audit) -> list[Any]:
    """Return the supervisions in which a copy can have been handed over: those of the team's
    manager from the day of the audit on, the first one first."""
    managers = posts.holders(posts.TEAM, audit.team, timezone.localdate())
    workers = [user.worker_id for user in managers if user.worker_id is not None]
    rows = Supervision.objects.filter(worker__in=workers, entered_in_error=False)
    rows = rows.filter(held_on__gte=audit.done_on) if audit.done_on else rows
    return list(rows.select_related("worker").order_by("held_on", "pk"))


def is_passed_on(audit: Audit) -> bool:
    """Whether an audit is done and its copy goes to the service manager in supervision."""
    type_ = pack.types().get(audit.type)
    return bool(type_ and type_.is_passed_on and audit.state == Audit.State.DONE
                and audit.twin_of_id is None)  # fmt: skip


def may_hand_over(viewer: User, audit: Audit) -> bool:
    """Whether a viewer can say that a copy was handed over: who manages the team, or above."""
    return posts.is_post(viewer, posts.TEAM, audit.team) or may_sign(viewer, audit)


def may_sign(viewer: User, audit: Audit) -> bool:
    """Whether a viewer is the service manager over the audited team."""
    return posts.is_post(viewer, posts.SERVICE, audit.team)
