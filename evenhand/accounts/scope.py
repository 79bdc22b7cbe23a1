"""The one place that decides whom and what a viewer may see.

``Scope.persons`` decides records of children, ``Scope.aggregates`` decides counts. Both are a
``Reach``: everyone, the children of some teams, or one worker's children. How far each role
reaches is data (roles.yaml of the adopted packs).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from evenhand.accounts.models import RoleGrant, Team, User
from evenhand.accounts.once import once
from evenhand.accounts.roles import roles
from evenhand.policy.roles import CASELOAD, EVERYONE, TEAMS


class Reach(NamedTuple):
    """How far a viewer sees: all, by team, by worker; nothing when all three are empty."""

    everyone: bool = False
    teams: frozenset[int] = frozenset()
    worker_id: int | None = None


class Scope(NamedTuple):
    """What one viewer may see of persons and of counts, in which roles.

    ``close`` says as whom (worker, manager, reviewing officer) the viewer may stand to the children
    of a reach: being somebody's manager makes one no other child's. ``works_in`` is the team that
    the viewer belongs to by their own post, whatever their roles reach.
    """

    roles: frozenset[str]
    persons: Reach
    aggregates: Reach
    close: Mapping[str, Reach] = MappingProxyType({})
    works_in: int | None = None


NOTHING = Reach()
Parents = Mapping[int, int | None]


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
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    grants = viewer.grants.filter(in_force, starts_on__lte=today)
    held = [
        (rule, grant)
        for grant in grants.annotate(works_in=F("user__worker__team"))
        if (rule := roles().roles.get(grant.role)) is not None
    ]
    parents = _parents() if any(grant.team_id for _, grant in held) else {}
    return Scope(
        roles=frozenset(rule.id for rule, _ in held),
        persons=_reach(viewer, [(rule.persons, grant) for rule, grant in held], parents),
        aggregates=_reach(viewer, [(rule.aggregates, grant) for rule, grant in held], parents),
        close={
            closeness: _reach(
                viewer,
                [(rule.persons, grant) for rule, grant in held if closeness in rule.closeness],
                parents,
            )
            for closeness in {one for rule, _ in held for one in rule.closeness}
        },
        works_in=next((grant.works_in for _, grant in held), None),
    )


def _reach(viewer: User, held: Iterable[tuple[str, RoleGrant]], parents: Parents) -> Reach:
    kinds = [(reach, grant.team_id) for reach, grant in held]
    granted = {team for kind, team in kinds if kind == TEAMS and team is not None}
    return Reach(
        everyone=any(kind == EVERYONE for kind, _ in kinds),
        teams=_below(granted, parents),
        worker_id=viewer.worker_id if any(kind == CASELOAD for kind, _ in kinds) else None,
    )


def with_teams_below(teams: set[int]) -> frozenset[int]:
    """Return these teams and every team beneath them."""
    return _below(teams, _parents() if teams else {})


def above(teams: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Return each team with every service that it belongs to. One query."""
    parents = _parents()
    return {team: frozenset(_line(team, parents)) for team in teams}


@once
def every_team() -> Mapping[int, Team]:
    """Return each team by its key, in the order of their names. One query for a page."""
    return {team.pk: team for team in Team.objects.order_by("name", "pk")}


def _parents() -> Parents:
    return {pk: team.parent_id for pk, team in every_team().items()}


def _below(teams: set[int], parents: Parents) -> frozenset[int]:
    if not teams:
        return frozenset()
    return frozenset(team for team in parents if not teams.isdisjoint(_line(team, parents)))


def _line(team: int, parents: Parents) -> set[int]:
    line: set[int] = set()
    above: int | None = team
    while above is not None and above not in line:
        line.add(above)
        above = parents.get(above)
    return line
