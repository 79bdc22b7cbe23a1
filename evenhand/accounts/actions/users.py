"""Making users, giving and ending their roles, and closing their accounts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from evenhand.accounts.models import RoleGrant, Session, Team, User, Worker
from evenhand.accounts.queries.users import must_set_up_second_step
from evenhand.accounts.roles import known_role
from evenhand.history.actions import Change, action
from evenhand.problems import Problem

DIRECTORY = "directory"
"""The source of a role that single sign-on gave."""


@action("user.created")
def create_user(
    *,
    by: User | None,
    at: datetime,
    username: str,
    name: str,
    password: str | None = None,
    worker: Worker | None = None,
    email: str = "",
) -> Change:
    """Make a user who sees nothing until a role is given.

    Without a password nobody signs in as them until an invitation is taken up. Raises Problem for
    a username that somebody has, in whatever capitals, and for a worker who is somebody already.
    """
    _refuse_taken(username, worker)
    user = User(username=username, name=name, worker=worker, email=email)
    user.set_password(password)
    user.save()
    return Change(user, {"username": (None, username), "name": (None, name)})


@action("user.changed")
def change_user(
    user: User, *, by: User, at: datetime, name: str, email: str, worker: Worker | None
) -> Change:
    """Change a user's name, e-mail address, or who they are among the workers."""
    _refuse_taken("", worker, but=user)
    told = {"name": name, "email": email, "worker": worker}
    changes = {key: (getattr(user, key), new) for key, new in told.items()}
    user.name, user.email, user.worker = name, email, worker
    user.save(update_fields=list(told))
    return Change(user, {key: pair for key, pair in changes.items() if pair[0] != pair[1]})


@action("role.granted")
def grant(
    user: User,
    *,
    by: User | None,
    at: datetime,
    role: str,
    team: Team | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    source: str = "",
) -> Change:
    """Give a role over a team with the teams below it, or the whole authority; from today at first.

    Where it asks for a second step that the person has not set up, their sessions end: they set it
    up when they sign in again. ValidationError, naming the nearest, where the adopted packs have no
    such role. Raises Problem for a role to oneself, one that ends before it starts, or one that is
    held already.
    """
    known_role(role)
    starts_on = starts_on or timezone.localdate(at)
    _refuse_own(user, by)
    if ends_on is not None and ends_on < starts_on:
        raise Problem("The last day is before the first.", "Give a later one, or leave it empty.")
    if user.grants.filter(role=role, team=team, ends_on=None).exists():
        raise Problem("This person has that role already.", "End it first, to give it anew.")
    user.grants.filter(role=role, team=team, starts_on=starts_on).delete()
    granted = RoleGrant.objects.create(
        user=user, role=role, team=team, starts_on=starts_on, ends_on=ends_on, source=source
    )
    given = {"role": role, "team": team, "starts_on": starts_on, "ends_on": ends_on}
    told = {key: (None, value) for key, value in given.items() if value or key in {"role", "team"}}
    if not source and must_set_up_second_step(User.objects.get(pk=user.pk)):
        user.sessions.all().delete()
    told |= {"source": (None, source)} if source else {}
    return Change(user, told, result=granted)


@action("role.ended")
def end_grant(granted: RoleGrant, *, by: User | None, at: datetime) -> Change:
    """End a role at once: it gives nothing from the next page on.

    A role's last day counts, so that one given today is taken away whole; history tells of it.
    """
    _refuse_own(granted.user, by)
    today, before = timezone.localdate(at), granted.ends_on
    if granted.starts_on >= today:
        granted.delete()
    else:
        granted.ends_on = today - timedelta(days=1)
        granted.save(update_fields=["ends_on"])
    ended = {"role": (granted.role, None), "team": (granted.team, None)}
    return Change(granted.user, {**ended, "ends_on": (before, today)})


@action("account.closed")
def close_account(user: User, *, by: User, at: datetime, reason: str) -> Change:
    """Let nobody sign in as this person any more, and end every session of theirs."""
    _refuse_own(user, by, "An account is closed by another administrator.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    Session.objects.filter(user=user).delete()
    return Change(user, {"is_active": (True, False)}, reason=reason)


@action("account.reopened")
def reopen_account(user: User, *, by: User, at: datetime, reason: str) -> Change:
    """Let a person sign in again whose account was closed."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    return Change(user, {"is_active": (False, True)}, reason=reason)


def _refuse_taken(username: str, worker: Worker | None, *, but: User | None = None) -> None:
    if username and User.objects.filter(username__iexact=username).exists():
        raise Problem(f"Somebody signs in as {username} already.", "Choose another username.")
    holder = User.objects.filter(worker=worker).exclude(pk=but.pk if but else None).first()
    if worker is not None and holder is not None:
        raise Problem(
            f"{worker} signs in as {holder.username} already.", "Give that user the roles instead."
        )


def _refuse_own(
    user: User, by: User | None, sentence: str = "Nobody gives or ends their own roles."
) -> None:
    if by is not None and by.pk == user.pk:
        raise Problem(sentence, "Ask another administrator.")
