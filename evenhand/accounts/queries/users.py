"""Reads of users, for those who may manage them and for the person themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from evenhand.accounts.models import RoleGrant, SecondStep, Session, User, Worker
from evenhand.accounts.roles import role_called
from evenhand.accounts.scope import scope_of
from evenhand.history.models import Entry


def users() -> QuerySet[User]:
    """Return every user, those whose account is open first, by name."""
    return User.objects.select_related("worker", "second_step").order_by("-is_active", "name")


def grants_of(user: User) -> QuerySet[RoleGrant]:
    """Return every role a user has or had, those that last first."""
    return user.grants.select_related("team").order_by("-starts_on", "pk")


def grants_in_force(user: User, today: date) -> QuerySet[RoleGrant]:
    """Return the roles that hold today or begin later."""
    return grants_of(user).filter(Q(ends_on=None) | Q(ends_on__gte=today))


def in_force(today: date, *, role: str) -> QuerySet[RoleGrant]:
    """Return who holds a role today."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=today)
    return RoleGrant.objects.filter(lasting, role=role, starts_on__lte=today)


def changes_of(user: User) -> QuerySet[Entry]:
    """Return what was changed of a user, newest first."""
    entries = Entry.objects.filter(subject=User._meta.label_lower, subject_id=user.pk)
    return entries.select_related("actor").order_by("-at", "-pk")


def workers_without_user(user: User | None = None) -> QuerySet[Worker]:
    """Return the workers who do not sign in yet, and the one whom ``user`` is."""
    free = Q(user=None) if user is None else Q(user=None) | Q(user=user)
    return Worker.objects.filter(free).order_by("name", "code")


def second_step_of(user: User) -> SecondStep | None:
    """Return the second step that a person signs in with; None while none is set up."""
    return SecondStep.objects.filter(user=user).exclude(confirmed_at=None).first()


def must_set_up_second_step(user: User) -> bool:
    """Say whether a role of the person's asks for a second step that they have not."""
    if not settings.SECOND_STEP_BY_ROLE or second_step_of(user) is not None:
        return False
    held = (role_called(role) for role in scope_of(user).roles)
    return any(role.needs_second_step for role in held if role is not None)


def sessions_of(user: User, *, now: datetime) -> QuerySet[Session]:
    """Return a person's sessions, the one used last first."""
    return Session.objects.filter(user=user, expire_date__gt=now).order_by("-used_at")
