"""Annex A written again: the rows of each list, of children whom the viewer may open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from evenhand.accounts.models import User
from evenhand.casework.facts import UNACCOMPANIED
from evenhand.casework.models import ImmigrationStatus
from evenhand.design.workbooks import Written
from evenhand.formats.annex_a.tables import name_of, tables, titles, written
from evenhand.formats.tables import Column
from evenhand.pages.inspection.lists import LISTS, NOT_HELD, Columns, List
from evenhand.people.models import Child, IdentityStanding
from evenhand.people.tables.lists import age
from evenhand.sources.models import SourceReference

Row = list[Written]
UNBORN = -1
"""The age that Annex A gives a child who is still to be born."""
CHARACTERISTICS = ("sex", "ethnicity", "disability")
NO_DISABILITY = "NONE"
UNACCOMPANIED_COLUMNS = (
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
)


class Sheet(NamedTuple):
    """One list as it is written: its columns in Ofsted's order, and which are not held."""

    number: int
    title: str
    columns: Sequence[str]
    not_held: Sequence[str]
    rows: Sequence[Row]


class AnnexA:
    """The lists as at a day, of the children whom a viewer may open."""

    def __init__(self, viewer: User, today: date) -> None:
        self.viewer, self.today = viewer, today

    def on_lists(self) -> Mapping[int, Sequence[int]]:
        """Return the lists on which each child stands, by the key of their record. One query."""
        first, *others = (self._children_on(number) for number in LISTS)
        found: dict[int, set[int]] = {}
        for number, child, merged in first.union(*others, all=True):
            found.setdefault(merged or child, set()).add(number)
        return {child: sorted(lists) for child, lists in found.items()}

    def sheets(self) -> Iterator[Sheet]:
        """Yield each list that is held, whole, in Ofsted's order."""
        for number in LISTS:
            yield self.sheet(number)

    def not_held(self, number: int) -> list[str]:
        """Return the columns of a list of which nothing is held here."""
        held = {*self._told(LISTS[number]), *_Person.columns}
        return [one.name for one in tables()[name_of(number)].columns if one.name not in held]

    def sheet(self, number: int) -> Sheet:
        """Return one list, whole."""
        list_ = LISTS[number]
        told = self._told(list_)
        columns = tables()[name_of(number)].columns
        aliases = {f"c{place}": told[name] for place, name in enumerate(told)}
        named = dict(zip(told, aliases, strict=True))
        rows = self._rows(list_).order_by(list_.order, "pk")
        read = rows.values("child_id", "child__merged_into_id", **aliases)
        return Sheet(
            number, titles()[name_of(number)], [headed(one.name) for one in columns],
            self.not_held(number),
            [self._row(one, columns, named) for one in read],
        )  # fmt: skip

    def _told(self, list_: List) -> Columns:
        return list_.columns(list_.first_day(self.today), self.today)

    def _row(
        self, one: Mapping[str, Any], columns: Sequence[Column], named: Mapping[str, str]
    ) -> Row:
        person = self._people[one["child__merged_into_id"] or one["child_id"]]
        own = person.cells(self.today)
        told = {name: one[alias] for name, alias in named.items()}
        return [as_written({**own, **told}.get(each.name), each.codes) for each in columns]

    def _children_on(self, number: int) -> QuerySet[Any, Any]:
        rows = self._rows(LISTS[number]).order_by().annotate(on=Value(number))
        return rows.values_list("on", "child_id", "child__merged_into_id")

    def _rows(self, list_: List) -> QuerySet[Any]:
        seen = Child.objects.visible_to(self.viewer).order_by().values("pk")
        theirs = Q(child__in=seen) | Q(child__merged_into__in=seen)
        within = list_.within(list_.first_day(self.today), self.today)
        found: QuerySet[Any] = list_.model._default_manager.filter(within, theirs, withdrawn=False)
        return found

    @cached_property
    def _people(self) -> Mapping[int, _Person]:
        """Everybody whom the viewer may open, with who they are: four queries."""
        children = Child.objects.visible_to(self.viewer).select_related("team", "worker")
        unaccompanied = ImmigrationStatus.objects.filter(
            child=OuterRef("pk"), withdrawn=False, status=UNACCOMPANIED
        )
        rows = children.annotate(unaccompanied=Exists(unaccompanied))
        keys, said = _keys(), _said()
        return {
            child.pk: _Person(child, keys.get(child.pk, child.ref), said.get(child.pk, {}))
            for child in rows
        }


class _Person:
    """Who a child is, in the columns that every list begins with."""

    columns = (
        "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
        "Does the Child have a Disability", *UNACCOMPANIED_COLUMNS, "Allocated Team",
        "Allocated Worker",
    )  # fmt: skip

    def __init__(self, child: Child, key: str, said: Mapping[str, str]) -> None:
        self.child, self.key, self.said = child, key, said

    def cells(self, today: date) -> Mapping[str, Any]:
        """Return what is known of them; what is not stays blank, and is no no."""
        child, born = self.child, self.child.born_on
        unaccompanied = getattr(child, "unaccompanied", False) or None
        disability = self.said.get("disability")
        return {
            "Child Unique ID": self.key, "Gender": self.said.get("sex"),
            "Ethnicity": self.said.get("ethnicity"), "Date of Birth": born,
            "Age of Child (Years)": self._age(today),
            "Does the Child have a Disability": disability and disability != NO_DISABILITY,
            **dict.fromkeys(UNACCOMPANIED_COLUMNS, unaccompanied),
            "Allocated Team": child.team and child.team.name,
            "Allocated Worker": child.worker and str(child.worker),
        }  # fmt: skip

    def _age(self, today: date) -> int | None:
        if self.child.born_on:
            return age(self.child, today)
        return UNBORN if self.child.expected_on else None


def headed(column: str) -> str:
    """Return what a column is headed; the inspections of 2026 head Gender as what it is."""
    return "Sex" if column == "Gender" else column


def as_written(value: Any, codes: str) -> Written:
    """Return a cell as Ofsted's template has it: codes with their letters, days and numbers as
    themselves, nothing as blank. ``codes`` is the list that the column's codes are of."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        value = "Y" if value else "N"
    if isinstance(value, date | int):
        return value
    return written().get(codes, {}).get(str(value), str(value))


def not_held_lists() -> Iterable[str]:
    """Return the titles of the lists of which nothing is held."""
    return [titles()[name_of(number)] for number in NOT_HELD]


def _keys() -> Mapping[int, str]:
    """Return the number by which the leading source knows each child."""
    rows = SourceReference.objects.filter(target="people.child", withdrawn_in_id=None)
    in_rank = rows.order_by("-source__rank", "-pk").values_list("target_id", "key")
    return dict(in_rank)


def _said() -> Mapping[int, Mapping[str, str]]:
    rows = IdentityStanding.objects.filter(
        child__isnull=False, characteristic__in=CHARACTERISTICS, status="answered"
    )
    found: dict[int, dict[str, str]] = {}
    for child, characteristic, answer in rows.values_list("child", "characteristic", "answer"):
        found.setdefault(child, {})[characteristic] = answer
    return found
