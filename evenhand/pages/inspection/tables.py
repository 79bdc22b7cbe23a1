"""The week of an inspection, laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from evenhand.audits import pack
from evenhand.audits.models import Audit
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import child_name, day, number
from evenhand.formats.annex_a.tables import name_of, titles
from evenhand.pages.inspection.annex import AnnexA
from evenhand.pages.inspection.children import Listed
from evenhand.pages.inspection.gaps import Gap
from evenhand.pages.inspection.lists import LISTS, NOT_HELD

NOTHING = "None"


def gaps_table(gaps: Iterable[Gap]) -> Table:
    """Return what is not done, how many, and where to go."""
    rows = [[one.words, Cell(_of(one), numeric=True), Cell(one.where, url=one.url)] for one in gaps]
    columns = ["What", Column("How many", numeric=True), "Where to go"]
    return Table("What an inspector would find", columns, rows)


def sections_table(audits: Iterable[Audit]) -> Table:
    """Return the audits of which a section was not graded, with whose it is to add."""
    types = pack.types()
    rows = [
        [
            Cell(types[one.type].title if one.type in types else one.type,
                 url=reverse("audits:audit", args=[one.ref])),
            one.auditor.name, one.done_on,
        ]
        for one in audits
    ]  # fmt: skip
    empty = "Every section of every audit of the last 12 months was graded."
    columns = ["Audit", "Auditor", "Done on"]
    return Table("Audits with a section not graded", columns, rows, empty=empty, id="sections")


def lists_table(annex: AnnexA, on: Mapping[int, Sequence[int]]) -> Table:
    """Return each list: how many children stand on it, and what of it is not held here."""
    counted = {one: sum(one in lists for lists in on.values()) for one in LISTS}
    rows: list[list[object]] = [
        [Cell(_title(one), url=f"?list={one}"), counted[one], ", ".join(lacking) or NOTHING]
        for one, lacking in ((one, annex.not_held(one)) for one in LISTS)
    ]
    rows += [[_title(one), None, "The whole list"] for one in NOT_HELD]
    columns = ["List", Column("Children", numeric=True), "What Evenhand does not hold"]
    return Table("The lists of Annex A, from what is held here", columns, rows)


def children_table(listed: Iterable[Listed]) -> Table:
    """Return the children on the lists, each with clocks, audits and questions never asked."""
    rows = [
        [
            Cell(child_name(one.child, surname_first=True),
                 url=reverse("pages:child", args=[one.child.ref])),
            ", ".join(str(each) for each in one.lists), _late(one), one.open, _audit(one),
            one.never_asked,
        ]
        for one in listed
    ]  # fmt: skip
    columns = [
        "Child", "On lists", Column("Promises late now", numeric=True),
        Column("Promises not yet due", numeric=True), "Last audit",
        Column("Questions never asked", numeric=True),
    ]  # fmt: skip
    empty = "No child whom you may open stands on this list."
    return Table("The children on the lists", columns, rows, empty=empty)


def _late(one: Listed) -> Cell:
    url = reverse("pages:gaps", args=[one.child.ref]) if one.late else ""
    return Cell(one.late, url=url, numeric=True)


def _audit(one: Listed) -> Cell:
    if one.audit is None or one.audit.done_on is None:
        return Cell("Not audited")
    grade = pack.grade_words(one.audit.moderated or one.audit.grade) or "Not graded"
    note = f"{grade}; {one.audits} in all" if one.audits > 1 else grade
    return Cell(day(one.audit.done_on), url=reverse("audits:audit", args=[one.audit.ref]),
                note=note)  # fmt: skip


def _of(one: Gap) -> str:
    return f"{number(one.number)} of {number(one.of)}"


def _title(one: int) -> str:
    return f"List {one}: {titles()[name_of(one)]}"
