"""What audits were answered: by question, by section, and what of them is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from evenhand.audits.models import Audit
from evenhand.design.wording import day
from evenhand.recording.answering import Answers, given_of
from evenhand.recording.models import Answer
from evenhand.recording.results import result_of
from evenhand.recording.sets import edition_of
from evenhand.rules.form_parts import Section
from evenhand.rules.question_sets import QuestionSet


class Graded(NamedTuple):
    """The grade that one audit gave to one section of its tool."""

    audit: int
    section: str
    grade: str


class Lacking(NamedTuple):
    """One thing that an audit lacks: in which section, what, and in words with whose and when."""

    section: str
    what: str
    words: str


def tool_of(audit: Audit) -> QuestionSet | None:
    """Return the edition of the tool that an audit was given with; None: the packs have none."""
    return edition_of(audit.tool, audit.edition)


def answers_of(audit: Audit) -> Mapping[str, Any]:
    """Return what was answered, by question; nothing where the audit was not begun."""
    return given_in(audit).form


def given_in(audit: Audit) -> Answers:
    """Return what was answered, with the rows of the tool (agencies, say)."""
    asked = tool_of(audit)
    if asked is None or audit.recording is None:
        return Answers({})
    return given_of(asked, audit.recording.answers.order_by("row", "pk"))


def sections_of(asked: QuestionSet) -> Sequence[Section]:
    """Return the sections of a tool that are graded, without the grade of the whole."""
    return [one for one in asked.sections if one.grade and not one.overall]


def overall_of(asked: QuestionSet) -> Section | None:
    """Return the section that grades the whole."""
    return next((one for one in asked.sections if one.overall), None)


def grades_of(audits: Iterable[Audit]) -> list[Graded]:
    """Return the grade of each section of each audit, those of the whole left out. One query."""
    audits = list(audits)
    sections = _sections(audits)
    names = {name for found in sections.values() for name in found}
    rows = Answer.objects.filter(
        recording__audit__in=[one.pk for one in audits], row=0, question__in=names
    ).exclude(code="")
    read = rows.order_by("recording__audit", "pk").values_list(
        "recording__audit", "recording__audit__tool", "recording__audit__edition", "question",
        "code",
    )  # fmt: skip
    return [
        Graded(pk, sections[tool, edition][question], code)
        for pk, tool, edition, question, code in read
        if question in sections.get((tool, edition), {})
    ]


def complete_of(audits: Iterable[Audit]) -> Collection[int]:
    """Return the keys of the audits of which every section is graded. One query."""
    audits = list(audits)
    needed = {key: set(found.values()) for key, found in _sections(audits).items()}
    given: dict[int, set[str]] = {}
    for one in grades_of(audits):
        given.setdefault(one.audit, set()).add(one.section)
    return {
        one.pk for one in audits
        if needed[one.tool, one.edition] <= given.get(one.pk, set())
    }  # fmt: skip


def lacking_of(audit: Audit) -> list[Lacking]:
    """Return what an audit lacks as of now, in the order of its tool: whose it is to add."""
    asked = tool_of(audit)
    if asked is None or audit.recording is None:
        return []
    given, today = given_in(audit), timezone.localdate()
    said = result_of(audit.recording, asked, given, today).said
    sections = {name: one.title for one in asked.sections for name in one.questions}
    on = day(timezone.localdate(audit.recording.recorded_at))
    whose = f"{audit.auditor.name}, {on}"
    return [Lacking(sections.get(one.id, ""), one.words, f"{one.words}: {whose}") for one in said]


def _sections(audits: Iterable[Audit]) -> dict[tuple[str, Any], dict[str, str]]:
    """Return, for each tool and edition, which question grades which section."""
    found: dict[tuple[str, Any], dict[str, str]] = {}
    for tool, edition in {(one.tool, one.edition) for one in audits}:
        asked = edition_of(tool, edition)
        graded = sections_of(asked) if asked else ()
        found[tool, edition] = {one.grade: one.id for one in graded}
    return found
