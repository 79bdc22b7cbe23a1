"""Who needs a service that they do not have, as it may be shown."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from evenhand.accounts.models import User
from evenhand.monitoring.hiding import Shown, shown
from evenhand.monitoring.models import Provision
from evenhand.monitoring.pack import Need, uses
from evenhand.monitoring.queries.groups import AREA, Counted, Way
from evenhand.monitoring.queries.met import masks_of, what
from evenhand.monitoring.queries.who import open_children
from evenhand.people.models import Child, ChildQuerySet
from evenhand.people.queries.reach import of_child


class Gap(NamedTuple):
    """One need: of how many it is met and unmet, and of how many it was told of as unmet."""

    need: Need
    met: int
    unmet: int
    told_unmet: int

    @property
    def has(self) -> int:
        """Return how many have the need."""
        return self.met + self.unmet


class Gaps(NamedTuple):
    """The needs of the children counted, as they may be shown: by need, then by way.

    The last row is all of them. Each row holds how many have it met, how many have not, and how
    many have the need.
    """

    exact: bool
    ways: list[Way]
    gaps: list[Gap]
    tables: dict[str, dict[str, Shown]]

    def total(self, gap: Gap) -> list[str]:
        """Return the row of all children: met, unmet, with the need."""
        return self.tables[gap.need.id][AREA].rows[-1] if gap.has else ["0", "0", "0"]


def gaps_of(counted: Counted) -> Gaps:
    """Return every need of the pack among those counted, small numbers hidden."""
    ways = counted.ways
    gaps = [Gap(need, *(ways[0].total(one) for one in what(need))) for need in uses().needs]
    return Gaps(counted.exact, ways, gaps, {gap.need.id: _tables(gap, counted) for gap in gaps})


def without(viewer: User, need: Need, today: date) -> ChildQuerySet:
    """Return the children whose need is not met whom the viewer may open, by surname."""
    who = open_children(viewer)
    unmet = who.ids[masks_of(who, today)[what(need).unmet]]
    found = Child.objects.visible_to(viewer).filter(pk__in=unmet.tolist())
    return found.select_related("team", "worker").order_by("surname", "forename", "pk")


def provisions_of(child: Child) -> QuerySet[Provision]:
    """Return what was recorded of a child's needs, newest first. The caller found the child."""
    whose = of_child(child)
    found = Provision.objects.filter(whose, entered_in_error=False)
    return found.select_related("recorded_by").order_by("-starts_on", "-pk")


def _tables(gap: Gap, counted: Counted) -> dict[str, Shown]:
    if not gap.has:
        return {}
    counts = {way.id: [row for row in _rows(way, gap) if any(row)] for way in counted.ways}
    return shown(counts, counted.below, exact=counted.exact)


def _rows(way: Way, gap: Gap) -> list[list[int]]:
    return way.counts(what(gap.need)[:2])


def labels_of(way: Way, gap: Gap) -> list[str]:
    """Return the labels of the rows that a table of one way shows."""
    return [label for label, row in zip(way.labels, _rows(way, gap), strict=True) if any(row)]
