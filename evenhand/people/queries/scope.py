"""How far a viewer sees, over the derived lists: by team, or by the children of one worker."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Coalesce

from evenhand.accounts.models import User
from evenhand.accounts.once import once
from evenhand.accounts.scope import Reach, scope_of
from evenhand.people.models import Child, Involvement
from evenhand.people.models.closing import closing_of


@once
def caseload_of(worker_id: int) -> list[int]:
    """Return the ids of a worker's children: allocated to them, or with an open involvement."""
    theirs = Child.objects.filter(worker_id=worker_id)
    involved = Involvement.objects.filter(worker_id=worker_id, ends_on=None, withdrawn=False)
    kept = Coalesce("child__merged_into_id", "child_id")
    of_involved = involved.order_by().values_list(kept, flat=True)
    return sorted(theirs.order_by().values_list("pk", flat=True).union(of_involved))


def is_within(child: Child, reach: Reach) -> bool:
    """Whether a child is of a reach. The database is asked for involvements alone."""
    if reach.everyone or child.team_id in reach.teams:
        return True
    if reach.worker_id is None:
        return False
    return child.worker_id == reach.worker_id or child.pk in caseload_of(reach.worker_id)


def may_open(viewer: User, child: Child) -> bool:
    """Whether a viewer may open a child's record: as ``visible_to`` says, of a child in hand."""
    closing = closing_of(viewer)
    if child.merged_into_id is not None or child.pk in closing.closed:
        return False
    return child.pk in closing.lent or is_within(child, scope_of(viewer).persons)


def of_persons(viewer: User) -> Q | None:
    """Return which questions are about people the viewer may see; None: all of them."""
    closing = closing_of(viewer)
    within = _within(scope_of(viewer).persons)
    if within is not None and closing.lent:
        within |= Q(child__in=closing.lent)
    return _left_out(within, closing.closed)


def _left_out(within: Q | None, closed: frozenset[int]) -> Q | None:
    return within if not closed else (within or Q()) & ~Q(child__in=closed)


def _within(reach: Reach) -> Q | None:
    if reach.everyone:
        return None
    within = Q(team__in=reach.teams)
    if reach.worker_id is not None:
        within |= Q(child__in=caseload_of(reach.worker_id))
    return within
