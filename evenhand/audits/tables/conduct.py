"""Audits in lists, section by section, and beside what the record itself answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from evenhand.audits import pack
from evenhand.audits.models import Audit, Copy, Finding
from evenhand.audits.queries.about import events_audited
from evenhand.audits.queries.conduct import given_in, lacking_of, tool_of
from evenhand.audits.queries.extract import Extract
from evenhand.audits.queries.tools import edition_number
from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import child_name, day
from evenhand.recording.answering import Answers
from evenhand.recording.tables import shown
from evenhand.rules.question_sets import Question, QuestionSet

STATES = {
    Audit.State.OPEN: "Not done yet", Audit.State.DONE: "Done",
    Audit.State.NOT_NEEDED: "Not needed",
}  # fmt: skip


class Shown(NamedTuple):
    """One section of an audit as it is read: its answers, and what is missing of it."""

    title: str
    rows: Sequence[SummaryRow]
    missing: Sequence[str] = ()


def title_of(audit: Audit) -> str:
    """Return the title of an audit's type."""
    found = pack.types().get(audit.type)
    return found.title if found else audit.type.replace("-", " ").capitalize()


def of_whom(audit: Audit) -> str:
    """Return whose file an audit is of, as a list names it."""
    if audit.child is not None:
        return child_name(audit.child.merged_into or audit.child)
    return str(audit.worker or audit.team or "The authority")


def audit_rows(audit: Audit, agency: str, *, is_partner: bool) -> list[SummaryRow]:
    """Return what an audit is, line by line; for a partner without who works with the child."""
    by = f"{audit.auditor.name}, {agency}" if agency else audit.auditor.name
    done = f", on {day(audit.done_on)}" if audit.done_on else ""
    rows = [
        SummaryRow("What is audited", events_audited([audit]).get(audit.pk)),
        SummaryRow("Auditor", by),
        SummaryRow("How it stands", f"{STATES[Audit.State(audit.state)]}{done}"),
        SummaryRow("Due", audit.due_on),
        SummaryRow("Overall grade", _grade(audit, is_partner=is_partner)),
        SummaryRow("Tool", _edition(audit)),
        SummaryRow("Chosen", _chosen(audit)),
        SummaryRow("Why it is not done", audit.not_needed_why),
    ]
    if not is_partner:
        rows += [SummaryRow("Team", str(audit.team or "")),
                 SummaryRow("Worker", str(audit.worker or ""))]  # fmt: skip
    return [row for row in rows if row.value]


def _chosen(audit: Audit) -> str:
    """Return how its file came to be audited."""
    if audit.is_random:
        return "By chance"
    file = audit.file
    if file is not None and file.sample.theme and not file.is_extra:
        return f"By chance, for a themed audit: {file.sample.theme}"
    return "By name, or with a reason"


def _grade(audit: Audit, *, is_partner: bool) -> str:
    """Return the grade that counts in words; where another was agreed, the auditor's beside it."""
    own = pack.grade_words(audit.grade) if audit.grade else ""
    if is_partner or audit.moderated in ("", audit.grade):
        return own
    return f"{pack.grade_words(audit.moderated)}, as agreed later. The auditor gave: {own}"


def _edition(audit: Audit) -> str:
    """Return the edition of the tool that an audit was given with, in words."""
    number = edition_number(audit.tool, audit.edition, timezone.localdate())
    return f"Edition {number}, from {day(audit.edition)}" if number else day(audit.edition)


def given_table(found: Iterable[Audit], caption: str, empty: str) -> Table:
    """Return audits to do: of whom, what, by when, and how far they are."""
    rows = [
        [cell, one.due_on, "Begun" if one.recording_id else "Not begun"]
        for one, cell in _named(found)
    ]
    return Table(caption, ["Audit", "Due", "How far"], rows, empty=empty)


def open_table(found: Iterable[Audit], closed: Collection[int]) -> Table:
    """Return open audits with who does them; of somebody who cannot go on, it says so.

    ``closed`` are the keys of those whose record is closed to their auditor.
    """
    rows = [
        [
            cell,
            Cell(one.auditor.name, note=_why_given_on(one, closed)),
            one.due_on,
            "Begun" if one.recording_id else "Not begun",
        ]
        for one, cell in _named(found)
    ]
    columns = ["Audit", "Auditor", "Due", "How far"]
    return Table("Audits that are not done yet", columns, rows, empty="Every audit is done.")


def _why_given_on(audit: Audit, closed: Collection[int]) -> str:
    if not audit.auditor.is_active:
        return "Has left: give it on"
    return "The record is closed to them: give it on" if audit.pk in closed else ""


