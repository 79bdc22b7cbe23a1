"""What was written down about a child, told to who asks to see the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evenhand.design.wording import day
from evenhand.recording import sets, tables
from evenhand.recording.answering import given_of
from evenhand.recording.models import Recording


class Told(NamedTuple):
    """One answer: on what, of which day, to which question, and in which words."""

    what: str
    on: str
    question: str
    answer: str


def told_of(children: Iterable[int]) -> Iterator[Told]:
    """Yield every answer about these children, by their keys; restricted ones too.

    What was entered in error stays on the record, and says so.
    """
    rows = Recording.objects.filter(child__in=list(children)).order_by("on", "pk")
    for recording in rows.prefetch_related("answers"):
        what = tables.title_of(recording)
        what += " (entered in error)" if recording.entered_in_error else ""
        for question, answer in _answers(recording):
            yield Told(what, day(recording.on), question, answer)


def _answers(recording: Recording) -> Iterator[tuple[str, str]]:
    asked = sets.edition_of(recording.form, recording.edition)
    stored = sorted(recording.answers.all(), key=lambda one: (one.row, one.pk))
    if asked is None:  # the packs have the form no more: what was answered is told all the same
        for one in stored:
            value = one.words or one.code or one.day or one.moment or one.number
            yield one.question, str(value if one.yes is None else one.yes)
        return
    for row in tables.rows_of(asked, given_of(asked, stored), close=True):
        yield row.key, day(row.value) if hasattr(row.value, "year") else str(row.value)
