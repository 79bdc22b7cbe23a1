"""The kinds of report, what each counts, and the groups of people who get them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from evenhand.audits.pack.reading import entry_called, listed, texts
from evenhand.facts.adopted import policy
from evenhand.policy.entries import needed


class Recipients(NamedTuple):
    """A group of people who get reports: those who hold ``role``.

    ``leaves_out`` are parts of a report that they do not get; from whom ``small`` is hidden, sees
    no count under the packs' number.
    """

    id: str
    label: str
    role: str
    leaves_out: frozenset[str] = frozenset()
    is_small_hidden: bool = False


class Share(NamedTuple):
    """A question of a tool whose yes is counted; with ``by_row`` apart for each answer to that."""

    id: str
    title: str
    question: str
    by_row: str


class Beside(NamedTuple):
    """What stands beside the grade: a change between two numbers, or a choice and its better."""

    id: str
    title: str
    before: str
    after: str
    unit: str
    question: str
    better: str


class ReportKind(NamedTuple):
    """A kind of report, and to whom it must go (ids of ``Recipients``).

    ``standards`` say when the next is due.
    """

    id: str
    title: str
    types: tuple[str, ...]
    needs: tuple[str, ...]
    clauses: tuple[str, ...]
    standards: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    beside: tuple[Beside, ...] = ()


def recipients() -> Mapping[str, Recipients]:
    """Return the groups of people who get reports, by id."""
    made = (
        Recipients(
            str(one["id"]), str(one["label"]), str(one["role"]),
            frozenset(texts(one, "leaves-out")), one.get("small") == "hidden",
        )
        for one in listed("recipients")
    )  # fmt: skip
    return {one.id: one for one in made}


def report_kinds() -> Mapping[str, ReportKind]:
    """Return the kinds of report, by id."""
    made = (
        ReportKind(
            str(one["id"]), str(one["title"]), texts(one, "types"), texts(one, "needs"),
            texts(one, "clauses"), texts(one, "standards"),
            tuple(_share(each) for each in one.get("shares", ())),
            tuple(_beside(each) for each in one.get("beside", ())),
        )
        for one in listed("reports")
    )  # fmt: skip
    return {one.id: one for one in made}


def report_kind_called(id_: str) -> ReportKind:
    """Return one kind of report. Problem, naming it, where no adopted pack has it."""
    return entry_called(report_kinds(), id_, "kind of report")


def small_under(on: date) -> int:
    """Return under which count a number is small, on a day. Problem without one."""
    entries: Any = policy().document("disparity")["values"]
    return int(needed(entries, "suppress-below", on, "disparity.yaml")["value"])


def _share(one: Mapping[str, Any]) -> Share:
    return Share(
        str(one["id"]), str(one["title"]), str(one["question"]), str(one.get("by-row", ""))
    )


def _beside(one: Mapping[str, Any]) -> Beside:
    names = ("id", "title", "before", "after", "unit", "question", "better")
    return Beside(*(str(one.get(name, "")) for name in names))
