"""Reads of what was recorded: one, a child's, a form's, and what is missing; as far as one sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from evenhand.accounts.models import User
from evenhand.accounts.references import LENGTH
from evenhand.accounts.scope import scope_of
from evenhand.design.wording import day
from evenhand.facts.adopted import policy
from evenhand.facts.registry import SUBJECTS
from evenhand.people.models import Child, FamilyMember, Relationship
from evenhand.people.queries.reach import of_child, readable
from evenhand.recording.models import Missing, Recording
from evenhand.recording.sets import forms_of_other_rooms
from evenhand.sources.models import SourceReference

BESIDE = ("child", "team", "worker", "recorded_by")


class Event(NamedTuple):
    """An imported event of a child that something can be fastened to."""

    subject: str
    pk: int
    words: str
    on: date | None = None

    @property
    def ref(self) -> str:
        """Return what an address calls it: nothing that can be counted up to the next."""
        return reference_of(self.subject, self.pk)


def ordinary() -> QuerySet[Recording]:
    """Return what stands on the pages of this room: not what another room asks and shows."""
    return Recording.objects.exclude(form__in=forms_of_other_rooms())


def recordings_for(viewer: User) -> QuerySet[Recording]:
    """Return what the viewer may read, the newest first."""
    rows = ordinary().select_related(*BESIDE).prefetch_related("missing")
    return readable(viewer, rows).order_by("-on", "-pk")


def recordings_of(child: Child) -> QuerySet[Recording]:
    """Return a child's, newest first; the caller found the child by ``child_for``."""
    rows = ordinary().filter(of_child(child)).select_related(*BESIDE)
    return rows.prefetch_related("missing").order_by("-on", "-pk")


def missing_for(viewer: User) -> QuerySet[Missing]:
    """Return what is missing, of what the viewer may read, the oldest first."""
    rows = Missing.objects.filter(recording__in=readable(viewer, ordinary()))
    return rows.select_related("recording__child", "team", "user", "worker").order_by("on", "pk")


def missing_of(viewer: User) -> QuerySet[Missing]:
    """Return what is missing and is the viewer's own to answer."""
    mine = Q(user=viewer)
    if viewer.worker_id is not None:
        mine |= Q(worker=viewer.worker_id)
    return missing_for(viewer).filter(mine)


def missing_about(child: Child) -> QuerySet[Missing]:
    """Return what is missing of a child's records; the caller found the child by ``child_for``."""
    rows = Missing.objects.filter(recording__in=ordinary().filter(of_child(child)))
    return rows.select_related("recording__child", "team", "user", "worker").order_by("on", "pk")


def siblings_of(viewer: User, child: Child) -> list[Child]:
    """Return the open brothers and sisters of a child whom the viewer may open, by name.

    Those of the same family in the case system, and those with a parent or carer in common.
    """
    families = FamilyMember.objects.filter(of_child(child)).values("family")
    adults = Relationship.objects.filter(of_child(child)).values("adult")
    kin = Q(pk__in=FamilyMember.objects.filter(family__in=families).values("child"))
    kin |= Q(pk__in=Relationship.objects.filter(adult__in=adults).values("child"))
    found = Child.objects.visible_to(viewer).filter(kin, is_open=True).exclude(pk=child.pk)
    return list(found.order_by("forename", "surname", "pk"))


def case_system_url(child: Child) -> str:
    """Return the child's page in the case system, where an address for it is set; else nothing."""
    template = settings.CASE_SYSTEM_URL
    held = SourceReference.objects.filter(target="people.child", target_id=child.pk)
    number = held.order_by("source__rank", "pk").values_list("key", flat=True).first()
    return template.replace("{number}", quote(number, safe="")) if template and number else ""


def events_of(child: Child, subjects: Iterable[str]) -> list[Event]:
    """Return the events of these subjects of a child, newest first: withdrawn ones left out."""
    found = []
    for name in subjects:
        subject = SUBJECTS.get(name)
        if subject is None or subject.model in (Recording, Child):
            continue
        rows = subject.model._default_manager.filter(subject.where).filter(of_child(child))
        found += [
            Event(name, row.pk, words_of(name, row), day_of_event(name, row))
            for row in rows.order_by("-pk")
        ]
    return found


def event_of(child: Child, subject: str, ref: str) -> Event | None:
    """Return one event of a child, or None where it is not theirs."""
    return next((one for one in events_of(child, [subject]) if one.ref == ref), None)


def reference_of(subject: str, pk: int) -> str:
    """Return the reference of an imported event: its key, keyed with the installation's secret."""
    return salted_hmac("evenhand.recording.event", f"{subject} {pk}").hexdigest()[:LENGTH]


DAY_OF: Mapping[str, tuple[str, ...]] = {
    "referral": ("received_on",),
    "assessment": ("started_on", "authorised_on"),
    "conference": ("held_on", "target_on"),
    "visit": ("held_on",),
}
"""The day by which people know an event; of all others, the day it began."""


def day_of_event(subject: str, row: object) -> date | None:
    """Return the day by which people know an event."""
    names = DAY_OF.get(subject, ("started_on", "held_on"))
    return next((getattr(row, name) for name in names if getattr(row, name, None)), None)


def words_of(subject: str, row: object) -> str:
    """Return an event as a list names it: by its own name, where it has one, else by its day."""
    if isinstance(own := getattr(row, "called", None), str):
        return own
    on = day_of_event(subject, row)
    said = policy().word(subject).capitalize()
    return f"{said} of {day(on)}" if on else f"{said}, day not recorded"


def is_close(viewer: User, child: Child | None) -> bool:
    """Whether the viewer is the child's worker, or manages that worker's team."""
    close = scope_of(viewer).close
    if child is None:
        return False
    return any(
        (reach.worker_id is not None and reach.worker_id == child.worker_id)
        or child.team_id in reach.teams
        for name, reach in close.items()
        if name in ("worker", "manager")
    )
