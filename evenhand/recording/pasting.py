"""A table pasted from a spreadsheet, read into records: every line, or none."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.design.days import NoSuchDay, read_day
from evenhand.people.models import Child
from evenhand.people.queries.numbers import with_number
from evenhand.problems import Problem
from evenhand.recording import actions, sets
from evenhand.recording.forms import RecordingForm
from evenhand.recording.models import Recording
from evenhand.recording.queries import Event, events_of
from evenhand.rules.question_sets import Question, QuestionSet

MOST_LINES = 200  # of one paste: each is read and checked while its sender waits
CHILD, DAY = "child", "day"
SEVERAL = ";"


class Line(NamedTuple):
    """One line of the table: its number as a spreadsheet counts, and its cells by column."""

    number: int
    cells: Mapping[str, str]


class Unread(Problem):
    """The table, or some lines of it, cannot be written down; ``fates`` say why, line by line."""

    def __init__(self, fates: Sequence[str]) -> None:
        super().__init__("Nothing was written down.", "Mend what is said below, and paste again.")
        self.fates = tuple(fates)


def headings_of(asked: QuestionSet) -> list[str]:
    """Return the headings that a table may have for this form."""
    first = ["Child"] if asked.of_child != "no" else []
    if _is_of_event(asked):
        first.append("Day")
    return first + [one.label.rstrip("?") for one in asked.questions]


def write_down(asked: QuestionSet, text: str, *, by: User, at: datetime) -> list[Recording]:
    """Write down every line of a pasted table, or nothing. Raises Unread with each line's fault."""
    lines, fates = list(_lines(asked, text)), []
    made: list[Recording] = []
    with transaction.atomic():
        for line in lines:
            try:
                made.append(_written(asked, line, by, at))
            except Problem as problem:
                fates.append(f"Line {line.number}: {problem}")
        if fates:
            raise Unread(fates)
    return made


def _lines(asked: QuestionSet, text: str) -> Iterator[Line]:
    rows = [row for row in csv.reader(text.splitlines(), delimiter="\t") if any(row)]
    if len(rows) < 2 or len(rows) > MOST_LINES + 1:
        raise Unread([f"Paste the headings and 1 to {MOST_LINES} lines below them."])
    columns = [_column(asked, heading) for heading in rows[0]]
    unknown = [one for one, column in zip(rows[0], columns, strict=True) if column is None]
    if unknown:
        known = ", ".join(headings_of(asked))
        raise Unread([f'The form asks nothing called "{unknown[0]}". It asks: {known}.'])
    for number, row in enumerate(rows[1:], start=2):
        cells = zip(columns, (cell.strip() for cell in row), strict=False)
        yield Line(number, {str(column): cell for column, cell in cells if cell})


def _column(asked: QuestionSet, heading: str) -> str | None:
    plain = heading.strip().rstrip("?").lower()
    if plain == CHILD or (plain == DAY and _is_of_event(asked)):
        return plain
    for one in asked.questions:
        if plain in (one.id, one.label.rstrip("?").lower()):
            return one.id
    return None


def _written(asked: QuestionSet, line: Line, by: User, at: datetime) -> Recording:
    child = _child(line, by)
    event = _event(asked, line, child)
    about_id = event.pk if event else None
    facts = sets.facts_read(asked, about_id, child.pk if child else None)
    data = {one.id: _typed(one, line.cells.get(one.id, "")) for one in asked.questions}
    form = RecordingForm(data, asked=asked, now=timezone.localtime(at), facts=facts)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else name
        raise Problem(f"{label} {errors[0]}", "Mend it in the spreadsheet.")
    made: Recording = actions.record(
        asked, form.given, by=by, at=at, child=child, about_id=about_id
    )
    return made


def _typed(question: Question, cell: str) -> Any:
    """A cell as the form's own field would send it: a choice by its words or its id."""
    said = {one.label.lower(): one.id for one in question.choices}
    if question.kind == "several":
        return [said.get(part.strip().lower(), part.strip()) for part in cell.split(SEVERAL)]
    if question.kind == "yes_no":
        return cell.lower()
    return said.get(cell.lower(), cell)


def _child(line: Line, by: User) -> Child | None:
    number = line.cells.get(CHILD)
    if not number:
        return None
    found = Child.objects.visible_to(by).filter(pk__in=with_number(number)).first()
    if found is None:
        raise Problem(f'No child of yours has the number "{number}".', "Check it.")
    return found


def _event(asked: QuestionSet, line: Line, child: Child | None) -> Event | None:
    if not _is_of_event(asked) or child is None:
        return None
    on = _day(line.cells.get(DAY, ""))
    found = [one for one in events_of(child, [asked.subject]) if one.on == on]
    if len(found) != 1:
        said = f"{len(found) or 'None'} of the child's records is of that day"
        raise Problem(f"{said}.", "Write this one down from the child's own page.")
    return found[0]


def _day(cell: str) -> date:
    try:
        return read_day(cell)
    except NoSuchDay as fault:
        raise Problem(f"The day must {fault.fault}.", "Mend it in the spreadsheet.") from None


def _is_of_event(asked: QuestionSet) -> bool:
    return not asked.is_own and asked.subject != sets.CHILD
