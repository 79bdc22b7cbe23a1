"""The team's lists, and how it went, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Table
from evenhand.design.wording import percent
from evenhand.eligibility.resource_team.pack import ResourceTeam
from evenhand.eligibility.resource_team.queries import Accommodated
from evenhand.recording.models import Answer, Recording
from evenhand.recording.sets import edition_of
from evenhand.recording.tables import in_words

NOT_TOLD = "More has to be answered"


def waiting_table(found: Iterable[Recording]) -> Table:
    """Return requests that wait for a decision, in the order of the list."""
    rows = [
        [
            child_cell(one.child) if one.child else "No child",
            Cell(_advice(one), url=reverse("recording:one", args=[one.ref])),
            one.on,
            str(one.worker or "No worker"),
            "; ".join(in_words(each) for each in one.missing.all()) or "Nothing",
        ]
        for one in found
    ]
    heads = ["Child", "What the criteria advise", "Asked on", "Worker", "What is missing"]
    empty = "No request waits for a decision. One is begun from a child's page, under Criteria."
    return Table("Requests that wait for a decision", heads, rows, empty=empty)


def _advice(one: Recording) -> str:
    asked = edition_of(one.form, one.edition)
    found = (each.label for each in asked.advice if each.id == one.advice) if asked else iter(())
    return next(found, NOT_TOLD)


def episodes_table(found: Iterable[Recording], team: ResourceTeam) -> Table:
    """Return the team's work with each family: the scores at both ends, and the change."""
    heads = ["Child", "Started", "Ended", "Score at the start", "Score at the end", "Change"]
    empty = "The team's work with no family is written down yet."
    return Table("How it went", heads, [_episode(one, team) for one in found], empty=empty)


def _episode(one: Recording, team: ResourceTeam) -> list[Any]:
    told: dict[str, Answer] = {each.question: each for each in one.told}  # type: ignore[attr-defined]
    before, after = (_score(told.get(name)) for name in (team.before, team.after))
    ended = told[team.ended].day if team.ended in told else None
    return [
        child_cell(one.child) if one.child else "No child",
        Cell(one.on, url=reverse("recording:one", args=[one.ref])),
        ended or "Not yet",
        "Missing" if before is None else before,
        "Missing" if after is None else after,
        "Not known" if before is None or after is None else f"{after - before:+d}",
    ]


def _score(answer: Answer | None) -> int | None:
    return int(answer.code) if answer is not None and answer.code.isdecimal() else None


def accommodated_words(found: Accommodated, months: int) -> list[str]:
    """Return how many children came into care after the team began, and who is not counted."""
    if not found.looked_at:
        first = f"None of the team's work began {months} months ago or longer."
    else:
        stayed = found.looked_at - found.came_into_care
        first = (
            f"{percent(stayed, found.looked_at)} not accommodated within {months} months: "
            f"{stayed} of {found.looked_at}. {found.came_into_care} came into care."
        )
    return [first, *_left_out(found, months)]


def _left_out(found: Accommodated, months: int) -> Iterable[str]:
    if found.too_early:
        yield f"Not counted yet: {found.too_early} that began less than {months} months ago."
    if found.in_care_before:
        yield f"Not counted: {found.in_care_before} where the child was in our care when it began."
