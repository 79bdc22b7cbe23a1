"""The demonstration's sign-ins: one for each role, over people who really hold that work.

Production refuses to start with the demonstration on (``config.guard``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from evenhand.accounts.actions import create_user, grant
from evenhand.accounts.models import Role, Team, User, Worker
from evenhand.accounts.queries import by_caseload, by_children_in_role, service_of
from evenhand.accounts.roles import title_of

PASSWORD = "islehaven-demo"  # noqa: S105 (printed on the demonstration's sign-in page)
USERNAMES = {role: role.value.replace("_", "-") for role in Role}
REVIEWING_OFFICER_ROLE = "IRO"
A_YEAR = timedelta(366)
"""So long they have held their posts: what is told of the year behind was told to them."""
MADE_UP_NAMES = {
    Role.QUALITY_ASSURANCE: "Quinn Meadow",
    Role.EQUALITY_LEAD: "Esha Lantern",
    Role.DATA_OFFICER: "Dara Tidewell",
    Role.DIRECTOR: "Dilys Harbour",
    Role.ADMINISTRATOR: "Ada Keystone",
    Role.DATA_PROTECTION_OFFICER: "Piers Warden",
    Role.COMPLAINTS_OFFICER: "Connie Fairweather",
    Role.PARTNER_AUDITOR: "Perry Lightfoot",
}


class SignIn(NamedTuple):
    """One demonstration sign-in, as printed and offered."""

    role: str
    username: str
    name: str
    password: str


class Post(NamedTuple):
    """Who a role's sign-in stands for, and the team it is over."""

    role: Role
    name: str
    worker: Worker | None
    team: Team | None


def sign_ins() -> list[SignIn]:
    """Return the demonstration's sign-ins that exist, in the order of the roles."""
    users = {user.username: user for user in User.objects.filter(username__in=USERNAMES.values())}
    return [
        SignIn(title_of(role), username, users[username].name, PASSWORD)
        for role, username in USERNAMES.items()
        if username in users
    ]


def create(*, at: datetime) -> list[SignIn]:
    """Make what is missing of one sign-in per role, from the workers now held; return them all."""
    existing = set(User.objects.values_list("username", flat=True))
    for post in _posts():
        if USERNAMES[post.role] not in existing:
            _create(post, at=at)
    return sign_ins()


def _create(post: Post, *, at: datetime) -> None:
    user = create_user(
        by=None,
        at=at,
        username=USERNAMES[post.role],
        name=post.name,
        password=PASSWORD,
        worker=post.worker,
    )
    began = timezone.localdate(at) - A_YEAR
    grant(user, by=None, at=at, role=post.role, team=post.team, starts_on=began)


def _posts() -> Iterator[Post]:
    named = Q(job_title__icontains="social worker")
    held = by_caseload().filter(team__isnull=False, caseload__gt=0)
    social_worker = held.filter(named).first() or held.first()
    if social_worker is not None and social_worker.team is not None:
        yield Post(Role.SOCIAL_WORKER, str(social_worker), social_worker, None)
        yield from _managers(social_worker, social_worker.team)
    officer = by_children_in_role(REVIEWING_OFFICER_ROLE).first()
    if officer is not None:
        yield Post(Role.REVIEWING_OFFICER, str(officer), officer, None)
    for role, name in MADE_UP_NAMES.items():
        yield Post(role, name, None, None)


def _managers(worker: Worker, team: Team) -> Iterator[Post]:
    manager = worker.manager or _named("manager", team)
    service = service_of(team)
    head = (manager.manager if manager else None) or _named("service manager", service)
    yield Post(Role.TEAM_MANAGER, str(manager or "Morgan Ferry"), manager, team)
    yield Post(Role.SERVICE_MANAGER, str(head or "Sol Lockwell"), head, service)


def _named(title: str, team: Team) -> Worker | None:
    return Worker.objects.filter(
        Q(job_title__icontains=title), Q(team=team) | Q(team__parent=team)
    ).first()
