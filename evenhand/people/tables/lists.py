"""Lists of children: all, whom to ask, and where sources differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Column, Table
from evenhand.people import wording
from evenhand.people.identity import Knowledge
from evenhand.people.models import Child, IdentityStatement
from evenhand.people.queries.differences import Difference
from evenhand.people.queries.worklist import Entry, ToAsk


def children_table(children: Iterable[Child], *, words: str, today: date) -> Table:
    """Return the list of children."""
    empty = (
        f"No child whom you may see is called “{words}” or has that number."
        if words
        else "There are no children here."
    )
    return Table(
        "Children found" if words else "Children",
        [Column("Name"), Column("Age"), Column("Team"), Column("Worker"), Column("Standing")],
        [
            [
                child_cell(child),
                age(child, today), child.team, child.worker,
                "Open to us" if child.is_open else "Closed",
            ]
            for child in children
        ],
        empty=empty,
        caption_hidden=True,
    )  # fmt: skip


def age(child: Child, today: date) -> str | None:
    """Return a child's age in years, "unborn", or nothing where no birth is recorded."""
    if child.born_on is None:
        return "Unborn" if child.expected_on else None
    before = (today.month, today.day) < (child.born_on.month, child.born_on.day)
    return str(today.year - child.born_on.year - before)


def worklist_table(entries: Sequence[Entry], today: date, *, who: bool = True) -> Table:
    """Return whom to ask what: a row for each child, with their parents' items below.

    ``who`` adds the team and the worker.
    """
    return Table(
        "Who to ask",
        ["Child", "What to ask", *(["Team", "Worker"] if who else [])],
        [
            [
                child_cell(
                    entry.child,
                    "people:identity",
                    note=f"Age {age(entry.child, today)}" if entry.child.born_on else "",
                ),
                Cell(_to_ask_child(entry), note=_to_ask_parents(entry)),
                *([entry.child.team, entry.child.worker] if who else []),
            ]
            for entry in entries
        ],
        empty="Nothing is waiting to be asked. The list fills itself when something is.",
        caption_hidden=True,
    )


def _to_ask_child(entry: Entry) -> str:
    return _labels([each for each in entry.questions if each.adult is None])


def _to_ask_parents(entry: Entry) -> str:
    theirs = [each for each in entry.questions if each.adult is not None]
    if not theirs:
        return ""
    names = ", ".join(dict.fromkeys(str(each.adult) for each in theirs))
    return f"Of {names}: {_labels(theirs).lower()}"


def _labels(asked: Sequence[ToAsk]) -> str:
    words = list(dict.fromkeys(_one(each) for each in asked))
    return wording.together(words)


def _one(each: ToAsk) -> str:
    again = {
        Knowledge.AWAITING: " (answer awaited)",
        Knowledge.DECLINED: " (now ask the child)",
        Knowledge.NOT_KNOWN: " (now ask the child)",
    }
    return each.item.label + again.get(each.state, "")


def differences_table(found: Sequence[Difference], *, can_record: bool) -> Table:
    """Return whose sources differ, and what each says."""
    return Table(
        "Where what we hold differs",
        ["Child", "About", "What each source says", "Worker", Column("Settle", hidden=True)],
        [
            [
                child_cell(
                    each.child,
                    "people:identity",
                    note=str(each.adult) if each.adult else "",
                ),
                each.item.label,
                "; ".join(_source_says(each, row) for row in each.statements),
                each.child.worker,
                Cell("Settle", url=_settle_url(each)) if can_record else "",
            ]
            for each in found
        ],
        empty="No two sources differ about anybody you may see.",
        caption_hidden=True,
    )


def _source_says(each: Difference, row: IdentityStatement) -> str:
    own = f" {wording.own_words(row)}" if wording.own_words(row) else ""
    return f"{wording.answer(each.item, row)}{own} ({wording.who_said(row)})"


def _settle_url(each: Difference) -> str:
    if each.adult is not None:
        args = [each.child.ref, each.adult.ref, each.item.characteristic]
        return reverse("people:settle-adult", args=args)
    return reverse("people:settle", args=[each.child.ref, each.item.characteristic])
