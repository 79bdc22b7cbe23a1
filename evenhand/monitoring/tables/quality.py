"""Quality of our work by group, as audits grade it: sentences and tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.equality.comparison import Row
from evenhand.equality.pathway import Dimension
from evenhand.equality.wording import between, share
from evenhand.monitoring.queries.audited import Quality, Score
from evenhand.work.models import Task

NOTHING = "No audit of a file that was drawn by chance is graded yet, so we cannot tell."


def about(dimension: Dimension, group: str) -> str:
    """Return what an action about a group's grades is known by."""
    return f"quality:{dimension.id}|{group}"


def answer(found: Iterable[Quality]) -> str:
    """Return whether audits grade our work lower for a group, as a sentence."""
    ways = list(found)
    if not ways:
        return NOTHING
    worst = [(one, score) for one in ways for score in one.proposed()]
    if worst:
        return sentence(*max(worst, key=lambda each: each[1].points))
    if not any(row.is_compared for one in ways for row in one.compared.rows):
        return "Too few files are audited to compare groups."
    return f"Audits score no group more than {ways[0].limit:g} points under everyone else."


def sentence(one: Quality, score: Score) -> str:
    """Return a gap that an action is proposed for, in a sentence."""
    whom = one.dimension.children_of(score.row.group)
    sure = "more than chance would explain" if score.row.differs else "which may be chance alone"
    if one.hides:
        return (
            f"{lower_words(one, score)}, by more than {one.limit:g} points, {sure}. An improvement "
            "action is proposed."
        )
    return (
        f"Audits score our work with {whom} {score.own:.0f} of 100, against {score.others:.0f} for "
        f"all other children: {score.points:.0f} points lower, {sure}. An improvement action is "
        "proposed."
    )


def lower_words(one: Quality, score: Score) -> str:
    """Return a gap in a sentence without numbers, which anybody who is asked may read."""
    whom = one.dimension.children_of(score.row.group)
    return f"Audits score our work with {whom} lower than with all other children"


def grades_table(one: Quality, viewer: User, tasks: Mapping[str, Task]) -> Table:
    """Return grades by one dimension: mean score, met the standard, and what is done."""
    label = one.dimension.label
    proposed = {score.row.group for score in one.proposed()}
    return Table(
        f"Grades of audits, by {label.lower()}",
        [Column(label), Column("Audits", numeric=True), Column("Mean score of 100", numeric=True),
         Column("All other children", numeric=True), Column("Met the standard"),
         "What it shows", "What is done"],
        [_row(one, row, row.group in proposed, viewer, tasks) for row in one.compared.rows],
        empty="There is nothing to show.", narrow="scroll",
    )  # fmt: skip


def _row(
    one: Quality, row: Row, is_proposed: bool, viewer: User, tasks: Mapping[str, Task]
) -> list[Cell]:
    if row.hidden:
        return [Cell(row.label), *(Cell("Hidden") for _ in range(4)), Cell("Not shown"), Cell()]
    score = one.scores.get(row.group)
    of = f"{number(row.shown_reached)} of {number(row.shown_of)}"
    met = f"{of}, likely between {between(row.low, row.high)}"
    return [
        Cell(row.label), Cell(row.shown_of), Cell(_score(score.own if score else math.nan)),
        Cell(_others(one, score)), Cell(share(row.rate), note=met),
        Cell(_shows(one, row, score)), _done(one, row, is_proposed, viewer, tasks),
    ]  # fmt: skip


def _score(score: float) -> str | None:
    return None if math.isnan(score) else f"{score:.0f}"


def _others(one: Quality, score: Score | None) -> str | None:
    """Everyone else's score; nothing where a group among them is hidden, or this is not known."""
    return None if score is None or one.hides else _score(score.others)


def _shows(one: Quality, row: Row, score: Score | None) -> str:
    if score is None or not row.is_compared:
        return "Shown, not compared"
    chance = "more than chance would explain" if row.differs else "may be chance alone"
    points = score.points
    if one.hides:
        return chance.capitalize()
    if abs(points) < 1:
        return "The same as everyone else"
    return f"{abs(points):.0f} points {'lower' if points > 0 else 'higher'}: {chance}"


def _done(
    one: Quality, row: Row, is_proposed: bool, viewer: User, tasks: Mapping[str, Task]
) -> Cell:
    task = tasks.get(about(one.dimension, row.group))
    if task is not None:
        return Cell(task.what, url=reverse("work:task", args=[task.ref]))
    if not is_proposed:
        return Cell()
    if not may(viewer, "findings.look_into"):
        return Cell("An improvement action is proposed")
    query = urlencode({"about": about(one.dimension, row.group)})
    return Cell("Open the improvement action proposed",
                url=f"{reverse('monitoring:improve')}?{query}")  # fmt: skip
