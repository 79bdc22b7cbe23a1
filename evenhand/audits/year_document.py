"""A year of the programme as a printed document, and as days of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from evenhand.audits import pack
from evenhand.audits.queries.year import Placed, Year, kept_of, worst_of
from evenhand.audits.tables.programme import title_of_slot, whose
from evenhand.design.calendars import Day
from evenhand.design.documents import Document, Figures, Section
from evenhand.design.wording import day

HEADINGS = ("Audit", "Whose", "Done", "How it stands", "Due")
NOTES = ("A slot is late from the day after the last day of its month.",)


def document_of(year: Year, now: datetime) -> Document:
    """Return a year to print: what is due in each month, and how it stands today."""
    by_month = ((month, _placed_in(year, month)) for month in range(1, 13))
    sections = tuple(_section(year, month, found) for month, found in by_month if found)
    title = f"Audit programme {year.number}"
    return Document(title, settings.AUTHORITY, timezone.localdate(now), sections, NOTES)


def _placed_in(year: Year, month: int) -> list[Placed]:
    return [one for one in year.placed if one.slot.month.month == month]


def _section(year: Year, month: int, found: list[Placed]) -> Section:
    first = found[0].slot.month
    rows = tuple(_row(year.of(line, month)) for line in dict.fromkeys(_lines(found)))
    moved = tuple(
        f"{title_of_slot(one.slot)} ({whose(one.slot)}), planned for {one.slot.planned:%B %Y}: "
        f"{one.slot.moved_why}" for one in found if one.slot.moved_why
    )  # fmt: skip
    figures = Figures(f"Audits of {first:%B %Y}", HEADINGS, (False,) * len(HEADINGS), rows)
    return Section(f"{first:%B %Y}", moved, (figures,))


def _lines(found: list[Placed]) -> Iterator[str]:
    """Yield the lines of a month, those of the timetable first."""
    order = list(pack.lines())
    known = {one: place for place, one in enumerate(order)}
    yield from sorted((one.slot.line for one in found), key=lambda id_: known.get(id_, len(order)))


def _row(placed: list[Placed]) -> tuple[str, ...]:
    slot, one = placed[0].slot, len(placed) == 1
    done = placed[0].standing.words if one else f"{kept_of(placed)} of {len(placed)}"
    of = whose(slot) if one else f"{len(placed)} {'teams' if slot.team_id else 'people'}"
    return (title_of_slot(slot), of, done, str(worst_of(placed)), day(slot.due_on))


def days_of(year: Year) -> Iterator[Day]:
    """Yield a calendar's days: for each slot the day it is held, or that by which it is due."""
    for one in year.placed:
        slot = one.slot
        held = f"{title_of_slot(slot)}: {whose(slot)}"
        if slot.audit_on is not None:
            yield Day(f"{slot.ref}-held", slot.audit_on, held)
        yield Day(f"{slot.ref}-due", slot.due_on, f"{held}, {one.standing.words} done, due today")
