"""Which forms a viewer is offered: alone, about a child, and about each of a child's events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.recording import sets
from evenhand.recording.models import Recording
from evenhand.recording.queries import Event, events_of
from evenhand.rules.question_sets import QuestionSet

MOST_EVENTS = 5
OTHER = "Other"


class Offered(NamedTuple):
    """A form to fill in, in words, and where; ``register`` lists those that were filled in."""

    words: str
    url: str
    is_there: bool = False
    register: str = ""


class OfEvent(NamedTuple):
    """The forms of one event of a child, those that are written down first."""

    words: str
    offered: list[Offered]


Groups = Mapping[str, list[Offered]]


def offered_alone(viewer: User, today: date) -> Groups:
    """Return the forms that may be filled in about no child, by group; where one may only read,
    what was written down on them."""
    found = [
        (asked, _alone(asked, viewer))
        for asked in sets.forms_on(today)
        if asked.of_child != "needed" and not asked.room
    ]
    return _grouped(found)


def _alone(asked: QuestionSet, viewer: User) -> Offered:
    url = reverse("recording:new", args=[asked.id]) if _may_write(viewer, asked) else ""
    return Offered(asked.title, url, register=reverse("recording:register", args=[asked.id]))


def offered_of(viewer: User, child: Child, today: date) -> Groups:
    """Return the forms to fill in about a child itself, by group."""
    found = [
        (asked, Offered(asked.title, reverse("recording:new-of-child", args=[child.ref, asked.id])))
        for asked in _writable(viewer, today)
        if asked.of_child != "no" and (asked.is_own or asked.subject == sets.CHILD)
    ]
    return _grouped(found)


def offered_of_events(viewer: User, child: Child, today: date) -> list[OfEvent]:
    """Return the newest events of a child with the forms of each, the newest first."""
    about: dict[str, list[QuestionSet]] = {}
    for one in _writable(viewer, today):
        if not one.is_own and one.subject != sets.CHILD:
            about.setdefault(one.subject, []).append(one)
    there = _there(child)
    return [
        OfEvent(event.words, _of_event(child, event, about[event.subject], there))
        for event in newest_of(child, about)
    ]


def newest_of(child: Child, subjects: Iterable[str]) -> list[Event]:
    """Return some of the newest events of each of these kinds, the newest of all first."""
    kept: list[Event] = []
    seen: Counter[str] = Counter()
    for event in sorted(events_of(child, subjects), key=lambda one: one.on or date.min)[::-1]:
        seen[event.subject] += 1
        if seen[event.subject] <= MOST_EVENTS:
            kept.append(event)
    return kept


def _of_event(
    child: Child, event: Event, forms: Iterable[QuestionSet], there: Mapping[tuple[str, int], str]
) -> list[Offered]:
    found = [_about(child, asked, event, there) for asked in forms]
    return sorted(found, key=lambda one: not one.is_there)


def _about(
    child: Child, asked: QuestionSet, event: Event, there: Mapping[tuple[str, int], str]
) -> Offered:
    ref = there.get((asked.id, event.pk)) if asked.is_once else None
    if ref is not None:
        return Offered(asked.title, reverse("recording:one", args=[ref]), is_there=True)
    url = reverse("recording:new-about", args=[child.ref, asked.id, event.ref])
    return Offered(asked.title, url)


def _there(child: Child) -> Mapping[tuple[str, int], str]:
    rows = Recording.objects.filter(of_child(child), entered_in_error=False)
    found = rows.exclude(about_id=None).values_list("form", "about_id", "ref")
    return {(form, about_id): ref for form, about_id, ref in found if about_id is not None}


def _writable(viewer: User, today: date) -> list[QuestionSet]:
    return [one for one in sets.forms_on(today) if _may_write(viewer, one)]


def _may_write(viewer: User, asked: QuestionSet) -> bool:
    is_ours = not asked.room
    return is_ours and may(viewer, "recording.write") and may(viewer, asked.permission)


def _grouped(found: Iterable[tuple[QuestionSet, Offered]]) -> Groups:
    groups: dict[str, list[Offered]] = {}
    for asked, offered in found:
        groups.setdefault(asked.group or OTHER, []).append(offered)
    return groups
