"""Timeliness and outcomes of the core groups of a month, laid out for the page of their slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.audits.models import Slot
from evenhand.audits.queries.minutes import Held, core_groups_of, standard, timeliness_of
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import as_day, child_name, month, percent

NOT_RATED = "Not rated yet"


def beside(slot: Slot, viewer: User, now: datetime) -> Sequence[Table]:
    """Return what is known of the core groups of a slot's month: in time, and how rated."""
    held = core_groups_of(slot, viewer, now)
    return [figures_table(held, month(slot.month)), groups_table(held, month(slot.month))]


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
