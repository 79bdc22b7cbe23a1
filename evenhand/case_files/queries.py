"""Reads of case files: one child's, and the children by when they were last seen alone."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F, Max, Q, QuerySet

from evenhand.accounts.models import Team, User
from evenhand.accounts.scope import with_teams_below
from evenhand.case_files.file import File
from evenhand.case_files.found import Read
from evenhand.case_files.pack import CASE_FILE
from evenhand.case_files.reading import lines_of
from evenhand.people.models import Child

LOOKED_AFTER = "looked-after"


def case_file_of(child: Child, viewer: User, *, now: datetime) -> list[Read]:
    """Return each line of the case file that applies, and how it stands; for pages and audits.

    The caller found the child by ``child_for``.
    """
    return lines_of(File(child, viewer, now), CASE_FILE)


def seen_alone(viewer: User, team: Team | None, *, today: date) -> QuerySet[Child]:
    """Return the viewer's open children who have visits, with ``alone_on``: the longest ago first.

    ``team`` narrows them to it and the teams below.
    """
    rows = Child.objects.visible_to(viewer).filter(is_open=True)
    if team is not None:
        rows = rows.filter(team__in=with_teams_below({team.pk}))
    seen = Q(visits__seen_alone=True, visits__withdrawn=False, visits__held_on__lte=today)
    rows = rows.annotate(
        visited=Max("visits__held_on"), alone_on=Max("visits__held_on", filter=seen)
    )
    order = (F("alone_on").asc(nulls_first=True), "surname", "pk")
    return rows.exclude(visited=None).select_related("worker").order_by(*order)
