"""How often something happened in each team: of those whose cases the viewer may open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evenhand.accounts.models import Team, User
from evenhand.accounts.scope import scope_of
from evenhand.equality.queries.fares import teams_in_reach


class TeamCount(NamedTuple):
    """One team: how many were counted, and how many of them went on, or were not in time."""

    team: Team
    of: int
    reached: int


def teams_of(viewer: User, counts: Mapping[int, tuple[int, int]]) -> list[TeamCount]:
    """Return the teams counted whose cases the viewer may open, by name. One query.

    What has no team is left out.
    """
    persons = scope_of(viewer).persons
    return [
        TeamCount(team, *counts[team.pk])
        for team in teams_in_reach(viewer)
        if team.pk in counts and (persons.everyone or team.pk in persons.teams)
    ]
