"""Which forms a viewer is offered: alone, about a child, and about each of a child's events."""

from __future__ import annotations

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
    """A form to fill in, in words, and where."""

    words: str
    url: str
    is_there: bool = False


Groups = Mapping[str, list[Offered]]


def offered_alone(viewer: User, today: date) -> Groups:
    """Return the forms that may be filled in about no child, by group."""
    found = [
        (asked, Offered(asked.title, reverse("recording:new", args=[asked.id])))
        for asked in _allowed(viewer, today)
        if asked.of_child != "needed"
    ]
    return _grouped(found)


def offered_of(viewer: User, child: Child, today: date) -> Groups:
    """Return the forms to fill in about a child and its newest events, by group."""
    allowed = _allowed(viewer, today)
    found = [
        (asked, Offered(asked.title, reverse("recording:new-of-child", args=[child.ref, asked.id])))
        for asked in allowed
        if asked.of_child != "no" and (asked.is_own or asked.subject == sets.CHILD)
    ]
    return _grouped([*found, *_of_events(child, allowed)])


def _of_events(
    child: Child, allowed: Iterable[QuestionSet]
) -> Iterable[tuple[QuestionSet, Offered]]:
    about = [one for one in allowed if not one.is_own and one.subject != sets.CHILD]
    events = events_of(child, dict.fromkeys(one.subject for one in about))
    there = _there(child)
    for asked in about:
        mine = [event for event in events if event.subject == asked.subject][:MOST_EVENTS]
        for event in mine:
            yield asked, _about(child, asked, event, there)


def _about(
    child: Child, asked: QuestionSet, event: Event, there: Mapping[tuple[str, int | None], str]
) -> Offered:
    ref = there.get((asked.id, event.pk)) if asked.is_once else None
    words = f"{asked.title}: {event.words[:1].lower()}{event.words[1:]}"
    if ref is not None:
        return Offered(words, reverse("recording:one", args=[ref]), is_there=True)
    return Offered(words, reverse("recording:new-about", args=[child.ref, asked.id, event.ref]))


def _there(child: Child) -> Mapping[tuple[str, int | None], str]:
    rows = Recording.objects.filter(of_child(child), entered_in_error=False)
    found = rows.exclude(about_id=None).values_list("form", "about_id", "ref")
    return {(form, about_id): ref for form, about_id, ref in found}


def _allowed(viewer: User, today: date) -> list[QuestionSet]:
    return [one for one in sets.forms_on(today) if may(viewer, one.permission)]


def _grouped(found: Iterable[tuple[QuestionSet, Offered]]) -> Groups:
    groups: dict[str, list[Offered]] = {}
    for asked, offered in found:
        groups.setdefault(asked.group or OTHER, []).append(offered)
    return groups
