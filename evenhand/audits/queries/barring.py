"""Whose files somebody may not audit: their own, their family's or team's, those closed to them."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Q

from evenhand.accounts.models import User
from evenhand.people.models import Child, FamilyMember, Involvement, OwnFamily, Relationship
from evenhand.people.models.closing import KEPT_CHILD, closing_of

OWN_WORK = "It is their own work"
FAMILY = "The child is of their own family"
OWN_TEAM = "It is a file of their own team"
CLOSED = "The record is closed to them"


class Barring(NamedTuple):
    """What one auditor may not audit: workers and teams that are theirs, and children by key.

    ``closed`` holds the records closed to them, those of their family among them.
    """

    auditor: User
    worker: int | None
    teams: frozenset[int]
    own: frozenset[int]
    family: frozenset[int]
    closed: frozenset[int]

    def why(
        self, child: int | None, workers: Collection[int | None] = (), team: int | None = None
    ) -> str:
        """Return why a file is not theirs to audit; empty where it is.

        ``child`` is the key of the record kept where two were merged; ``workers`` are those whose
        work the file shows.
        """
        if child in self.family:
            return FAMILY
        if child in self.own or (self.worker is not None and self.worker in workers):
            return OWN_WORK
        if team is not None and team in self.teams:
            return OWN_TEAM
        return CLOSED if child in self.closed else ""


def barring_of(auditor: User, *, own_team: bool = False) -> Barring:
    """Return what an auditor may not audit; ``own_team``: files of their own team they may."""
    worker = auditor.worker
    teams = set() if own_team or worker is None else {worker.team_id}
    return Barring(
        auditor,
        auditor.worker_id,
        frozenset(team for team in teams if team is not None),
        _own(auditor.worker_id),
        _family(auditor),
        closing_of(auditor).closed,
    )


def _own(worker: int | None) -> frozenset[int]:
    """Return the children with whom a worker works, or has worked in any part."""
    if worker is None:
        return frozenset()
    allocated = Child.objects.filter(worker=worker).values_list("pk", flat=True)
    involved = Involvement.objects.filter(worker=worker, withdrawn=False).order_by()
    return frozenset(allocated) | frozenset(involved.values_list(KEPT_CHILD, flat=True))


def _family(auditor: User) -> frozenset[int]:
    """Return the children that somebody declared to be of their own family, and these's kin:
    children of the same adults, and of the same family in the case system."""
    declared = OwnFamily.objects.filter(user=auditor, ended_at=None)
    named = set(declared.exclude(child=None).values_list("child_id", flat=True))
    adults = set(declared.exclude(adult=None).values_list("adult_id", flat=True))
    if not named and not adults:
        return frozenset()
    whose = Q(child__in=named) | Q(child__merged_into__in=named)
    adults |= set(Relationship.objects.filter(whose).values_list("adult_id", flat=True))
    families = FamilyMember.objects.filter(whose).order_by().values("family")
    kept = Child.objects.filter(pk__in=named).values_list("pk", "merged_into_id")
    return (
        frozenset(merged or pk for pk, merged in kept)
        | _kept(Relationship.objects.filter(adult__in=adults))
        | _kept(FamilyMember.objects.filter(family__in=families))
    )


def _kept(rows: object) -> frozenset[int]:
    return frozenset(rows.order_by().values_list(KEPT_CHILD, flat=True))  # type: ignore[attr-defined]
