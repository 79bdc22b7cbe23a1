"""What the pages of who has seen a record, and what was changed in it, lay out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse

from evenhand.design import wording
from evenhand.design.components import Cell, Column, Table, TimelineItem
from evenhand.history.models import Entry
from evenhand.people.models import Child
from evenhand.people.pack import ask_set, in_words
from evenhand.people.queries.looking import Pair, Questions
from evenhand.people.queries.remembered import Look, Looker

PAGES: Mapping[str, str] = {
    "child": "The child's page",
    "identity": "Who they are",
    "record": "Recording by hand",
    "merging": "Two records compared",
    "restriction": "Restricting the record",
    "retention": "How long it is kept",
    "records request": "A request to see records",
    "imports:finding": "A row that an import refused",
    "imports:difference": "Where sources differ",
    "imports:which": "Which record a row tells of",
    "seen": "Who has seen this record",
    "feedback": "What they told us",
    "changes": "What was changed",
}
HAPPENED: Mapping[str, str] = {
    "import.changed": "An import changed the record",
    "import.withdrawn": "An import no longer had it",
    "identity.answered": "What was said of who they are was recorded",
    "identity.imported": "An import told who they are",
    "identity.entered_in_error": "What was said was taken back as entered in error",
    "identity.difference_settled": "It was settled what is shown where sources differ",
    "event.recorded": "Something was recorded by hand",
    "event.entered_in_error": "Something was taken back as entered in error",
    "feedback.recorded": "Feedback was written down",
    "feedback.followed": "It was written down what came of feedback",
    "feedback.entered_in_error": "Something that was told was taken back as entered in error",
    "barrier.met": "It was written down what stood in their way",
    "barrier.completed": "What stood in their way was added to, or answered",
    "discrimination.noted": "Discrimination that the child met was written down",
    "words.added": "Words were added to what somebody else had done",
    "child.merged": "Two records became one",
    "child.unmerged": "One record became two again",
    "difference.believed": "Another source was believed",
    "difference.left": "A difference between sources was left",
}
BEFORE_AND_AFTER = 2
DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|30)")


def page_in_words(page: str) -> str:
    """Return which page was opened."""
    return PAGES.get(page) or page.rpartition(":")[2].replace("-", " ").capitalize()


def lookers_table(people: Iterable[Looker]) -> Table:
    """Return who looked, each with a link that keeps only theirs."""
    return Table(
        "By person",
        [Column("Who"), Column("Times", numeric=True), Column("First"), Column("Last")],
        [
            [
                Cell(
                    one.name,
                    url=f"?who={one.ref}" if one.ref else "",
                    note="Had access for a while" if one.had_access_for_a_while else "",
                ),
                one.looks, one.first, one.last,
            ]
            for one in people
        ],
        empty="Nobody has opened it in that time.",
    )  # fmt: skip


def looks_table(looks: Iterable[Look]) -> Table:
    """Return looks one by one."""
    return Table(
        "Each time",
        [Column("When"), Column("Who"), Column("Page"), Column("Why")],
        [
            [
                look.at,
                Cell(look.name, note="By access for a while" if look.by_access_for_a_while else ""),
                page_in_words(look.page),
                look.why or None,
            ]
            for look in looks
        ],
        empty="Nobody has opened it in that time.",
        heads_rows=False,
    )


def look_lines(looks: Iterable[Look]) -> Iterator[list[str]]:
    """Yield looks as rows of a file, its headings first."""
    yield ["when", "who", "page", "why", "access for a while"]
    for look in looks:
        lent = "yes" if look.by_access_for_a_while else "no"
        yield [look.at.isoformat(), look.name, page_in_words(look.page), look.why, lent]


def change_items(entries: Sequence[Entry]) -> list[TimelineItem]:
    """Return changes in plain words: what happened, by whom, each field before and after."""
    return [
        TimelineItem(_happened(entry), entry.at, text=" ".join(_said(entry))) for entry in entries
    ]


def _happened(entry: Entry) -> str:
    known = HAPPENED.get(entry.action)
    return known or entry.action.replace(".", ": ").replace("_", " ").capitalize()


def _said(entry: Entry) -> Iterator[str]:
    by = entry.actor.name if entry.actor else "the case system's file"
    yield f"By {by}."
    if entry.salt == "":
        yield "What it said was disposed of."
    for name, pair in sorted(entry.changes.items()):
        old, new = (
            pair if isinstance(pair, list) and len(pair) == BEFORE_AND_AFTER else (None, pair)
        )
        if old != new:
            yield f"{_label(entry, name)}: {_value(entry, name, old)} → {_value(entry, name, new)}."
    if entry.reason:
        yield f"Why: {entry.reason}"


def _label(entry: Entry, name: str) -> str:
    asked = _asked(entry)
    if name == "answer" and asked is not None:
        return str(asked.label)
    try:
        field: Any = apps.get_model(entry.subject)._meta.get_field(name.removesuffix("_id"))
        words = str(field.verbose_name)
    except (LookupError, FieldDoesNotExist, AttributeError, ValueError):
        words = name.removesuffix("_id").replace("_", " ")
    return words[:1].upper() + words[1:]


def _asked(entry: Entry) -> Any:
    named = (entry.changes.get("characteristic") or [None, None])[-1]
    return next((item for item in ask_set() if item.characteristic == named), None)


def _value(entry: Entry, name: str, value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    asked = _asked(entry)
    if name == "answer" and asked is not None:
        return in_words(asked, str(value))
    return wording.day(date.fromisoformat(value)) if DAY.fullmatch(str(value)) else str(value)


def question_tables(found: Questions) -> Mapping[str, Table]:
    """Return the tables of what is worth asking."""
    return {
        "busy": Table(
            "Many records in an hour",
            [Column("Who"), Column("The hour from"), Column("Children", numeric=True)],
            [[one.name, one.at, one.children] for one in found.busy],
            empty="Nobody opened so many.",
        ),
        "late": Table(
            "Out of hours",
            [Column("Who"), Column("Times", numeric=True)],
            [[one.name, one.looks] for one in found.late],
            empty="Nobody looked so often out of hours.",
        ),
        "surname": _pairs("The same surname", found.same_surname),
        "not_theirs": _pairs("Not theirs today", found.not_theirs),
    }


def _pairs(caption: str, pairs: Iterable[Pair]) -> Table:
    return Table(
        caption,
        [Column("Who"), Column("Whose record")],
        [[one.name, _child(one.child)] for one in pairs],
        empty="None.",
    )


def _child(child: Child) -> Cell:
    return Cell(wording.child_name(child), url=reverse("pages:seen", args=[child.ref]))
