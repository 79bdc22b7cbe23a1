"""The registers: measures of teams and of the authority, the tree of objectives, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from evenhand.accounts.models import Team, User
from evenhand.performance.models import Finding, Measure, Objective, PersonalObjective
from evenhand.performance.queries.people import personal_for
from evenhand.standards.counts import Counts
from evenhand.standards.queries import counts_by_standard, teams_within
from evenhand.standards.queries.counting import teams_counted


class TeamLine(NamedTuple):
    """A team in the register: its measures that run, and what is missing of them (none: whole)."""

    team: Team
    measures: Sequence[Measure]
    gaps: Sequence[str]


class Branch(NamedTuple):
    """One thing of the tree, in words, and what hangs on it. ``gap``: what is missing of it."""

    level: str
    words: str
    gap: str = ""
    below: Sequence[Branch] = ()


def running() -> QuerySet[Measure]:
    """Return every measure that was not ended."""
    named = ("team", "owner", "objective__parent")
    return Measure.objects.filter(ended_on=None).select_related(*named).order_by("name", "pk")


def local_indicators() -> QuerySet[Measure]:
    """Return the measures of the whole authority."""
    return running().filter(team=None)


def team_register() -> list[TeamLine]:
    """Return every team that holds no other, with its measures and what is missing."""
    by_team: dict[int | None, list[Measure]] = defaultdict(list)
    for one in running().exclude(team=None):
        by_team[one.team_id].append(one)
    teams = Team.objects.filter(teams=None).order_by("name", "pk")
    return [TeamLine(team, by_team[team.pk], gaps_of(by_team[team.pk])) for team in teams]


def gaps_of(measures: Sequence[Measure]) -> list[str]:
    """Return what a team's measures lack: at least one with a target and a priority is asked."""
    if any(one.target is not None and one.priority for one in measures):
        return []
    if not measures:
        return ["no measure"]
    gaps = [] if any(one.target is not None for one in measures) else ["no target"]
    if not any(one.priority for one in measures):
        gaps.append("no priority")
    return gaps or ["target and priority on different measures"]


def counted_for(viewer: User, measure: Measure) -> Counts | None:
    """Return how a measure's standard stands, where the viewer's counts reach so far."""
    team = measure.team
    if not measure.source:
        return None
    if team is None and teams_counted(viewer) != (None,):
        return None
    if team is not None and not teams_within(viewer).filter(pk=team.pk).exists():
        return None
    return counts_by_standard(viewer, team).get(measure.source, Counts())


def tree_for(viewer: User) -> list[Branch]:
    """Return the objectives from the council's down to those of people the viewer may see."""
    measures: dict[int | None, list[Measure]] = defaultdict(list)
    for one in running():
        measures[one.objective_id].append(one)
    personal: dict[int | None, list[PersonalObjective]] = defaultdict(list)
    for each in personal_for(viewer):
        personal[each.measure_id].append(each)
    objectives: dict[int | None, list[Objective]] = defaultdict(list)
    for found in Objective.objects.filter(ended_on=None).order_by("pk"):
        objectives[found.parent_id].append(found)
    return [
        *(_objective(each, objectives, measures, personal) for each in objectives[None]),
        *(_measure(each, personal) for each in measures[None] if personal[each.pk]),
        *(_personal(each) for each in personal[None]),
    ]


Objectives = Mapping[int | None, list[Objective]]
Measures = Mapping[int | None, list[Measure]]
Personal = Mapping[int | None, list[PersonalObjective]]


def _objective(
    one: Objective, objectives: Objectives, measures: Measures, personal: Personal
) -> Branch:
    below = [
        *(_objective(each, objectives, measures, personal) for each in objectives[one.pk]),
        *(_measure(each, personal) for each in measures[one.pk]),
    ]
    return Branch(f"{one.get_level_display()} objective", one.words, "", below)


def _measure(one: Measure, personal: Personal) -> Branch:
    whose = one.team.name if one.team else "The authority"
    gap = "" if one.objective else "no service objective"
    below = [_personal(each) for each in personal[one.pk]]
    return Branch(f"Measure of {whose}", one.name, gap, below)


def _personal(one: PersonalObjective) -> Branch:
    gap = "" if one.measure_id else f"no parent measure: {one.person.name}"
    return Branch(f"Objective of {one.person.name}", one.words, gap)


def chain_of(one: PersonalObjective) -> str:
    """Return what an objective adds to, up to the council's, in one line; what is missing of it."""
    if one.measure is None:
        return f"no parent measure: {one.person.name}"
    steps, above = [one.measure.name], one.measure.objective
    while above is not None:
        steps.append(above.words)
        above = above.parent
    return " → ".join(steps)


def findings() -> QuerySet[Finding]:
    """Return the improvement register, open ones first, the newest on top."""
    return Finding.objects.select_related("recorded_by").order_by("closed_on", "-found_on", "-pk")
