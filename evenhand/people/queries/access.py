"""Reads of closed records, and of access for a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from evenhand.accounts.models import Team, User
from evenhand.accounts.scope import scope_of
from evenhand.people.access_rules import lending_reasons
from evenhand.people.models import (
    Child,
    OwnFamily,
    Relationship,
    Restriction,
    TemporaryAccess,
)
from evenhand.people.models.closing import closing_of, in_force
from evenhand.people.queries.numbers import with_number
from evenhand.people.queries.reach import of_child


def restriction_of(child: Child, *, now: datetime) -> Restriction | None:
    """Return the restriction that holds now of a child whom the caller found."""
    whose = of_child(child)
    held = in_force(now).filter(whose).select_related("restricted_by")
    return held.prefetch_related("names__user", "names__team").first()


def family_of(child: Child) -> QuerySet[OwnFamily]:
    """Return who has declared this child, or a parent or carer of theirs, to be their family."""
    adults = Relationship.objects.filter(of_child(child))
    whose = of_child(child) | Q(adult__in=adults.values("adult"))
    held = OwnFamily.objects.filter(whose, ended_at=None).select_related("user", "child", "adult")
    return held.order_by("pk")


def found_to_lend(
    viewer: User, *, number: str = "", forename: str = "", surname: str = "", born_on: date | None
) -> Child | None:
    """Return the one child with exactly this number, or this whole name and day of birth.

    None where there is none, where there are several, and where the record is closed to the
    viewer: the three are told apart by nothing that the viewer sees. A record that is found opens
    at once and its worker is told, so that guessing shows; a guess that finds nothing is written
    to the history without what was guessed.
    """
    kept = Child.objects.filter(merged_into=None).exclude(pk__in=closing_of(viewer).closed)
    if number.strip():
        found = kept.filter(pk__in=with_number(number.strip()))
    elif forename.strip() and surname.strip() and born_on is not None:
        found = kept.filter(
            forename__iexact=forename.strip(), surname__iexact=surname.strip(), born_on=born_on
        )
    else:
        return None
    few = list(found[:2])
    return few[0] if len(few) == 1 else None


def lent_to_others(viewer: User) -> QuerySet[TemporaryAccess]:
    """Return who opened records for a while that the viewer may open by role, the newest first."""
    closing = closing_of(viewer)
    own = Child.objects.filter(merged_into=None).within(scope_of(viewer).persons)
    rows = TemporaryAccess.objects.exclude(user=viewer).exclude(child__in=closing.closed)
    found = rows.filter(child__in=own.values("pk")).select_related("child", "user", "reviewed_by")
    return found.order_by("-starts_at", "-pk")


def not_reviewed(viewer: User) -> QuerySet[TemporaryAccess]:
    """Return those of them that nobody has looked at yet."""
    return lent_to_others(viewer).filter(verdict="")


def why_lent(viewer: User, child: Child, *, now: datetime) -> str:
    """Return in words why the viewer has the record for a while; empty where it is not lent."""
    if child.pk not in closing_of(viewer).lent:
        return ""
    whose = of_child(child)
    held = TemporaryAccess.objects.filter(whose, user=viewer, ends_at__gt=now)
    lent = held.order_by("-starts_at").first()
    return "" if lent is None else f"Temporary access. {in_words(lent)}"


def in_words(lent: TemporaryAccess) -> str:
    """Return the reason given, in the packs' words and the asker's."""
    label = lending_reasons().get(lent.reason, lent.reason)
    return f"{label}: {lent.because}"


def people_called(names: Iterable[str]) -> tuple[list[User | Team], list[str]]:
    """Return the people and teams of these names, and the names that are nobody's or several's.

    A username, or a whole name of a person or of a team, whatever the capital letters.
    """
    found: list[User | Team] = []
    unknown: list[str] = []
    for name in dict.fromkeys(name.strip() for name in names if name.strip()):
        users = User.objects.filter(is_active=True)
        called = list(users.filter(username__iexact=name)) or [
            *users.filter(name__iexact=name)[:2],
            *Team.objects.filter(name__iexact=name)[:2],
        ]
        found += called if len(called) == 1 else []
        unknown += [] if len(called) == 1 else [name]
    return found, unknown
