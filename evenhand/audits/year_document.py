"""A year of the programme as a printed document, and as days of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

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
    of = whose(slot) if one else _many(placed)
    return (title_of_slot(slot), of, _done(placed), str(worst_of(placed)), day(slot.due_on))


def _many(placed: list[Placed]) -> str:
    return f"{len(placed)} {'teams' if placed[0].slot.team_id else 'people'}"


def _done(placed: list[Placed]) -> str:
    """Return how much is done: of one slot files, of several how many of those whose they are."""
    if len(placed) > 1:
        return f"{kept_of(placed)} of {_many(placed)}"
    (_, standing), *_ = placed
    return f"{standing.done} of {standing.needed} file{'' if standing.needed == 1 else 's'}"


def days_of(year: Year) -> Iterator[Day]:
    """Yield a calendar's days: on which audits are held, and by which those of a line are due.

    What several teams have to do by one day is one event, so that a calendar can be read.
    """
    due: dict[tuple[str, date], list[Placed]] = {}
    for one in year.placed:
        slot = one.slot
        due.setdefault((slot.line, slot.due_on), []).append(one)
        if slot.audit_on is not None:
            yield Day(f"{slot.ref}-held", slot.audit_on, f"{_named([one])}: held today")
    for (line, on), placed in due.items():
        yield Day(f"{line}-{on}-due", on, f"{_named(placed)}: due, {_done(placed)} done")


def _named(placed: list[Placed]) -> str:
    slot = placed[0].slot
    return title_of_slot(slot) + (f", {whose(slot)}" if len(placed) == 1 else "")
