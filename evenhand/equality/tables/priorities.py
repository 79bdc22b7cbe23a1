"""The strategy's priorities beside the aims of the duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.urls import reverse

from evenhand.design.components import Cell, Table
from evenhand.equality.priorities import Priority


class Serving(NamedTuple):
    """One aim of the duty with the priorities that serve it; perhaps none does."""

    number: int
    words: str
    served_by: str


def serving(aims: Mapping[int, str], priorities: Sequence[Priority]) -> list[Serving]:
    """Return each aim with the labels of the priorities that serve it, empty where none does."""
    return [
        Serving(number, words, "; ".join(one.label for one in priorities if number in one.aims))
        for number, words in aims.items()
    ]


def priorities_table(priorities: Sequence[Priority]) -> Table:
    """Return the priorities in their order, each with its aims."""
    return Table(
        "The strategy's priorities",
        ["Priority", "Serves"],
        [
            [
                _named(one),
                ", ".join(f"Aim {number}" for number in one.aims) or "No aim is named",
            ]
            for one in priorities
        ],
    )  # fmt: skip


def _named(priority: Priority) -> Cell:
    words = f"{priority.number}. {priority.label}"
    return Cell(words, url=_clause_url(priority), note=", ".join(priority.clauses))


def _clause_url(priority: Priority) -> str:
    first = next(iter(priority.clauses), "")
    return reverse("pages:clause", args=[first]) if first else ""
