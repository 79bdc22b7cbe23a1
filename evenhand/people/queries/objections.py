"""Who asked to be left out when groups are compared."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from evenhand.accounts.once import once
from evenhand.accounts.scope import Reach
from evenhand.people.models import Child, MonitoringObjection
from evenhand.people.models.closing import in_force


def objecting() -> QuerySet[MonitoringObjection]:
    """Return the objections that stand."""
    return MonitoringObjection.objects.filter(withdrawn_on=None)


@once
def children_left_out() -> list[int]:
    """Return the keys of the children who are left out, in order; a merged child by the kept."""
    kept = objecting().annotate(kept=Coalesce("child__merged_into_id", "child_id"))
    return sorted(set(kept.values_list("kept", flat=True)))


def never_counted(now: datetime, reasons: Collection[str]) -> set[int]:
    """Return who is in no figure by group: who objects, and whose record is so restricted.

    ``reasons`` are those of restricted records that no figure counts. One query.
    """
    kept = Coalesce("child__merged_into_id", "child_id")
    restricted = in_force(now).filter(reason__in=reasons).order_by()
    found = objecting().order_by().values_list(kept, "child_id")
    return {pk for pair in found.union(restricted.values_list(kept, "child_id")) for pk in pair}


def objection_of(child: Child) -> MonitoringObjection | None:
    """Return the objection that stands for a child, or for one merged into them; None without."""
    own = objecting().filter(child=child) | objecting().filter(child__merged_into=child)
    return own.select_related("recorded_by").order_by("-recorded_at").first()


def count_left_out(reach: Reach) -> int:
    """Return how many children of a reach asked to be left out."""
    left_out = children_left_out()
    children = Child.objects.filter(pk__in=left_out, merged_into=None)
    return children.within(reach).count() if left_out else 0
