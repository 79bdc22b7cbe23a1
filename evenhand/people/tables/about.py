"""What is known of one person, line by line."""

from __future__ import annotations

from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.people import wording
from evenhand.people.models import Adult, Child, IdentityStatement
from evenhand.people.queries.about import AboutLine, IdentitySummary


def about_rows(
    child: Child,
    summary: IdentitySummary,
    *,
    adult: Adult | None = None,
    can_record: bool,
    volunteered: bool = False,
) -> list[SummaryRow]:
    """Return what is known line by line: the answer, who said it, and the way to ask."""
    return [
        _about_row(
            child, adult, line, can_record, lacks=line.item.label in summary.completeness.missing
        )
        for line in summary.lines
        if (line.question is None) is volunteered
    ]


def _about_row(
    child: Child, adult: Adult | None, line: AboutLine, can_record: bool, *, lacks: bool
) -> SummaryRow:
    words = "Record" if (not line.item.chased) else "Ask again" if line.lead else "Ask"
    return SummaryRow(
        line.item.label,
        Cell(_what_is_known(line), note=_notes(line)),
        source=wording.who_said(line.lead) if line.lead else "",
        action_url=ask_url(child, adult, line.item.characteristic) if can_record else "",
        action_words=words,
        lacks=lacks,
    )


def _what_is_known(line: AboutLine) -> str:
    if line.lead is not None:
        return wording.answer(line.item, line.lead)
    if line.question is None:
        return "Nothing that you may see"
    return wording.knowledge(line.question.state)


def _notes(line: AboutLine) -> str:
    notes = []
    if line.lead is not None:
        notes.append(wording.own_words(line.lead))
    if line.lead is not None and (not line.item.chased):
        notes.append(wording.audience(line.lead))
    if line.beside is not None:
        before = f"{wording.answer(line.item, line.beside)} ({wording.who_said(line.beside)})"
        notes.append(f"Earlier: {before}")
    if line.differing:
        notes.append("What we hold differs from one source to another")
    return ". ".join(note for note in notes if note)


def ask_url(child: Child, adult: Adult | None, characteristic: str) -> str:
    """Return the address of the page that asks one question."""
    if adult is not None:
        return reverse("people:ask-adult", args=[child.ref, adult.ref, characteristic])
    return reverse("people:ask", args=[child.ref, characteristic])


def statements_table(child: Child, summary: IdentitySummary, *, can_record: bool) -> Table:
    """Return every statement about a child, the newest first, also those entered in error."""
    said = sorted(
        ((row, line) for line in summary.lines for row in line.statements),
        key=lambda pair: (pair[0].recorded_at, pair[0].pk),
        reverse=True,
    )
    return Table(
        "Everything that was said",
        ["About", "What was said", "Who said so", Column("Mend", hidden=True)],
        [
            [
                line.item.label,
                _said(line, row),
                wording.who_said(row),
                _mend(child, row, can_record),
            ]
            for row, line in said
        ],
        empty="Nothing has been recorded yet.",
    )


def _said(line: AboutLine, row: IdentityStatement) -> Cell:
    note = "Entered in error: it counts for nothing" if row.entered_in_error else ""
    return Cell(wording.answer(line.item, row), note=note or wording.own_words(row))


def _mend(child: Child, row: IdentityStatement, can_record: bool) -> Cell:
    if not can_record or row.entered_in_error:
        return Cell("")
    return Cell("Entered in error?", url=reverse("people:in-error", args=[child.ref, row.ref]))
