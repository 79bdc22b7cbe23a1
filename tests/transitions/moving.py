"""A disabled children's team, its young people, and what their plan pages show."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.accounts.models import Role, Team, Worker
from evenhand.people.models import Child
from evenhand.transitions.actions import begin_plan
from evenhand.transitions.models import TransitionPlan
from tests import factories as make
from tests.clock import Clock
from tests.pages import table_of
from tests.recording.desk import Desk


def disability_team() -> Team:
    """The team that the packs mean."""
    found = make.team("Disabled Children's Team")
    Team.objects.filter(pk=found.pk).update(code="CDT")
    return found


def desk(role: Role = Role.TEAM_MANAGER, name: str = "Ana Quay") -> Desk:
    """Somebody of that team at their desk: its manager, unless told otherwise."""
    return Desk(name, role=role, team=disability_team())


def young(at: Desk, born: str, **fields: Any) -> Child:
    """A young person of the team, whose case is open."""
    return at.child(born_on=date.fromisoformat(born), **fields)


def plan(at: Desk, clock: Clock, on: str, born: str, route: str) -> TransitionPlan:
    """A plan that is begun on a day."""
    now = clock.at(on)
    made: TransitionPlan = begin_plan(young(at, born), route, by=at.user, at=now)
    return made


def other_worker(name: str = "Tom Reef", team: str = "PDSI") -> Worker:
    """A worker of an adult service."""
    return make.worker(name, team=make.team(team))


def steps(at: Desk, of: TransitionPlan) -> dict[str, list[str]]:
    """The milestones that a plan's page shows: in words to when, and how each stands."""
    rows = table_of(at.get("transitions:plan", of.ref), "Milestones")
    return {row[0]: row[1:] for row in rows}


def step(at: Desk, of: TransitionPlan, begins: str) -> list[str]:
    """One of them, by how its words begin."""
    return next(row for words, row in steps(at, of).items() if words.startswith(begins))


def listed(at: Desk, route: str, caption: str, *args: str) -> list[list[str]]:
    """The rows of a table of a page; none where its sentence says that there is nothing."""
    try:
        return table_of(at.get(route, *args), caption)
    except AssertionError:
        return []
