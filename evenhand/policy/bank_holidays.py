"""The calendar of bank holidays, read from a pack's calendar.yaml."""

from __future__ import annotations

from datetime import date

from evenhand.policy.documents import Faults, Mapping, Node, items_of, shown
from evenhand.policy.fields import Fields
from evenhand.rules.calendar import Calendar

FIELDS = ("first", "proclaimed_to", "holidays", "source", "licence")
NONE_PROCLAIMED = Calendar(frozenset(), date.max, date.min)


def read(node: Node, faults: Faults) -> Calendar | None:
    """The calendar; None, with the faults noted, where it cannot be used."""
    if not isinstance(node, Mapping):
        faults.add(node, "file", "it is not a mapping", "Begin with first:, proclaimed_to:.")
        return None
    fields = Fields(node, faults, FIELDS, "the calendar")
    first, proclaimed_to, listed = (
        fields.day("first"), fields.day("proclaimed_to"), fields.need("holidays")
    )  # fmt: skip
    if first is None or proclaimed_to is None or listed is None:
        return None
    days = [_holiday(item, first, proclaimed_to, faults) for item in items_of(listed)]
    found = [day for day in days if day]
    if len(found) > len(set(found)):
        twice = sorted({day for day in found if found.count(day) > 1})
        fields.wrong("holidays", f"{twice[0]} stands twice", "Keep one of the two.")
    return Calendar(frozenset(found), first, proclaimed_to)


def _holiday(node: Node, first: date, proclaimed_to: date, faults: Faults) -> date | None:
    if not isinstance(node, Mapping):
        faults.add(node, "holidays", shown(node), "Write {on: DATE, name: ...}.")
        return None
    fields = Fields(node, faults, ("on", "name"), "the holiday")
    day = fields.day("on")
    fields.text("name")
    if day and not first <= day <= proclaimed_to:
        fields.wrong("on", f"{day} is outside the calendar", "Widen first or proclaimed_to.")
    return day
