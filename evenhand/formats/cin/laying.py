"""One child of the census after another, laid out as rows of tables.

Elements may come in any order, groups may be empty or repeated, and text between elements is
passed over. An initial conference stands in the details of a case or in a section 47 enquiry: both
become a row of one table, and a day given in both is one conference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from evenhand.formats.cin.groups import CENSUS, CHILD, LOOKED_THROUGH, OTHER, Group, group
from evenhand.formats.cin.years import Header
from evenhand.formats.spool import Spool
from evenhand.formats.xml import Element, line_of

CONFERENCE: Final = "DateOfInitialCPC"
_WITH_TIME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ][\d:.Z+]*$")
_PLANS, _CONFERENCES = "cin_protection_plans", "cin_conferences"


@dataclass(slots=True)
class _Row:
    """A row of a child, not yet laid out."""

    group: Group
    line: int
    cells: list[str]

    def get(self, name: str) -> str:
        """A cell."""
        return self.cells[self.group.places[name]]

    def set(self, name: str, text: str) -> None:
        """Fill a cell."""
        self.cells[self.group.places[name]] = text


@dataclass(slots=True)
class Laying:
    """Lays children out in a spool; ``header`` is that of their file."""

    spool: Spool
    header: Header
    _rows: list[_Row] = field(default_factory=list)
    _child: str = ""
    _met: dict[tuple[str, str], list[list[str]]] = field(default_factory=dict)

    def child(self, line: int, element: Element) -> None:
        """Lay out a child and all that stands in it."""
        self._rows, self._met = [], {}
        self._child = (element.findtext(f".//{CHILD}") or "").strip()
        self._lay(group(), element, line, "")
        self._head(self._rows[0])
        self._join_conferences()
        census = self.header.census
        for one in self._rows:
            one.set(CENSUS, census)
            self.spool.add(one.group.table.name, one.line, one.cells)

    def _head(self, row: _Row) -> None:
        row.set("Year", self.header.year)
        row.set("ReferenceDate", self.header.reference_date)

    def _lay(self, of: Group, element: Element, line: int, parent: str) -> None:
        row = _Row(of, line, [""] * len(of.places))
        inner: list[tuple[Group, Element]] = []
        if of.is_leaf:
            row.set(of.element, _text(element))
        else:
            inner = list(_collected(row, element))
        if not inner and not any(row.cells) and not of.must_hold:
            return
        row.set(CHILD, self._child)
        if parent:
            row.set("parent_key", parent)
        key = self._key(row, parent)
        row.set("key", key)
        self._rows.append(row)
        for below, found in inner:
            if below.table.name == _CONFERENCES:
                self._conference(below, found, row)
            else:
                self._lay(below, found, line_of(found), key)

    def _key(self, row: _Row, parent: str) -> str:
        """The same for a row that comes again; another for a different one of the same day."""
        of = row.group
        if not of.dated:
            return self._child
        base = f"{parent if of.of_parent else self._child}|{_day(row.get(of.dated))}"
        others = self._met.setdefault((of.table.name, base), [])
        if row.cells not in others:
            others.append(list(row.cells))
        number = others.index(row.cells)
        return base if number == 0 else f"{base}|{number + 1}"

    def _conference(self, of: Group, element: Element, within: _Row) -> None:
        """A conference, from the details of a case or from a section 47 enquiry."""
        day = _text(element)
        if not day:
            return
        row = _Row(of, line_of(element), [""] * len(of.places))
        row.set(CHILD, self._child)
        row.set("key", f"{self._child}|{_day(day)}")
        row.set(CONFERENCE, day)
        row.set("parent_key", within.get("key"))
        if within.group.element == "Section47":
            row.set("parent_key", within.get("parent_key"))
            row.set("section_47_key", within.get("key"))
            row.set("InitialCPCtarget", within.get("InitialCPCtarget"))
            within.set("conference_key", row.get("key"))
        self._rows.append(row)

    def _join_conferences(self) -> None:
        """A plan that begins on the day of a conference was made by it."""
        held = {r.get("key") for r in self._rows if r.group.table.name == _CONFERENCES}
        begun = set()
        for row in self._rows:
            if row.group.table.name == _PLANS:
                key = f"{self._child}|{_day(row.get('CPPstartDate'))}"
                begun.add(key)
                row.set("conference_key", key if key in held else "")
        for row in self._rows:
            if row.group.table.name == _CONFERENCES and row.get("key") in begun:
                row.set("plan_made", "1")


def _collected(row: _Row, element: Element) -> Iterator[tuple[Group, Element]]:
    """Fill a row's cells from an element; the groups that stand in it."""
    of = row.group
    for inner in element:
        tag = inner.tag
        if tag in LOOKED_THROUGH:
            yield from _collected(row, inner)
        elif tag in of.inner:
            yield of.inner[tag], inner
        elif tag == CONFERENCE and of.element in ("CINdetails", "Section47"):
            yield group(_CONFERENCES), inner
        elif tag == CHILD:
            continue
        elif tag in of.places and not row.get(tag):
            row.set(tag, _text(inner))
        elif tag not in of.places or row.get(tag) != _text(inner):
            row.set(OTHER, f"{row.get(OTHER)} {tag}".strip())


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _day(text: str) -> str:
    match = _WITH_TIME.match(text)
    return match[1] if match else text
