"""The whole of a bundle: every part, in the order in which it is read."""

from __future__ import annotations

from datetime import datetime

from evenhand.accounts.models import User
from evenhand.records.contents import Section
from evenhand.records.gathering import events, people, traces
from evenhand.records.gathering.about import about_of
from evenhand.records.models import RecordsRequest

PARTS = (
    people.who_you_are,
    people.said_of_you,
    people.your_family,
    people.who_works_with_you,
    events.what_happened,
    events.what_was_promised,
    traces.requests_to_see,
    traces.who_looked,
    traces.what_was_changed,
    traces.where_sources_differ,
    traces.what_was_written,
    events.every_detail,
    traces.all_else,
)


def gathered(request: RecordsRequest, viewer: User, now: datetime) -> list[Section]:
    """Return everything held of the child of a request, for who asked; empty parts say so.

    The caller has found the child through ``child_for``: a viewer who may not see the child
    gathers no events.
    """
    about = about_of(request, viewer, now)
    return [part(about) for part in PARTS]
