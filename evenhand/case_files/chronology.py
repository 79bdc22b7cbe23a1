"""The chronology of significant events that people choose, and whether it is looked through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from evenhand.case_files import pack
from evenhand.case_files.file import File
from evenhand.design.wording import day
from evenhand.recording.answering import given_of
from evenhand.recording.models import Recording
from evenhand.recording.results import result_of
from evenhand.recording.sets import edition_of
from evenhand.rules.arithmetic import add_months

MARKS: Mapping[str, str] = {
    "significant": "Met",
    "unexplained": "Reason missing",
    "not_significant": "Not significant",
}


class Significant(NamedTuple):
    """One event of the chronology: what, when, why it matters, and how it is marked."""

    words: str
    on: date
    why: str
    mark: str
    record: Recording

    @property
    def met(self) -> bool:
        """Whether it is significant, with its reason."""
        return self.mark == MARKS["significant"]


def significant_events(file: File) -> list[Significant]:
    """Return the events that people put into the chronology, in the order of their days."""
    records = file.records_on([pack.named("chronology", "event-form")])
    found = [one for record in records if (one := _event(record)) is not None]
    return sorted(found, key=lambda one: (one.on, one.record.pk))


def _event(record: Recording) -> Significant | None:
    asked = edition_of(record.form, record.edition)
    if asked is None:
        return None
    given = given_of(asked, record.answers.all())
    level = result_of(record, asked, given, timezone.localdate()).derived.get("standing")
    mark = MARKS.get(level.value, level.label) if level else ""
    words, why = given.form.get("event", ""), given.form.get("why", "")
    return Significant(str(words), record.on, str(why), mark, record)


def last_reviewed(file: File) -> date | None:
    """Return the day on which the chronology was last looked through."""
    records = file.records_on([pack.named("chronology", "review-form")])
    return max((one.on for one in records), default=None)


def reviewed_words(file: File) -> str:
    """Return when it was last looked through, in words."""
    last = last_reviewed(file)
    return f"last looked through on {day(last)}" if last else "not looked through yet"


def stale_words(file: File) -> str:
    """Return what to say where nobody looked through it within the set months; else nothing."""
    months, last = pack.value_on("chronology-review", file.today), last_reviewed(file)
    if last is not None and add_months(last, months) >= file.today:
        return ""
    begins = "Not looked through yet" if last is None else f"Last looked through on {day(last)}"
    return f"{begins}: it is to be looked through every {months} months"
