"""The one place that decides whom and what a viewer may see.

``Scope.persons`` decides records of children, ``Scope.aggregates`` decides counts. Both are a
``Reach``: everyone, the children of some teams, or one worker's children.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from evenhand.accounts.models import Role, RoleGrant, Team, User


class Reach(NamedTuple):
    """How far a viewer sees: all, by team, by worker; nothing when all three are empty."""

    everyone: bool = False
    teams: frozenset[int] = frozenset()
    worker_id: int | None = None


class Scope(NamedTuple):
    """What one viewer may see of persons and of counts, and in which roles."""

    roles: frozenset[str]
    persons: Reach
    aggregates: Reach


NOTHING = Reach()
CASELOAD, TEAMS, EVERYONE, NONE = "caseload", "teams", "everyone", "none"
REACH_OF_ROLE: dict[str, tuple[str, str]] = {
    Role.SOCIAL_WORKER: (CASELOAD, CASELOAD),
    Role.TEAM_MANAGER: (TEAMS, TEAMS),
    Role.SERVICE_MANAGER: (TEAMS, TEAMS),
    Role.REVIEWING_OFFICER: (CASELOAD, CASELOAD),
    Role.QUALITY_ASSURANCE: (EVERYONE, EVERYONE),
    Role.EQUALITY_LEAD: (NONE, EVERYONE),
    Role.DATA_OFFICER: (NONE, EVERYONE),
    Role.DIRECTOR: (EVERYONE, EVERYONE),
}


def scope_of(viewer: User) -> Scope:
    """Return the viewer's scope from the grants in force today; kept on the viewer object."""
    known: Scope | None = getattr(viewer, "_scope", None)
    if known is None:
        known = _scope(viewer, timezone.localdate())
        viewer._scope = known  # type: ignore[attr-defined]
    return known


def _scope(viewer: User, today: date) -> Scope:
    if not viewer.is_authenticated or not viewer.is_active:
        return Scope(frozenset(), NOTHING, NOTHING)
    grants = list(
        viewer.grants.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    )
    return Scope(
        roles=frozenset(grant.role for grant in grants),
        persons=_reach(viewer, grants, 0),
        aggregates=_reach(viewer, grants, 1),
    )


def _reach(viewer: User, grants: Iterable[RoleGrant], which: int) -> Reach:
    kinds = [(REACH_OF_ROLE[grant.role][which], grant.team_id) for grant in grants]
    granted = {team for kind, team in kinds if kind == TEAMS and team is not None}
    return Reach(
        everyone=any(kind == EVERYONE for kind, _ in kinds),
        teams=with_teams_below(granted),
        worker_id=viewer.worker_id if any(kind == CASELOAD for kind, _ in kinds) else None,
    )


def with_teams_below(teams: set[int]) -> frozenset[int]:
    """Return these teams and every team beneath them."""
    if not teams:
        return frozenset()
    parents = dict(Team.objects.values_list("id", "parent_id"))
    return frozenset(team for team in parents if not teams.isdisjoint(_line(team, parents)))


def _line(team: int, parents: dict[int, int | None]) -> set[int]:
    line: set[int] = set()
    above: int | None = team
    while above is not None and above not in line:
        line.add(above)
        above = parents.get(above)
    return line
