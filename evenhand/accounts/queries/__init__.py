"""Reads of workers and teams."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from evenhand.accounts.models import Team, Worker


def by_caseload() -> QuerySet[Worker]:
    """Return workers, those with most open children first, with ``caseload``."""
    allocated = Count("children", filter=Q(children__is_open=True))
    return Worker.objects.annotate(caseload=allocated).order_by("-caseload", "code")


def by_children_in_role(role: str) -> QuerySet[Worker]:
    """Return workers by how many children they are now involved with in ``role``, most first."""
    current = Q(
        involvements__role__iexact=role,
        involvements__ends_on=None,
        involvements__withdrawn=False,
    )
    return (
        Worker.objects.annotate(held=Count("involvements", filter=current))
        .filter(held__gt=0)
        .order_by("-held", "code")
    )


def service_of(team: Team) -> Team:
    """Return the service a team belongs to: the team above it, else itself."""
    return team.parent or team
