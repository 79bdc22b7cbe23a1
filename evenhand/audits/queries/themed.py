"""Audits beside the year, each of a theme that somebody asked for: of which kinds, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Q
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits import pack
from evenhand.audits.models import Audit, Sample
from evenhand.audits.queries.populations import CHILDREN
from evenhand.audits.queries.samples import samples_for
from evenhand.rules.states import State


class Themed(NamedTuple):
    """A themed audit: how many of its files are done of those needed, and how it stands."""

    sample: Sample
    done: int
    needed: int
    state: State


def kinds() -> list[pack.Type]:
    """Return the kinds of audit that are of a child's file."""
    of_files = {one.type.id for one in pack.lines().values() if one.population == CHILDREN}
    return [one for id_, one in pack.types().items() if id_ in of_files]


def themed_in(viewer: User, year: int, now: datetime) -> Sequence[Themed]:
    """Return the themed audits due in a year that a viewer may see, in order of day. One query."""
    done = Q(files__audits__state=Audit.State.DONE)
    in_time = done & Q(files__audits__done_on__lte=F("due_on"))
    rows = samples_for(viewer).filter(slot=None, due_on__year=year).annotate(
        needed=Count("files", filter=Q(files__left_out_why=""), distinct=True),
        done=Count("files", filter=done, distinct=True),
        in_time=Count("files", filter=in_time, distinct=True),
    )  # fmt: skip
    today = timezone.localdate(now)
    return [_themed(one, today) for one in rows.order_by("due_on", "pk")]


def _themed(one: Any, today: date) -> Themed:
    if one.in_time >= one.needed:
        return Themed(one, one.done, one.needed, State.KEPT)
    if one.done >= one.needed:
        return Themed(one, one.done, one.needed, State.KEPT_LATE)
    return Themed(one, one.done, one.needed, State.LATE if today > one.due_on else State.OPEN)
