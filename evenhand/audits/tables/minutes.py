"""Core groups of a month and minutes of strategy discussions, laid out for their slot's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.audits.models import Slot
from evenhand.audits.queries.minutes import (
    STRATEGY,
    Held,
    core_groups_of,
    standard,
    strategies_of,
    timeliness_of,
)
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import as_day, child_name, month, percent
from evenhand.rules.states import State

NOT_RATED = "Not rated yet"
IN_TIME = (State.KEPT, State.KEPT_LATE, State.LATE)


def beside(slot: Slot, viewer: User, now: datetime) -> Sequence[Table]:
    """Return what is known of a slot's month: core groups in time and how rated, and minutes."""
    held, in_month = core_groups_of(slot, viewer, now), month(slot.month)
    minutes = strategy_table(strategies_of(slot, viewer, now), in_month)
    return [figures_table(held, in_month), minutes, groups_table(held, in_month)]


def strategy_table(found: Counter[State], in_month: str) -> Table:
    """Return of how many strategy discussions the minutes went out in time, or are not known."""
    told = {state: found[state] for state in IN_TIME}
    of, promise = sum(told.values()), standard(STRATEGY)
    rows: list[list[object]] = []
    if found.total() and promise:
        untold = found.total() - of - found[State.OPEN]
        notes = [f"{found[State.OPEN]} not due yet"] if found[State.OPEN] else []
        notes += [f"{untold} of which it is not known"] if untold else []
        share = percent(told[State.KEPT], of) if of else "Not known"
        counted = _of(told[State.KEPT], of) if of else Cell(None)
        cell = Cell(share, note=", ".join(notes), numeric=True)
        rows.append([promise.title, cell, counted])
    columns = ["What", Column("In time", numeric=True), Column("Discussions", numeric=True)]
    empty = f"No section 47 enquiry that began in {in_month} is recorded."
    return Table(f"Minutes of strategy discussions in {in_month}", columns, rows, empty=empty)


def figures_table(held: Sequence[Held], in_month: str) -> Table:
    """Return how many were in time, and how many got which rating of their outcomes."""
    timely, promise = timeliness_of(held), standard()
    rated = Counter(one.rating for one in held if one.rating)
    rows: list[list[object]] = []
    if held:
        untold = len(held) - timely.of
        note = f"{untold} of which it cannot be told" if untold else ""
        share = Cell(percent(timely.kept, timely.of), note=note, numeric=True)
        rows.append([promise.title if promise else "In time", share, _of(timely.kept, timely.of)])
    for words, count in rated.most_common():
        share = Cell(percent(count, sum(rated.values())), numeric=True)
        rows.append([f"Outcomes: {words}", share, _of(count, sum(rated.values()))])
    columns = ["What", Column("Share", numeric=True), Column("Core groups", numeric=True)]
    caption = f"Timeliness and outcomes of core groups in {in_month}"
    return Table(caption, columns, rows, empty=f"No core group of {in_month} is recorded.")


def groups_table(held: Iterable[Held], in_month: str) -> Table:
    """Return each core group: whose, when, since when it was counted, in time, and how rated."""
    rows = [
        [
            _whose(one), one.group.held_on, as_day(one.outcome.due) if one.outcome
            and one.outcome.due else None, Cell(state=one.state), one.rating or NOT_RATED,
        ]
        for one in held
    ]  # fmt: skip
    columns = ["Child", "Held on", "To be held by", "In time", "Outcomes"]
    empty = "Core groups come from mapped reports of the case system, or are written down here."
    return Table(f"Core groups held in {in_month}", columns, rows, empty=empty)


def _whose(one: Held) -> Cell:
    child = one.group.child.merged_into or one.group.child
    if not one.may_open:
        return Cell("A child outside your reach")
    return Cell(child_name(child), url=reverse("pages:child", args=[child.ref]))


def _of(part: int, whole: int) -> Cell:
    return Cell(f"{part} of {whole}", numeric=True)
