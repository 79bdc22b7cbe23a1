"""The list of requests to attend a transition review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Table
from evenhand.design.wording import day
from evenhand.recording.tables import in_words, shown
from evenhand.transitions.queries.requests import AWAITED, Request

COLUMNS = ["Came", "Child", "School", "Route", "Review", "Where it stands"]
SOURCE = "source: transition review request"


def requests_table(found: Iterable[Request], caption: str, empty: str) -> Table:
    """Return requests, each with what is still to be done."""
    return Table(caption, list(COLUMNS), [_row(one) for one in found], empty=empty)


def _row(one: Request) -> list[Cell | str]:
    ref = one.recording.ref
    url = reverse("recording:one", args=[ref]) if one.is_seen else ""
    return [
        Cell(one.recording.on, url=url),
        _child(one),
        _said(one, "school"),
        _said(one, "routes"),
        _said(one, "review_on"),
        ". ".join(_stands(one)),
    ]


def _child(one: Request) -> Cell:
    if one.is_seen and one.recording.child is not None:
        return child_cell(one.recording.child)
    url = reverse("transitions:request-open", args=[one.recording.ref])
    return Cell("Open the record, to decide", url=url)


def _said(one: Request, id_: str) -> str:
    question, value = one.asked.question(id_), one.given.form.get(id_)
    if question is None or value in (None, "", []):
        return "Not recorded"
    return day(value) if question.kind == "date" else str(shown(question, value))


def _stands(one: Request) -> Iterator[str]:
    level = one.result.derived.get("stands")
    if level is not None:
        yield level.label
    lacks = sorted(one.recording.missing.all(), key=lambda lack: lack.pk)
    yield from (in_words(lack) for lack in lacks if not (one.referral and lack.key == AWAITED))
    if one.referral is not None:
        number = f" {one.referral.number}" if one.referral.number else ""
        yield f"Referral{number} of {day(one.referral.on)}, {SOURCE}"