def lacking_table(found: Iterable[tuple[Audit, date | None]]) -> Table:
    """Return audits that are done and lack something, with the last day to add it, if there is one.

    ``found`` is in the order in which they are listed.
    """
    untils = dict(found)
    rows = [
        [cell, one.done_on, untils[one] or "Any day"] for one, cell in _named(untils)
    ]  # fmt: skip
    return Table("Done, with something missing", ["Audit", "Done", "To be added until"], rows)


def done_table(found: Iterable[Audit], caption: str, empty: str) -> Table:
    """Return audits with their grade and their day."""
    rows = [
        [
            cell, one.auditor.name, one.done_on or "Not done yet",
            pack.grade_words(one.moderated or one.grade) if one.done_on else "",
        ]
        for one, cell in _named(found)
    ]  # fmt: skip
    return Table(caption, ["Audit", "Auditor", "Done", "Grade"], rows, empty=empty)


def copies_to_read(found: Iterable[Copy]) -> Table:
    """Return the audits of which somebody got a copy and has not read it."""
    sent = [(one.audit, one.sent_at) for one in found if one.audit is not None]
    cells = _named([audit for audit, _ in sent])
    rows = [[cell, at] for (_, cell), (_, at) in zip(cells, sent, strict=True)]
    return Table("Copies to read", ["Audit", "Sent"], rows, empty="You have read every copy.")


def copies_table(found: Iterable[Copy]) -> Table:
    """Return who got a copy, as what, and when they read it."""
    rows = [[one.to.name, one.part.capitalize(), one.sent_at, one.read_at] for one in found]
    columns = ["Who", "As", "Sent", "Read"]
    return Table("Copies", columns, rows, empty="Nobody got a copy yet.")


def sections_shown(audit: Audit) -> list[Shown]:
    """Return the answers of an audit, section by section, as its own edition asks them."""
    asked = tool_of(audit)
    if asked is None:
        return []
    given = given_in(audit)
    lacks: dict[str, list[str]] = {}
    for one in lacking_of(audit):
        lacks.setdefault(one.section, []).append(one.words[:1].upper() + one.words[1:])
    found = []
    for section in asked.sections:
        questions = [one for one in asked.questions if one.id in section.questions]
        rows = _answered(questions, given)
        found.append(Shown(section.title, rows, lacks.get(section.title, ())))
    return [*found, *_loose(asked, given, lacks)]


def _loose(asked: QuestionSet, given: Answers, lacks: dict[str, list[str]]) -> Iterable[Shown]:
    """What stands in no section: questions of their own, and rows."""
    placed = {name for one in asked.sections for name in one.questions}
    rows = _answered([one for one in asked.questions if one.id not in placed], given)
    for number, row in enumerate(given.rows, start=1):
        of_row = asked.rows.questions if asked.rows else ()
        label = asked.rows.label if asked.rows else ""
        rows += [
            SummaryRow(f"{label} {number}: {one.label}", shown(one, row[one.id]))
            for one in of_row if one.id in row
        ]  # fmt: skip
    if rows or lacks.get(""):
        yield Shown("More", rows, lacks.get("", ()))


def _answered(questions: Iterable[Question], given: Answers) -> list[SummaryRow]:
    return [
        SummaryRow(one.label, shown(one, given.form[one.id]))
        for one in questions
        if one.id in given.form
    ]


def earlier_table(found: Iterable[Finding], *, says: bool) -> Table:
    """Return what the audit before found, and whether it is put right; ``says``: in its words."""
    rows = [
        [
            Cell(pack.finding_words(one.kind), note=one.words if says else ""),
            one.raised_at,
            "Put right" if one.closed_at else "Not put right yet",
        ]
        for one in found
    ]
    return Table("What the last audit found", ["What", "When", "How it stands"], rows)


def events_table(extract: Extract) -> Table:
    """Return what happened to a child, the newest first."""
    rows = [[one.on, Cell(one.words, note=one.more)] for one in extract.events]
    return Table("What happened", ["Day", "What"], rows, empty="Nothing is recorded.")


def outcomes_table(extract: Extract) -> Table:
    """Return how each promise to a child came out."""
    rows = [
        [one.promise.standard.title, one.promise.row.due_on,
         Cell(state=one.promise.state, note=one.words)]
        for one in extract.outcomes
    ]  # fmt: skip
    columns = [Column("What was promised"), Column("By when"), Column("How it stands")]
    return Table("What was promised, and kept", columns, rows, empty="Nothing is timed.")


def _named(found: Iterable[Audit]) -> list[tuple[Audit, Cell]]:
    """Return each audit with the cell that names it and leads to it."""
    audits = list(found)
    events = events_audited(audits)
    return [
        (one, Cell(f"{title_of(one)}: {of_whom(one)}", url=_url(one), note=events.get(one.pk, "")))
        for one in audits
    ]


def _url(audit: Audit) -> str:
    return reverse("audits:audit", args=[audit.ref])
