"""Discrimination that children met: read by those close to the child, counted in memory."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q, QuerySet

from evenhand.accounts.models import User
from evenhand.feedback import pack
from evenhand.feedback.models import DiscriminationMet
from evenhand.people.models import Child
from evenhand.people.queries.about import closeness_of
from evenhand.people.queries.reach import counted, of_child
from evenhand.rules.periods import Span


def may_read_notes(child: Child, viewer: User) -> bool:
    """Whether the viewer stands so to the child that the packs let them read such notes."""
    return not closeness_of(child, viewer).isdisjoint(pack.shown_to())


def notes_of(child: Child, viewer: User) -> QuerySet[DiscriminationMet]:
    """Return a child's notes: all to those close to the child, to others what they wrote.

    The caller has found the child through ``child_for``.
    """
    rows = DiscriminationMet.objects.filter(of_child(child)).select_related("recorded_by")
    who = Q() if may_read_notes(child, viewer) else Q(recorded_by=viewer)
    return rows.filter(who).order_by("-noted_on", "-pk")


def by_ground(viewer: User, quarter: Span) -> Counter[str]:
    """Return how many notes of a quarter are of each ground, within the viewer's counts.

    Each is opened in memory and nowhere kept. Raises WrongKey where the key is not in use.
    """
    rows = DiscriminationMet.objects.filter(noted_on__range=quarter).only("ref", "ground")
    return Counter(note.ground for note in counted(viewer, rows))
