"""Promises as people meet them: the law's limit and our own promise for one event, side by side.

Where two standards time the same event of the same subject, the one that falls due first leads and
the other stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import child_name, day
from evenhand.promises.naming import CHILD, address_key, key_of
from evenhand.promises.queries import Added
from evenhand.promises.wording import let_off
from evenhand.rules import State
from evenhand.standards import wording
from evenhand.standards.queries import Promise

WAITING = (State.LATE, State.OPEN)


class Together(NamedTuple):
    """The promise that leads for one event, and those beside it that fall due later."""

    lead: Promise
    beside: tuple[Promise, ...]


def together(promises: Iterable[Promise]) -> list[Together]:
    """Put promises on the same event together, in the order in which each event first stands."""
    events: dict[tuple[object, ...], list[Promise]] = {}
    for one in promises:
        events.setdefault(_event(one), []).append(one)
    return [_led(found) for found in events.values()]


def _event(one: Promise) -> tuple[object, ...]:
    shown_by = one.standard.shown_by or one.standard.id
    return (one.row.subject, one.row.subject_id, shown_by, one.row.cycle)


def _led(found: list[Promise]) -> Together:
    lead, *beside = sorted(found, key=lambda one: (one.row.due_on, not one.standard.law))
    return Together(lead, tuple(beside))


def standard_url(one: Promise) -> str:
    """Return the address of the standard's own page."""
    pack, _, name = one.standard.id.partition("/")
    return reverse("standards:standard", args=[pack, name])


def waiting_table(found: Sequence[Together], caption: str, *, who: bool, empty: str) -> Table:
    """Return what is late or due, for which child, and by when; ``who`` adds the worker."""
    columns = ["Child", "What was promised", "By when", *(["Worker"] if who else []), "Standing"]
    rows = [_waiting_row(one, who) for one in found]
    return Table(caption, columns, rows, empty=empty)


def _waiting_row(one: Together, who: bool) -> list[Cell]:
    row, child = one.lead.row, one.lead.row.child
    name = child_name(child, surname_first=True)
    worker = [Cell(str(row.worker) if row.worker else "Nobody yet")] if who else []
    return [
        Cell(name, url=reverse("pages:child", args=[child.ref])) if child else Cell(name),
        Cell(
            one.lead.standard.title,
            url=standard_url(one.lead),
            note=_authority(one.lead),
        ),
        Cell(row.due_on, note=beside_in_words(one)),
        *worker,
        Cell(state=one.lead.state, law=one.lead.standard.law),
    ]


def beside_in_words(one: Together) -> str:
    """Return the other limits on the same event: "Our promise: Sat 21 November 2026"."""
    return "; ".join(
        f"{wording.kind_of_authority(other.standard)}: {_day_beside(other, one.lead)}"
        for other in one.beside
        if other.row.due_on
    )


def _day_beside(other: Promise, lead: Promise) -> str:
    same = other.row.due_on == lead.row.due_on
    return "the same day" if same else day(other.row.due_on or lead.row.due_on)


def of_child_table(
    found: Sequence[Together], caption: str, *, empty: str, added: Added, ref: str
) -> Table:
    """Return promises to one child: what, why due then, how it stands, under which clause.

    What was put off, passed on or let off stands beside the day; ``ref`` is the child's where the
    viewer may do so, and empty otherwise.
    """
    return Table(
        caption,
        [Column("What was promised"), Column("Why"), Column("By when"), Column("Standing")],
        [
            [
                Cell(
                    one.lead.standard.title,
                    url=standard_url(one.lead),
                    note=_authority(one.lead),
                ),
                Cell(
                    wording.why_due(one.lead.row, one.lead.standard),
                    note=wording.how_it_stands(one.lead.row, one.lead.state, one.lead.horizon),
                ),
                Cell(
                    one.lead.row.due_on,
                    url=_own_page(one.lead, ref),
                    note="; ".join(_beside(one, added)),
                ),
                Cell(state=one.lead.state, law=one.lead.standard.law),
            ]
            for one in found
        ],
        empty=empty,
    )


def _own_page(one: Promise, ref: str) -> str:
    """Return the address of a promise's own page, where a reason or a pause can be added."""
    return reverse("promises:one", args=[CHILD, ref, address_key(one.row)]) if ref else ""


def _beside(one: Together, added: Added) -> Iterator[str]:
    if said := beside_in_words(one):
        yield said
    for allowance in added.allowances.get(key_of(one.lead.row), ()):
        yield let_off(allowance, one.lead.row)


def _authority(one: Promise) -> str:
    clauses = ", ".join(one.standard.clauses)
    return f"{wording.kind_of_authority(one.standard)} · {clauses}"
