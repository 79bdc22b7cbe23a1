"""One child's file as it is read: promises, records and events, each read once for a page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.facts.adopted import policy
from evenhand.facts.registry import SUBJECTS
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.recording.models import Recording
from evenhand.recording.queries import recordings_of, reference_of
from evenhand.standards.queries import Promise, outcomes_of

DAYS: Mapping[str, str] = {"referral": "received_on", "visit": "held_on", "review": "held_on"}
BEGINS = "started_on"
PLANS = ("need_plan", "protection_plan", "care_period")


class File:
    """What the lines of a child's case file are read from. The caller found the child, and logged
    the look, by ``child_for``."""

    def __init__(self, child: Child, viewer: User, now: datetime) -> None:
        self.child, self.viewer, self.now = child, viewer, now
        self._newest: dict[str, Any] = {}

    @property
    def today(self) -> date:
        """Return the London day."""
        return timezone.localdate(self.now)

    @cached_property
    def promises(self) -> Mapping[str, list[Promise]]:
        """Return every promise to the child by standard, the latest due first."""
        found: dict[str, list[Promise]] = {}
        for one in outcomes_of(self.child, self.viewer, now=self.now):
            found.setdefault(one.standard.id, []).append(one)
        for several in found.values():
            several.sort(key=lambda one: one.row.due_on or date.min, reverse=True)
        return found

    @cached_property
    def records(self) -> list[Recording]:
        """Return what was recorded about the child and stands, newest first."""
        rows = recordings_of(self.child).filter(entered_in_error=False)
        return list(rows.prefetch_related("answers"))

    def records_on(self, forms: Collection[str]) -> list[Recording]:
        """Return what was recorded on some forms, newest first."""
        return [one for one in self.records if one.form in forms]

    def record_about(self, form: str, event_id: int) -> Recording | None:
        """Return the newest record on a form about an event."""
        found = (one for one in self.records if (one.form, one.about_id) == (form, event_id))
        return next(found, None)

    def to_write(self, form: str, event_id: int) -> str:
        """Return where a form about an event is filled in; nothing for those who may not."""
        asked = policy().question_set(form, self.today)
        needed = ("recording.write", asked.permission) if asked else ()
        if asked is None or not all(may(self.viewer, one) for one in needed):
            return ""
        ref = reference_of(asked.subject, event_id)
        return reverse("recording:new-about", args=[self.child.ref, form, ref])

    def newest(self, subject: str) -> Any:
        """Return the child's newest event of a subject; of plans and times in care, one that runs.

        What is still to come is left out. None where there is none. Read once.
        """
        if subject not in self._newest:
            self._newest[subject] = self._read_newest(subject)
        return self._newest[subject]

    def _read_newest(self, subject: str) -> Any:
        known = SUBJECTS.get(subject)
        if known is None:
            return None
        on = DAYS.get(subject, BEGINS)
        rows = known.model._default_manager.filter(known.where).filter(of_child(self.child))
        rows = rows.filter(Q(**{f"{on}__lte": self.today}) | Q(**{on: None}))
        if subject in PLANS:
            rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=self.today))
        return rows.order_by(F(on).desc(nulls_last=True), "-pk").first()
