"""Barriers: the register, one of them, and each time that it was met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Model
from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import day
from evenhand.feedback import pack
from evenhand.feedback.fastening import record_at, records_at, words_of
from evenhand.feedback.models import Barrier, BarrierMet, Feedback
from evenhand.feedback.queries import Line, Suggestion

YES_NO = {True: "Yes", False: "No", None: None}
FEWER = "Hidden"


def title_of(barrier: Barrier) -> str:
    """Return a barrier's code with its number."""
    code = pack.code_called(barrier.code)
    return code.words if code else barrier.code


def register_table(lines: Iterable[Line], *, exact: bool, below: int) -> Table:
    """Return the register; a count that is small is hidden from those who may open no record."""
    rows = [
        [
            Cell(title_of(line.barrier), url=reverse("feedback:barrier", args=[line.barrier.ref])),
            pack.label_of("services", line.barrier.service) or "Not said",
            pack.label_of("groups", line.barrier.group) or "No one group",
            pack.label_of("causes", line.barrier.cause) or "Not known",
            Cell(
                line.count if exact or line.count >= below else f"fewer than {below}", numeric=True
            ),
            pack.label_of("barrier-states", line.barrier.status),
        ]
        for line in lines
    ]
    headings = ["Barrier", "Service", "Who meets it", "Cause", Column("Times told", numeric=True),
                "How far"]  # fmt: skip
    empty = "Nobody has told us of a barrier yet."
    return Table("Barriers", headings, rows, empty=empty, caption_hidden=True)


def barrier_rows(barrier: Barrier, count: str) -> list[SummaryRow]:
    """Return one barrier, line by line."""
    return [
        SummaryRow("Service", pack.label_of("services", barrier.service) or "Not said"),
        SummaryRow("Who meets it", pack.label_of("groups", barrier.group) or "No one group"),
        SummaryRow("Cause", pack.label_of("causes", barrier.cause) or "Not known"),
        SummaryRow("Times told", count),
        SummaryRow("How far", pack.label_of("barrier-states", barrier.status)),
        SummaryRow("What is done", barrier.action_words or None),
    ]


def met_table(found: Iterable[BarrierMet], caption: str) -> Table:
    """Return each time a barrier was met, with where it was told and what is missing."""
    listed = list(found)
    records = records_at((met.target, met.target_id) for met in listed)
    rows = [
        [
            Cell(title_of(met.barrier), url=reverse("feedback:met", args=[met.ref])),
            pack.label_of("services", met.barrier.service) or "Not said",
            source_cell(met, records.get((met.target, met.target_id))),
            met.met_on,
            "Entered in error" if met.entered_in_error else ", ".join(missing(met)) or "Nothing",
        ]
        for met in listed
    ]
    headings = ["Barrier", "Service", "Where it was told", "When", "What is missing"]
    return Table(caption, headings, rows, empty="No barrier is recorded.")


def source_cell(met: BarrierMet, record: Model | None) -> Cell:
    """Return where a barrier was told, with its link: to feedback, or to what was told."""
    if isinstance(record, Feedback):
        return Cell(words_of(record), url=reverse("feedback:item", args=[record.ref]))
    return Cell(words_of(record), url=reverse("feedback:met", args=[met.ref]))


def missing(met: BarrierMet) -> list[str]:
    """Return what the barrier's code asks for and is not there, in words."""
    code = pack.code_called(met.barrier.code)
    held = {
        pack.SERVICE: met.barrier.service, pack.WOULD_HELP: met.would_help,
        pack.CONTACT: met.contact, pack.ANOTHER_WORKER: met.another_worker is not None,
    }  # fmt: skip
    return [name for name in held if code and name in code.asks_for and not held[name]]


def met_rows(met: BarrierMet) -> list[SummaryRow]:
    """Return one time that a barrier was met; what is missing says who wrote it down and when."""
    return [
        SummaryRow("Where it was told", source_words(met)),
        SummaryRow("Told on", met.met_on),
        SummaryRow("In their words", met.words or None),
        *_asked(met),
        SummaryRow("Who meets it", pack.label_of("groups", met.barrier.group) or "No one group"),
        SummaryRow("Cause", pack.label_of("causes", met.barrier.cause) or "Not known"),
        *_replied(met),
        SummaryRow("Written down by", met.recorded_by.name),
    ]


def source_words(met: BarrierMet) -> str:
    """Return where a barrier was told, in words."""
    return words_of(record_at(met.target, met.target_id))


def _asked(met: BarrierMet) -> Iterator[SummaryRow]:
    lacks = missing(met)
    told = {
        pack.SERVICE: pack.label_of("services", met.barrier.service),
        pack.WOULD_HELP: met.would_help, pack.CONTACT: met.contact,
        pack.ANOTHER_WORKER: YES_NO[met.another_worker],
    }  # fmt: skip
    for name, value in told.items():
        gap = f"missing: {met.recorded_by.name}, {day(met.recorded_at)}"
        if value or name in lacks or name == pack.SERVICE:
            shown = gap if name in lacks else value or "Not said"
            yield SummaryRow(name.capitalize(), shown)


def _replied(met: BarrierMet) -> list[SummaryRow]:
    if met.reply:
        return [SummaryRow("They were answered", met.reply), SummaryRow("On", met.replied_on)]
    return [SummaryRow("They were answered", "Not yet")] if met.another_worker else []


def suggestions_table(found: Iterable[Suggestion], *, exact: bool) -> Table:
    """Return the training to think of, each with a link to what it cites."""
    rows = [
        [
            pack.label_of("services", each.service),
            f"Training: {each.code.label.lower()}",
            Cell(each.count if exact else "Hidden", numeric=True),
        ]
        for each in found
    ]
    headings = ["Service", "What to think of", Column("Times told", numeric=True)]
    empty = "No service was named often enough in this quarter."
    return Table("Training to think of", headings, rows, empty=empty)
