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
from evenhand.workforce.models import Absence, Supervision
from evenhand.workforce.queries.months import Count
from evenhand.workforce.queries.told import Report

WORDS = {
    State.LATE: "Missed",
    State.EXCUSED: "Excluded: away all month",
    State.OPEN: "Not yet this month",
    State.NOT_KNOWN: "Before supervision of this team was known here",
}
NOBODY = "Nobody is in your line."
UNKNOWN = Cell("Not known", numeric=True)


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
    empty = "No supervision of this team is known yet. Months count from the first one on."
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
        [team.name, *(_count(by_month.get(first)) if by_month else UNKNOWN for first in shown)]
        for team, by_month in counted.items()
    ]
    columns = ["Team", *(Column(month(first), numeric=True) for first in shown)]
    empty = "You see counts of no team that has staff."
    return Table("Supervised, team by team", columns, rows, empty=empty)


def supervisions_table(
    held: Iterable[Supervision], reports: Mapping[int, Report], caption: str
) -> Table:
    """Return supervisions that were held, each with how it is known and a link to what was said."""
    rows = [
        [
            Cell(day(one.held_on), url=reverse("workforce:held", args=[one.ref])), by_whom(one),
            told_words(one, reports),
        ]
        for one in held
    ]  # fmt: skip
    columns = ["When", "By", "How we know"]
    return Table(caption, columns, rows, empty="None was written down yet.")


def by_whom(one: Supervision) -> str:
    """Return who supervised them."""
    return str(one.supervisor or one.supervisor_name or "Not said")


def told_words(one: Supervision | Absence, reports: Mapping[int, Report]) -> str:
    """Return how a row is known: who wrote it down and which report tells of it, in words."""
    report = reports.get(one.pk)
    written = [f"Written down by {one.recorded_by.name}"] if one.recorded_by else []
    brought = [f"From the report {report.name}"] if report else []
    return "; ".join([*written, *brought])


def _count(one: Count | None) -> Cell:
    if one is None or not (one.of or one.away):
        return Cell(None)
    note = f"{one.away} away all month" if one.away else ""
    return Cell(f"{one.supervised} of {one.of}", note=note, numeric=True)


def _named(worker: Worker) -> Cell:
    return Cell(worker.name or worker.code, url=reverse("workforce:worker", args=[worker.ref]))
