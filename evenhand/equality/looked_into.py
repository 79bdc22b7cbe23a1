"""Findings with the open task of each, where somebody is looking into it already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from evenhand.accounts.models import Team, User
from evenhand.design.wording import day
from evenhand.equality.findings import Finding as Known
from evenhand.equality.queries import Asked
from evenhand.equality.queries.fares import teams_in_reach
from evenhand.equality.tables.fares import Finding
from evenhand.standards.queries.counting import teams_counted
from evenhand.work.models import Task
from evenhand.work.queries import about_it
from evenhand.work.wording import whose


def looked_into(viewer: User, asked: Asked, found: Iterable[Finding]) -> list[Finding]:
    """Return findings of a page, each with its open task if the viewer may see it. One query."""
    found, refs = list(found), tuple(sorted(team.ref for team in teams_of(viewer, asked)))
    keys = [_known(each, refs, without=asked.without_unaccompanied).key for each in found]
    tasks = about_it(viewer, keys)
    return [_with(each, tasks.get(key)) for each, key in zip(found, keys, strict=True)]


def teams_of(viewer: User, asked: Asked) -> Sequence[Team]:
    """Return the teams whose counts a page shows; none where it shows the whole authority's."""
    keys = {key for key in teams_counted(viewer, asked.team) or () if key is not None}
    found = [team for team in teams_in_reach(viewer) if team.pk in keys] if keys else []
    return sorted(found, key=lambda team: team.ref)


def _known(each: Finding, refs: tuple[str, ...], *, without: bool) -> Known:
    return Known(each.measure, each.dimension, each.group, refs, without)


def _with(each: Finding, task: Task | None) -> Finding:
    if task is None:
        return each
    words = f"{whose(task)} looks into this, by {day(task.due_on)}"
    return each._replace(task_url=reverse("work:task", args=[task.ref]), task_words=words)
