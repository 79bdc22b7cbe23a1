"""One child of the census after another, laid out as rows of tables.

Elements may come in any order, groups may be empty or repeated, and text between elements is
passed over. An initial conference stands in the details of a case or in a section 47 enquiry: both
become a row of one table, and a day given in both is one conference.
"""

from __future__ import annotations

import re
from typing import Final

from evenhand.formats.cin.groups import (
    CENSUS,
    CHILD,
    CONFERENCE,
    LOOKED_THROUGH,
    OTHER,
    Group,
    group,
    tables,
)
from evenhand.formats.cin.years import Header
from evenhand.formats.spool import Spool
from evenhand.formats.xml import Element, line_of

_WITH_TIME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ][\d:.Z+]*$")
_PLAN, _ENQUIRY = "ChildProtectionPlans", "Section47"

Inner = list[tuple[Group, Element]]


class Row:
    """A row of a child, not yet laid out."""

    __slots__ = ("cells", "group", "line")

    def __init__(self, of: Group, line: int, cells: list[str]) -> None:
        self.group, self.line, self.cells = of, line, cells

    def get(self, name: str) -> str:
        """A cell."""
        return self.cells[self.group.places[name]]

    def set(self, name: str, text: str) -> None:
        """Fill a cell."""
        self.cells[self.group.places[name]] = text


class Laying:
    """Lays children out in a spool; ``header`` is that of their file."""

    def __init__(self, spool: Spool, header: Header) -> None:
        self.spool, self.header = spool, header
        self._blank = {name: [""] * len(table.columns) for name, table in tables().items()}
        for name in tables():
            self._blank[name][group(name).places[CENSUS]] = header.census
        self._begin()

    def _begin(self) -> None:
        self._child = ""
        self._rows: list[Row] = []
        self._plans: list[Row] = []
        self._conferences: list[Row] = []
        self._met: dict[tuple[str, str], list[tuple[str, ...]]] = {}

    def child(self, line: int, element: Element) -> None:
        """Lay out a child and all that stands in it."""
        self._begin()
        self._lay(group(), element, line, "")
        self._rows[0].set("Year", self.header.year)
        self._rows[0].set("ReferenceDate", self.header.reference_date)
        if self._conferences:
            self._join_conferences()
        for row in self._rows:
            self.spool.add(row.group.table.name, row.line, row.cells)

    def _lay(self, of: Group, element: Element, line: int, parent: str) -> None:
        cells = self._blank[of.table.name].copy()
        inner: Inner = []
        if of.is_leaf:
            cells[of.leaves[of.element]] = _text(element)
            holds = bool(cells[of.leaves[of.element]])
        else:
            holds = _collect(of, element, cells, inner)
        if not (holds or inner or of.must_hold):
            return
        row = Row(of, line, cells)
        self._name(row, parent)
        self._rows.append(row)
        if of.element == _PLAN:
            self._plans.append(row)
        self._lay_inner(row, inner)

    def _name(self, row: Row, parent: str) -> None:
        """Give a row its child, and the keys of itself and of the row it stands in."""
        of = row.group
        if of.dated:
            row.set(CHILD, self._child)
            row.set("parent_key", parent)
            row.set("key", self._key(row, parent))
        else:
            self._child = row.get(CHILD)
            row.set("key", self._child)

    def _key(self, row: Row, parent: str) -> str:
        """The same for a row that comes again; another for a different one of the same day."""
        of, told = row.group, tuple(row.cells)
        base = f"{parent if of.of_parent else self._child}|{_day(row.get(of.dated))}"
        others = self._met.setdefault((of.table.name, base), [])
        if told not in others:
            others.append(told)
        number = others.index(told)
        return base if number == 0 else f"{base}|{number + 1}"

    def _lay_inner(self, row: Row, inner: Inner) -> None:
        key = row.get("key")
        for below, element in inner:
            if below.element == CONFERENCE:
                self._conference(below, element, row)
            else:
                self._lay(below, element, line_of(element), key)

    def _conference(self, of: Group, element: Element, within: Row) -> None:
        """A conference, from the details of a case or from a section 47 enquiry."""
        day = _text(element)
        if not day:
            return
        row = Row(of, line_of(element), self._blank[of.table.name].copy())
        row.set(CHILD, self._child)
        row.set("key", f"{self._child}|{_day(day)}")
        row.set(CONFERENCE, day)
        row.set("parent_key", within.get("key"))
        if within.group.element == _ENQUIRY:
            row.set("parent_key", within.get("parent_key"))
            row.set("section_47_key", within.get("key"))
            row.set("InitialCPCtarget", within.get("InitialCPCtarget"))
            within.set("conference_key", row.get("key"))
        self._conferences.append(row)
        self._rows.append(row)

    def _join_conferences(self) -> None:
        """A plan that begins on the day of a conference was made by it."""
        held = {row.get("key") for row in self._conferences}
        begun = set()
        for row in self._plans:
            key = f"{self._child}|{_day(row.get('CPPstartDate'))}"
            begun.add(key)
            row.set("conference_key", key if key in held else "")
        for row in self._conferences:
            if row.get("key") in begun:
                row.set("plan_made", "1")


def _collect(of: Group, element: Element, cells: list[str], inner: Inner) -> bool:
    """Fill a row's cells from an element, and find the groups in it; whether any cell was."""
    leaves, groups, holds = of.leaves, of.inner, False
    for one in element:
        tag = one.tag
        if tag in leaves:
            text = (one.text or "").strip()
            if not text:
                continue
            place, holds = leaves[tag], True
            if not cells[place]:
                cells[place] = text
            elif cells[place] != text:
                _note(of, cells, tag)
        elif tag in groups:
            inner.append((groups[tag], one))
        elif tag in LOOKED_THROUGH:
            holds |= _collect(of, one, cells, inner)
        else:
            _note(of, cells, tag)
            holds = True
    return holds


def _note(of: Group, cells: list[str], tag: str) -> None:
    place = of.places[OTHER]
    cells[place] = f"{cells[place]} {tag}".strip()


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _day(text: str) -> str:
    """A day as it stands in a key: without a time of day."""
    if len(text) == len("2026-03-31"):
        return text
    match = _WITH_TIME.match(text)
    return match[1] if match else text
