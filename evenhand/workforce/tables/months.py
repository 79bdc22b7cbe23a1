"""Months of supervision, laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse

from evenhand.accounts.models import Team, Worker
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import day, day_month, month
from evenhand.rules.states import State
from evenhand.workforce.judging import Month
from evenhand.workforce.queries.months import Count

WORDS = {
    State.LATE: "Missed",
    State.EXCUSED: "Excluded: away all month",
    State.OPEN: "Not yet this month",
    State.NOT_KNOWN: "Before supervision was written down here",
}
NOBODY = "Nobody is in your line."


def cell_of(found: Month) -> Cell:
    """Return how one month stands: its state, and in words the days or what is missing."""
    if found.state is State.EXCUSED:
        return Cell(state=found.state, note=WORDS[found.state])
    if found.held:
        return Cell(state=State.KEPT, note=", ".join(day_month(one) for one in found.held))
    return Cell(state=found.state, note=WORDS.get(found.state, ""))


def worker_table(months: Sequence[Month], caption: str) -> Table:
    """Return one worker's months, the newest first."""
    rows = [[month(one.first), cell_of(one)] for one in reversed(months)]
    empty = "Nobody's supervision was written down yet. Months are counted from the first on."
    return Table(caption, ["Month", "Supervised"], rows, empty=empty)


def people_table(
    people: Iterable[Worker], months: Mapping[int, Sequence[Month]], shown: Sequence[date]
) -> Table:
    """Return a manager's people by name, month by month."""
    rows = []
    for one in people:
        by_month = {each.first: each for each in months.get(one.pk, ())}
        cells = [cell_of(by_month[first]) if first in by_month else None for first in shown]
        rows.append([_named(one), *cells])
    columns = ["Who", *(month(first) for first in shown)]
    return Table("My people, month by month", columns, rows, empty=NOBODY)


def missed_table(gaps: Iterable[tuple[Worker, Sequence[date]]], caption: str) -> Table:
    """Return who was not supervised in which months, by name."""
    rows = [
        [_named(worker), worker.team, ", ".join(month(first) for first in missed)]
        for worker, missed in gaps
    ]
    columns = ["Who", "Team", "Missed in"]
    return Table(caption, columns, rows, empty="Nobody in your line missed a month.")


def teams_table(counted: Mapping[Team, Mapping[date, Count]], shown: Sequence[date]) -> Table:
    """Return team by team how many of those who were to be were supervised: no names."""
    rows = [
        [team.name, *(_count(by_month.get(first)) for first in shown)]
        for team, by_month in counted.items()
    ]
    columns = ["Team", *(Column(month(first), numeric=True) for first in shown)]
    empty = "Nobody's supervision was written down yet."
    return Table("Supervised, team by team", columns, rows, empty=empty)


def supervisions_table(held: Iterable[object], caption: str) -> Table:
    """Return supervisions that were held, each with a link to what was said."""
    rows = [
        [Cell(day(one.held_on), url=reverse("workforce:held", args=[one.ref])), by_whom(one)]  # type: ignore[attr-defined]
        for one in held
    ]
    return Table(caption, ["When", "By"], rows, empty="None was written down yet.")


def by_whom(one: object) -> str:
    """Return who supervised them."""
    return str(getattr(one, "supervisor", None) or getattr(one, "supervisor_name", ""))


def _count(one: Count | None) -> Cell:
    if one is None or not (one.of or one.away):
        return Cell(None)
    note = f"{one.away} away all month" if one.away else ""
    return Cell(f"{one.supervised} of {one.of}", note=note, numeric=True)


def _named(worker: Worker) -> Cell:
    return Cell(worker.name or worker.code, url=reverse("workforce:worker", args=[worker.ref]))
