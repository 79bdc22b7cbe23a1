"""Whose sources differ: what one record says of a person and another says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.design.paging import page_of
from evenhand.people.access_rules import sensitive
from evenhand.people.models import Adult, Child, IdentityStanding, IdentityStatement
from evenhand.people.models.closing import closing_of
from evenhand.people.pack import item_called
from evenhand.people.queries.about import said_of
from evenhand.policy import Ask


class Difference(NamedTuple):
    """One item on which sources differ: of whom, and what each now says, newest first."""

    child: Child
    adult: Adult | None
    item: Ask
    statements: list[IdentityStatement]


def differences_for(viewer: User) -> QuerySet[IdentityStanding]:
    """Return the standings in conflict of people the viewer may see, of nothing sensitive."""
    found = IdentityStanding.objects.filter(conflict=True).order_by("characteristic", "pk")
    found = found.exclude(characteristic__in=sensitive())
    if scope_of(viewer).persons.everyone and not closing_of(viewer).closed:
        return found
    mine = Child.objects.visible_to(viewer)
    child = Exists(mine.filter(pk=OuterRef("child")))
    parent = Exists(mine.filter(relationships__adult=OuterRef("adult")))
    return found.filter(child | parent)


def differences_page(
    viewer: User, number: str | None
) -> tuple[Page[IdentityStanding], list[Difference]]:
    """Return one page of differences, with the statements that differ."""
    page = page_of(differences_for(viewer), number)
    return page, [found for row in page.object_list if (found := _difference(row, viewer))]


def _difference(row: IdentityStanding, viewer: User) -> Difference | None:
    child = _child(row, viewer)
    if child is None:
        return None
    said = IdentityStatement.objects.filter(
        characteristic=row.characteristic, status="answered", entered_in_error=False
    )
    newest = (
        said.filter(said_of(row.adult or child))
        .select_related("asked_by")
        .order_by("-recorded_at", "-pk")
    )
    return Difference(child, row.adult, item_called(row.characteristic), _one_a_voice(newest))


def _child(row: IdentityStanding, viewer: User) -> Child | None:
    mine = Child.objects.visible_to(viewer).select_related("team", "worker")
    if row.child_id:
        return mine.filter(pk=row.child_id).first()
    return mine.filter(relationships__adult=row.adult_id).order_by("pk").first()


def _one_a_voice(newest_first: Sequence[IdentityStatement]) -> list[IdentityStatement]:
    held: dict[tuple[str, str, str], IdentityStatement] = {}
    for row in newest_first:
        held.setdefault((row.said_by, row.source, row.how if row.said_by == "worker" else ""), row)
    return list(held.values())
