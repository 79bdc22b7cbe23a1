"""Whether places lie where the need is: each area's share of need against its share of places."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.scope import with_teams_below
from evenhand.monitoring.hiding import shown
from evenhand.monitoring.models import Resource, ResourceShare
from evenhand.monitoring.queries.groups import OPEN, counted_for
from evenhand.monitoring.queries.who import sees_everything


class AreaRow(NamedTuple):
    """One area: need as it may be shown, places, and both as shares in per cent.

    ``need_share`` and ``gap`` (places less need, in points) are None where need is hidden or
    nobody has any.
    """

    area: str
    need: str
    places: float
    need_share: float | None
    places_share: float | None
    gap: float | None


class Allocation(NamedTuple):
    """One resource shared out, beside need. ``outside``: need in no area of the table."""

    resource: Resource
    rows: list[AreaRow]
    outside: str


def resources_for(viewer: User) -> QuerySet[Resource]:
    """Return what was shared out, newest first; none where counts are not the authority's."""
    found = Resource.objects.order_by("-starts_on", "kind")
    return found if sees_everything(viewer) else found.none()


def current_for(viewer: User, today: date | None = None) -> QuerySet[Resource]:
    """Return what is shared out for a period that is not over."""
    return resources_for(viewer).filter(ends_on__gte=today or timezone.localdate())


def allocations_for(viewer: User, most: int, today: date) -> list[Allocation]:
    """Return what is shared out now beside need, the newest first. A query, and one of teams."""
    current = current_for(viewer, today)[:most].values("pk")
    shares = ResourceShare.objects.filter(resource__in=current).select_related("resource", "area")
    order = ("-resource__starts_on", "resource__kind", "resource_id", "area__name")
    by_resource = groupby(shares.order_by(*order), key=lambda share: share.resource)
    return [_beside(viewer, resource, list(shares)) for resource, shares in by_resource]


def allocation_of(viewer: User, resource: Resource) -> Allocation:
    """Return a resource beside need: open children of each area's teams, as they stand."""
    shares = resource.shares.select_related("area").order_by("area__name")
    return _beside(viewer, resource, list(shares))


def _beside(viewer: User, resource: Resource, shares: list[ResourceShare]) -> Allocation:
    counted = counted_for(viewer, timezone.localdate())
    by_area = counted.ways[0].numbers.get(OPEN, {})
    by_team = Counter({int(team): count for team, count in by_area.items()})
    below = [with_teams_below({share.area_id}) for share in shares]
    need = [sum(by_team[team] for team in teams) for teams in below]
    outside = sum(by_team.values()) - sum(need)
    counts = {"need": [[count] for count in (*need, outside)]}
    cells = [row[0] for row in shown(counts, counted.below, exact=counted.exact)["need"].rows]
    hidden = [not cell.replace(",", "").isdigit() for cell in cells]
    total, places = sum(need), float(sum(share.number for share in shares))
    rows = [
        _row(share.area, cells[place], count, float(share.number), places,
             0 if hidden[place] or any(hidden) else total)
        for place, (share, count) in enumerate(zip(shares, need, strict=True))
    ]  # fmt: skip
    return Allocation(resource, rows, cells[len(need)])


def _row(
    area: Team, shown_need: str, need: int, places: float, all_places: float, all_need: int
) -> AreaRow:
    of_need = 100 * need / all_need if all_need else None
    of_places = 100 * places / all_places if all_places else None
    gap = of_places - of_need if of_need is not None and of_places is not None else None
    return AreaRow(str(area), shown_need, places, of_need, of_places, gap)
