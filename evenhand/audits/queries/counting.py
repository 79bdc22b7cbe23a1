"""What audits came to: which of them count in a time, and how many of their parts were met.

An audit counts in the month of its slot; without a slot in that of its day. The second audit of a
file that was audited twice counts nowhere, and what somebody picked is never put together with
what was drawn by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.analytics.intervals import wilson
from evenhand.audits import pack
from evenhand.audits.models import Audit
from evenhand.audits.queries.conduct import complete_of, grades_of
from evenhand.recording.models import Answer
from evenhand.recording.sets import edition_of

K = TypeVar("K", bound=Hashable)


class Tally(NamedTuple):
    """So many of so many."""

    n: int
    of: int

    def interval(self, confidence: float) -> tuple[float, float]:
        """Return the ends of the score interval of its share, from 0 to 1."""
        ends = wilson(self.n, self.of, confidence)
        return float(ends.low), float(ends.high)


class Mark(NamedTuple):
    """One part of one audit, and whether it was met.

    ``theme`` is a graded section of the tool, or a question that is answered with yes or no; "":
    the whole.
    """

    audit: Audit
    theme: str
    is_met: bool

    @property
    def month(self) -> date:
        """Return the first day of the month in which it counts."""
        return month_of(self.audit)


@dataclass(frozen=True)
class Counted:
    """Audits of a time with what they came to. ``lacking``: done, but a section is not scored."""

    audits: tuple[Audit, ...]
    marks: tuple[Mark, ...]
    lacking: tuple[Audit, ...] = ()
    themes: Mapping[str, str] = field(default_factory=dict)

    def by(self, key: Callable[[Mark], K]) -> dict[K, Tally]:
        """Return how many were met of how many, by a key of the marks."""
        found: dict[K, Tally] = {}
        for mark in self.marks:
            n, of = found.get(key(mark), (0, 0))
            found[key(mark)] = Tally(n + mark.is_met, of + 1)
        return found

    @cached_property
    def by_theme(self) -> dict[str, Tally]:
        """Return how many were met of how many, by theme, without the whole."""
        found = self.by(lambda mark: mark.theme)
        return {theme: tally for theme, tally in found.items() if theme}

    def only(self, wanted: Callable[[Audit], bool]) -> Counted:
        """Return some of the audits, with their marks."""
        return Counted(
            tuple(one for one in self.audits if wanted(one)),
            tuple(mark for mark in self.marks if wanted(mark.audit)),
            tuple(one for one in self.lacking if wanted(one)),
            self.themes,
        )


def month_of(audit: Audit) -> date:
    """Return the first day of the month in which an audit counts."""
    on = audit.slot.month if audit.slot is not None else audit.done_on
    return (on or audit.due_on).replace(day=1)


def audits_between(types: Collection[str], since: date, until: date) -> QuerySet[Audit]:
    """Return the audits of some types that count in a time; whoever asks. Reports begin here."""
    within = Q(slot__month__range=(since, until)) | Q(slot=None, done_on__range=(since, until))
    rows = Audit.objects.filter(within, type__in=types, state=Audit.State.DONE, twin_of=None)
    return rows.select_related("slot", "team", "child", "worker", "auditor").order_by("pk")


def within_reach(audits: QuerySet[Audit], viewer: User) -> QuerySet[Audit]:
    """Return those of the teams whose counts a viewer may see."""
    scope = scope_of(viewer).aggregates
    return audits if scope.everyone else audits.filter(team__in=scope.teams)


def counted(audits: Iterable[Audit]) -> Counted:
    """Return what audits came to; those that lack a section are apart. Few queries for any."""
    every = list(audits)
    whole = complete_of(every)
    mine = {one.pk: one for one in every if one.pk in whole}
    met = {grade.id for grade in pack.scale() if grade.is_met}
    marks = [Mark(one, "", _grade(one) in met) for one in mine.values() if _grade(one)]
    for pk, section, grade in grades_of(list(mine.values())):
        marks.append(Mark(mine[pk], section, grade in met))
    marks += _said(mine.values())
    lacking = tuple(one for one in every if one.pk not in whole)
    return Counted(tuple(mine.values()), tuple(marks), lacking, themes_of(every))


def themes_of(audits: Iterable[Audit]) -> dict[str, str]:
    """Return what the tools of some audits mark: graded sections first, then yes and no."""
    sections: dict[str, str] = {}
    questions: dict[str, str] = {}
    for tool, edition in dict.fromkeys((one.tool, one.edition) for one in audits):
        asked = edition_of(tool, edition)
        for section in asked.sections if asked else ():
            if section.grade and not section.overall:
                sections.setdefault(section.id, section.title)
        for question in asked.questions if asked else ():
            if question.kind == "yes_no":
                questions.setdefault(question.id, question.label)
    return sections | {id_: label for id_, label in questions.items() if id_ not in sections}


def _said(audits: Iterable[Audit]) -> Iterator[Mark]:
    of_recording = {one.recording_id: one for one in audits if one.recording_id}
    answers = Answer.objects.filter(recording__in=of_recording, row=0, yes__isnull=False)
    for recording, question, yes in answers.values_list("recording", "question", "yes"):
        yield Mark(of_recording[recording], question, yes)


def _grade(audit: Audit) -> str:
    return audit.moderated or audit.grade
