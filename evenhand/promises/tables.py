"""What the pages of promises lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import child_name, day
from evenhand.facts.adopted import policy
from evenhand.promises import wording
from evenhand.promises.lines import Line, Section
from evenhand.promises.models import Allowance, Aside, Explanation
from evenhand.promises.naming import url_of
from evenhand.promises.pack import allowances, reason_in_words
from evenhand.promises.queries import Pattern
from evenhand.standards import wording as of_standards
from evenhand.standards.models import Standing
from evenhand.standards.queries import Promise

SECTIONS = {
    Section.LATE: "Late",
    Section.DUE: "Due",
    Section.WAITING: "Waiting for somebody else",
    Section.LATER: "Nothing to do now",
}


def lines_table(lines: Iterable[Line], *, who: bool, empty: str) -> Table:
    """Return lines of the list; ``who`` adds whose each is."""
    columns: list[Column | str] = ["What", "For whom", "By when", "How it stands"]
    columns += ["Who"] if who else []
    rows = [_line(one, who) for one in lines]
    return Table("What waits", [*columns, "Do it"], rows, empty=empty, caption_hidden=True)


def _line(one: Line, who: bool) -> list[Cell]:
    clauses = ", ".join(one.clauses)
    why = " · ".join(each for each in (one.why, clauses) if each)
    child = one.child.merged_into or one.child if one.child else None
    name = child_name(child, surname_first=True) if child else "Of no one child"
    return [
        Cell(one.what, url=one.url, note=why),
        Cell(name, url=reverse("pages:child", args=[child.ref]) if child else ""),
        Cell(one.due_on or "No day", note="The law's limit" if one.law else ""),
        Cell(SECTIONS[one.section], note=one.beside),
        *([Cell(one.who or "Nobody yet")] if who else []),
        Cell(one.do_words or "In the case system", url=one.do_url),
    ]


def promise_rows(one: Promise) -> list[SummaryRow]:
    """Return one promise, line by line."""
    row, standard = one.row, one.standard
    pack, _, name = standard.id.partition("/")
    url = reverse("standards:standard", args=[pack, name])
    return [
        SummaryRow("What was promised", standard.title, url=url),
        SummaryRow("By whose authority", of_standards.kind_of_authority(standard)),
        SummaryRow("Why", of_standards.why_due(row, standard)),
        SummaryRow("Due", of_standards.due_in_words(row)),
        SummaryRow("How it stands", of_standards.how_it_stands(row, one.state, one.horizon)),
        SummaryRow("Worker", str(row.worker or "Nobody yet")),
        SummaryRow("Clauses", ", ".join(standard.clauses)),
    ]


def aside_rows(aside: Aside | None) -> list[SummaryRow]:
    """Return that a promise was put off or passed on."""
    if aside is None:
        return []
    said = wording.put_off(aside) if aside.later_until else wording.passed_on(aside)
    return [SummaryRow("In the lists", said), SummaryRow("Why", aside.reason or None)]


def explanation_rows(found: Explanation | None) -> list[SummaryRow]:
    """Return why a promise was not kept, the review, and what was done."""
    if found is None:
        return []
    by = f"{found.given_by.name}, {day(found.given_at)}"
    return [
        SummaryRow("Reason", reason_in_words(found.reason)),
        SummaryRow("In words", found.words or None),
        SummaryRow("Said by", by),
        *_review_rows(found),
    ]


def _review_rows(found: Explanation) -> list[SummaryRow]:
    if found.reviewed_by is None or found.reviewed_at is None:
        return [SummaryRow("Review", "Waits for a manager")]
    by = f"{found.reviewed_by.name}, {day(found.reviewed_at)}"
    return [
        SummaryRow("Review", found.review),
        SummaryRow("What was done", found.done or None),
        SummaryRow("Reviewed by", by),
    ]


def allowances_table(found: Sequence[Allowance], row: Standing) -> Table | None:
    """Return what a promise was let off, beside its own day; None where nothing was."""
    if not found:
        return None
    columns = ["What", "From", "Until", "Day with it", "Why", "Agreed by", "Ended"]
    return Table(
        "Let off, beside the clock", columns, [_allowance(one, row) for one in found],
    )  # fmt: skip


def _allowance(one: Allowance, row: Standing) -> list[Cell]:
    return [
        Cell(allowances().get(one.kind, one.kind)),
        Cell(one.starts_on),
        Cell(one.until),
        Cell(wording.day_with(one, row) or "It stays"),
        Cell(one.reason),
        Cell(one.agreed_by.name, note=day(one.agreed_at)),
        Cell(one.ended_on or "No", note=one.ended_by.name if one.ended_by else ""),
    ]


def patterns_table(found: Iterable[Pattern]) -> Table:
    """Return which reasons were given for which standards, team by team."""
    return Table(
        "Why promises were not kept",
        [
            "Standard", "Team", "Reason", Column("Times", numeric=True),
            Column("Reviewed", numeric=True),
        ],
        [_pattern(one) for one in found],
        empty="No reason has been given yet.",
    )  # fmt: skip


def _pattern(one: Pattern) -> list[Cell]:
    standard = policy().standards.get(one.standard)
    authority = of_standards.kind_of_authority(standard) if standard else ""
    return [
        Cell(standard.title if standard else one.standard, note=authority),
        Cell(str(one.team) if one.team else "No team"),
        Cell(reason_in_words(one.reason)),
        Cell(one.count, numeric=True),
        Cell(one.reviewed, numeric=True),
    ]


def to_review_table(
    found: Iterable[tuple[Explanation, Standing | None]], recorded: dict[int, str]
) -> Table:
    """Return the reasons that wait for a manager's review, the oldest first."""
    return Table(
        "Reasons that wait for a review",
        ["Standard", "For whom", "Reason", "Said by"],
        [_to_review(one, row, recorded) for one, row in found],
        empty="No reason waits for a review by you.",
    )


def _to_review(one: Explanation, row: Standing | None, recorded: dict[int, str]) -> list[Cell]:
    standard = policy().standards.get(one.standard)
    url = url_of(row, recorded) if row else ""
    name = child_name(one.child, surname_first=True) if one.child else "Of no one child"
    return [
        Cell(standard.title if standard else one.standard, url=url),
        Cell(name),
        Cell(reason_in_words(one.reason)),
        Cell(one.given_by.name, note=day(one.given_at)),
    ]
