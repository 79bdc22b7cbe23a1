"""What the pages of tasks lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table, TimelineItem
from evenhand.design.wording import child_name, day
from evenhand.history.models import Entry
from evenhand.work import wording
from evenhand.work.models import Reading, Task
from evenhand.work.pack import kinds, outcome_in_words, words_of


def tasks_table(tasks: Iterable[Task], today: date, *, caption: str, empty: str) -> Table:
    """Return tasks, those due first coming first, each leading to its page."""
    return Table(
        caption,
        ["What", "Due", "Who", "How it stands"],
        [
            [
                Cell(task.what, url=reverse("work:task", args=[task.ref]), note=_note(task)),
                task.due_on,
                wording.whose(task),
                Cell(wording.standing(task, today)),
            ]
            for task in tasks
        ],
        empty=empty,
        caption_hidden=True,
    )


def _note(task: Task) -> str:
    words = words_of(task.kind)
    return f"{words}: {child_name(task.child)}" if task.child else words


def task_rows(task: Task, today: date) -> list[SummaryRow]:
    """Return one task, line by line."""
    return [
        SummaryRow("Kind", words_of(task.kind)),
        *_line("Why", task.why),
        *_child(task),
        SummaryRow("Who", wording.whose(task)),
        SummaryRow("Due", task.due_on),
        SummaryRow("How it stands", wording.standing(task, today)),
        *_came_of_it(task),
        SummaryRow("Asked by", task.opened_by.name if task.opened_by else "Evenhand"),
        SummaryRow("Asked on", task.opened_at),
        *_line("Measured again on", day(task.review_on) if task.review_on else ""),
    ]


def _child(task: Task) -> list[SummaryRow]:
    if task.child is None:
        return []
    kept = task.child.merged_into or task.child
    return [SummaryRow("Child", child_name(kept), url=reverse("pages:child", args=[kept.ref]))]


def _came_of_it(task: Task) -> list[SummaryRow]:
    found = outcome_in_words(task.kind, task.outcome) if task.outcome else ""
    kind = kinds().get(task.kind)
    looked = (
        f"{task.looked_at:,} {kind.counts if kind else ''}" if task.looked_at is not None else ""
    )
    by = task.done_by.name if task.done_by and task.state != Task.State.OPEN else ""
    checked = task.checked_by.name if task.checked_by else ""
    return [
        *_line("What was found", found),
        *_line("Looked at", looked.replace("that you ", "")),
        *_line("In words", task.evidence),
        *_line("Done by", by),
        *_line("Checked by", checked),
    ]


def _line(name: str, value: str) -> list[SummaryRow]:
    return [SummaryRow(name, value)] if value else []


def readings_table(readings: Sequence[Reading], *, exact: bool) -> Table | None:
    """Return what was counted when the task was opened and since; None where nothing was."""
    if not readings:
        return None
    against = readings[0].against
    columns: list[Column | str] = ["Counted on", Column("Share", numeric=True)]
    columns += [Column(against[:1].upper() + against[1:], numeric=True)] if against else []
    return Table(
        readings[0].of_what,
        [*columns, "Of the days"],
        [
            [
                Cell(one.as_at, note="" if place else "The baseline"),
                Cell(wording.shown(one, exact=exact), numeric=True),
                *([Cell(wording.others_shown(one, exact=exact), numeric=True)] if against else []),
                _days(one),
            ]
            for place, one in enumerate(readings)
        ],
    )


def _days(one: Reading) -> str | None:
    return f"{day(one.since)} to {day(one.until)}" if one.since and one.until else None


def trail(entries: Iterable[Entry]) -> list[TimelineItem]:
    """Return what was done to a task, and said of it, the newest first."""
    return [
        TimelineItem(
            wording.EVENTS.get(one.action, one.action), one.at, by=wording.who(one), text=one.reason
        )
        for one in entries
    ]
