"""The monitoring plan, and the looks at one data set, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from evenhand.accounts.roles import title_of
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import day, percent
from evenhand.monitoring.models import MonitoringRun
from evenhand.monitoring.queries.plan import Planned

COLUMNS = (
    "Data set", "How often", "Who looks", Column("Asked now", numeric=True),
    Column("Known now", numeric=True), Column("Target", numeric=True), "Last looked at",
    "How it stands",
)  # fmt: skip


def plan_table(plan: Iterable[Planned]) -> Table:
    """Return the plan: what is looked at, by whom, how complete it is, and what is overdue."""
    rows = [
        [
            Cell(one.dataset.label, url=reverse("monitoring:dataset", args=[one.dataset.id])),
            one.dataset.frequency.capitalize(), title_of(one.dataset.owner),
            Cell(percent(one.now.asked, one.now.counted), numeric=True),
            Cell(percent(one.now.known, one.now.counted), numeric=True,
                 note=f"{one.now.known:,} of {one.now.counted:,}"),
            Cell(f"{one.dataset.target_percent}%", numeric=True),
            one.last, standing(one),
        ]
        for one in plan
    ]  # fmt: skip
    return Table("What is looked at, and by whom", COLUMNS, rows,
                 empty="No adopted pack has a monitoring plan.")  # fmt: skip


def standing(one: Planned) -> str:
    """Return whether a data set is overdue, in a few words."""
    if one.overdue_since is not None:
        return f"Overdue since {day(one.overdue_since)}"
    return "Looked at in time" if one.last else "Not looked at yet"


def answer(plan: Sequence[Planned]) -> str:
    """Return what is overdue, as a sentence."""
    late = [one.dataset.label.lower() for one in plan if one.overdue_since is not None]
    if not plan:
        return "No adopted pack says what is to be looked at."
    return f"Overdue: {', '.join(late)}." if late else "Nothing is overdue."


def runs_table(runs: Iterable[MonitoringRun]) -> Table:
    """Return the looks at one data set, the newest first."""
    rows = [
        [
            one.done_on, one.words, Cell(percent(one.asked, one.counted), numeric=True),
            Cell(percent(one.known, one.counted), numeric=True), one.recorded_by.name,
        ]
        for one in runs
    ]  # fmt: skip
    columns = ["On", "What was seen", Column("Asked then", numeric=True),
               Column("Known then", numeric=True), "By"]  # fmt: skip
    return Table("When it was looked at", columns, rows, empty="Nobody has looked at it yet.")
