"""The roles and permissions of the adopted packs, read once in each process."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError

from evenhand.policy import RoleRule, Roles, folder_of
from evenhand.policy import roles as packs
from evenhand.policy.errors import nearest


def roles() -> Roles:
    """Return the roles of the pack named by the setting ``ADOPTED_PACK`` and those it adopts."""
    return _load(settings.ADOPTED_PACK)


@cache
def _load(name: str) -> Roles:
    return packs.load([folder_of(name)])


def role_called(key: str) -> RoleRule | None:
    """Return a role; None where the packs have none (any more), which then gives nothing."""
    return roles().roles.get(key)


def title_of(key: str) -> str:
    """Return a role's title; the key itself, in words, where the packs have no such role."""
    role = role_called(key)
    return role.title if role else key.replace("_", " ")


def known_role(key: str) -> None:
    """Refuse the key of no role, naming the nearest one."""
    if role_called(key) is None:
        held = roles().roles
        remedy = nearest(key, held, f"Use one of: {', '.join(held)}.")
        raise ValidationError(f'No role is called "{key}". {remedy}')
