"""What the policy's pages lay out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils import timezone

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import number, percent
from evenhand.pages.clauses import Line, Standing
from evenhand.rules import Standard
from evenhand.standards import wording
from evenhand.standards.standing import is_recorded

MODES: Mapping[str, str] = {
    "own": "Evenhand holds it, because nothing else does",
    "derive": "Worked out from what the case system sends",
    "add": "Fastened to a record of the case system",
    "check": "Asked in an audit",
    "link": "Opens the case system there",
    "show": "Shown",
}
BASES: Mapping[str, str] = {
    "text": "The policy's own words",
    "law": "Law",
    "default": "Our default: the authority may change it",
    "reconstruction": "Reconstructed: the source has lost it",
}
ROOMS: Mapping[str, str] = {
    "casework": "the work on casework promises",
    "audits": "the audit programme",
    "equality": "equality monitoring",
    "workforce": "the workforce room",
    "homes": "the homes room",
    "complaints": "the complaints room",
    "reviews": "the reviews room",
    "plan": "the equality action plan",
    "publications": "publications",
}


def comes_with(order: str) -> str:
    """Return which later work a clause is due in, in words."""
    return ROOMS.get(order, "a later room")


def clauses_table(lines: Iterable[Line]) -> Table:
    """Return clauses with how each stands."""
    return Table(
        "Clauses",
        [Column("Clause"), Column("What it promises"), Column("How it stands")],
        [
            [
                Cell(one.clause.id, url=reverse("pages:clause", args=[one.clause.id])),
                Cell(one.clause.summary, note=one.clause.shows),
                Cell(one.words, note=_kept(one)),
            ]
            for one in lines
        ],
        empty="No clause is like that. Clear the choices above to see them all.",
    )


def clause_rows(line: Line) -> list[SummaryRow]:
    """Return what is known of one clause."""
    rows = [
        SummaryRow("Clause", line.clause.id),
        SummaryRow("How Evenhand answers", line.clause.shows or None),
        SummaryRow("In what way", MODES.get(line.clause.mode, line.clause.mode) or None),
        SummaryRow("Whose number it is", BASES.get(line.clause.basis, line.clause.basis) or None),
        SummaryRow("How it stands", line.words, source=_kept(line)),
    ]
    return [row for row in rows if row.value]


def standards_of_clause(line: Line, *, may_open: bool) -> Table:
    """Return the standards that rest on the clause, with what each asks today.

    They lead to how each stands only where the viewer ``may_open`` that.
    """
    today = timezone.localdate()
    return Table(
        "Timed by",
        ["Standard", "What it asks today", "Is it recorded?"],
        [
            [
                Cell(
                    standard.title,
                    url=_url(standard) if may_open else "",
                    note=wording.kind_of_authority(standard),
                ),
                Cell(wording.value_in_words(standard, today)),
                Cell("Yes" if is_recorded(standard) else "Not yet: no source brings it"),
            ]
            for standard in line.standards
        ],
    )


def _url(standard: Standard) -> str:
    pack, _, name = standard.id.partition("/")
    return reverse("standards:standard", args=[pack, name])


def _kept(line: Line) -> str:
    if line.standing is not Standing.TIMED:
        return ""
    if not line.due:
        return "None could be judged yet"
    return (
        f"{percent(line.kept, line.due)} kept in time ({number(line.kept)} of {number(line.due)})"
    )
