"""How often something happened in each team: of those whose cases the viewer may open."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from evenhand.accounts.models import Team, User
from evenhand.accounts.scope import scope_of
from evenhand.equality.queries.fares import teams_in_reach
from evenhand.equality.queries.seen import Seen


class TeamCount(NamedTuple):
    """One team: how many were counted, and how many of them went on, or were not in time."""

    team: Team
    of: int
    reached: int


def teams_of(viewer: User, seen: Seen) -> list[TeamCount]:
    """Return the teams of a measure's events by name; none for those who see counts only.

    What has no team is left out. One query.
    """
    if not seen.is_exact:
        return []
    persons = scope_of(viewer).persons
    ids, places = np.unique(seen.teams, return_inverse=True)
    of = np.bincount(places, minlength=len(ids))
    reached = np.bincount(places[seen.reached], minlength=len(ids))
    counts = dict(zip(ids.tolist(), zip(of.tolist(), reached.tolist(), strict=True), strict=True))
    return [
        TeamCount(team, *counts[team.pk])
        for team in teams_in_reach(viewer)
        if team.pk in counts and (persons.everyone or team.pk in persons.teams)
    ]
