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
    theirs = set(Child.objects.filter(worker_id=worker_id).values_list("pk", flat=True))
    involved = Involvement.objects.filter(worker_id=worker_id, ends_on=None, withdrawn=False)
    kept = Coalesce("child__merged_into_id", "child_id")
    return sorted(theirs | set(involved.values_list(kept, flat=True)))


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
