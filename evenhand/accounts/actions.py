"""Making users and giving them roles."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from evenhand.accounts.models import RoleGrant, Team, User, Worker
from evenhand.accounts.roles import known_role
from evenhand.history.actions import Change, action


@action("user.created")
def create_user(
    *,
    by: User | None,
    at: datetime,
    username: str,
    name: str,
    password: str,
    worker: Worker | None = None,
) -> Change:
    """Make a user who may sign in but sees nothing until a role is given."""
    user = User(username=username, name=name, worker=worker)
    user.set_password(password)
    user.save()
    return Change(user, {"username": (None, username), "name": (None, name)})


@action("role.granted")
def grant(
    user: User, *, by: User | None, at: datetime, role: str, team: Team | None = None
) -> Change:
    """Give a role from today, over a team with the teams below it, or the whole authority.

    ValidationError, naming the nearest, where the adopted packs have no such role.
    """
    known_role(role)
    granted = RoleGrant.objects.create(
        user=user, role=role, team=team, starts_on=timezone.localdate(at)
    )
    return Change(granted, {"role": (None, role), "team": (None, team)})
