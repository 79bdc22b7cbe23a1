"""Reads of the history and of the view log. Callers have already authorised the viewer."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from evenhand.history.models import Entry, View


class Look(NamedTuple):
    """One look at a record: when, by whom, which page, and the reason where one was given."""

    at: datetime
    name: str
    page: str
    why: str


def looks_at(child_id: int, *, most: int = 20) -> list[Look]:
    """Return the latest looks at a child's record, newest first, with the viewers' names."""
    views = list(View.objects.filter(child_id=child_id).order_by("-at")[:most])
    names = dict(
        get_user_model()
        .objects.filter(pk__in={view.user_id for view in views})
        .values_list("pk", "name")
    )
    return [
        Look(v.at, names.get(v.user_id, "somebody no longer here"), v.page, v.why) for v in views
    ]


def changes_to(child_id: int) -> QuerySet[Entry]:
    """Return what was changed in a child's record, newest first."""
    return Entry.objects.filter(child_id=child_id).select_related("actor").order_by("-at", "-id")
