"""Records and rights: what there is to do about them, and how much of it waits for this viewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.components import Cell, Column, Table
from evenhand.people.models import Child
from evenhand.people.queries.access import not_reviewed
from evenhand.records.queries import complaints_for, requests_for
from evenhand.retention.native import children_with_unfiled
from evenhand.retention.queries import at_source, corrections_for, due_for, waiting_for

Counted = Callable[[User, datetime], int]


class Place(NamedTuple):
    """One kind of work: where it is, who may do it, and how many things wait there."""

    words: str
    what_for: str
    route: str
    permission: str
    waiting: Counted | None = None


def _requests(viewer: User, _now: datetime) -> int:
    return requests_for(viewer).filter(answered_on=None).count()


def _complaints(viewer: User, _now: datetime) -> int:
    return complaints_for(viewer).filter(outcome_told_on=None).count()


def _opened(viewer: User, _now: datetime) -> int:
    return not_reviewed(viewer).count()


def _unfiled(viewer: User, _now: datetime) -> int:
    return children_with_unfiled(Child.objects.visible_to(viewer).values("pk")).count()


def _corrections(viewer: User, _now: datetime) -> int:
    return corrections_for(viewer).filter(closed_at=None).count()


def _at_source(_viewer: User, _now: datetime) -> int:
    return at_source().count()


def _retention(viewer: User, now: datetime) -> int:
    return due_for(viewer, timezone.localdate(now)).count() + waiting_for(viewer).count()


PLACES: tuple[Place, ...] = (
    Place(
        "Requests to see records",
        "Somebody asked what we hold about them: answer within the time the law gives.",
        "records:requests", "records.view", _requests,
    ),
    Place(
        "Data complaints", "Somebody is unhappy with how we use personal data.",
        "records:complaints", "data_complaints.manage", _complaints,
    ),
    Place(
        "Corrections", "Somebody says that a record is wrong: decide, and tell them.",
        "retention:corrections", "corrections.record", _corrections,
    ),
    Place(
        "To put right", "What is to be put right in the case system itself.",
        "retention:at-source", "corrections.source", _at_source,
    ),
    Place(
        "To file", "What only Evenhand holds and the child's case file does not.",
        "retention:unfiled", "filing.record", _unfiled,
    ),
    Place(
        "Opened for a while", "Records that people without reach opened, with their reasons.",
        "people:lent-list", "access.view", _opened,
    ),
    Place(
        "Looks at records", "Who looked at what, where it is worth a question.",
        "pages:looks", "history.questions",
    ),
    Place(
        "Retention", "How long records are kept, and those whose time is over.",
        "retention:overview", "retention.view", _retention,
    ),
)  # fmt: skip


def places_for(viewer: User) -> Iterator[Place]:
    """Yield the kinds of work that the viewer may do."""
    return (place for place in PLACES if may(viewer, place.permission))


def places_table(viewer: User, now: datetime) -> Table:
    """What there is to do, what it is for, and how much of it waits."""
    rows = [
        [Cell(one.words, url=reverse(one.route)), one.what_for, _waits(one, viewer, now)]
        for one in places_for(viewer)
    ]
    headings = ["Where", "What it is for", Column("Waiting", numeric=True)]
    return Table("What there is to do", headings, rows, caption_hidden=True)


def _waits(place: Place, viewer: User, now: datetime) -> int | None:
    return place.waiting(viewer, now) if place.waiting else None


@requires("rights.view")
@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """Show what there is to do about records and the rights of those they are about."""
    table = places_table(cast(User, request.user), timezone.now())
    return render(request, "pages/rights.html", {"table": table})
