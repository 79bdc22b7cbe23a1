"""The teams and workers that a viewer can narrow a list to."""

from __future__ import annotations

from django.db.models import QuerySet

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.scope import scope_of
from evenhand.people.models import IdentityTally


def teams_of_persons(viewer: User) -> QuerySet[Team]:
    """Return the teams with open children within the viewer's reach of persons."""
    return _teams(scope_of(viewer).persons.everyone, scope_of(viewer).persons.teams)


def teams_of_aggregates(viewer: User) -> QuerySet[Team]:
    """Return the teams with open children within the viewer's reach of counts."""
    return _teams(scope_of(viewer).aggregates.everyone, scope_of(viewer).aggregates.teams)


def _teams(everyone: bool, teams: frozenset[int]) -> QuerySet[Team]:
    held = Team.objects.filter(pk__in=IdentityTally.objects.exclude(count=0).values("team"))
    return (held if everyone else held.filter(pk__in=teams)).order_by("name")


def workers_of(team: Team | None) -> QuerySet[Worker]:
    """Return the workers of one team; none until a team is chosen."""
    return Worker.objects.filter(team=team).order_by("name") if team else Worker.objects.none()
