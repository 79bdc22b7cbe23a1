"""The children behind a figure by group: those whose record the viewer may open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
from django.db.models import QuerySet

from evenhand.accounts.models import User
from evenhand.equality.queries.fares import Asked
from evenhand.equality.queries.seen import Seen, seen_for
from evenhand.people.models import Child
from evenhand.rules.moments import from_day
from evenhand.rules.table import Mask

YES, NO = "yes", "no"
MOST = 500  # children of a list that can be paged through


class Cases(NamedTuple):
    """The children, in order of name, with the days of each one's events, the newest first.

    ``counted`` events are behind the figure; ``more`` says that only the newest are listed.
    """

    groups: tuple[str, ...]
    counted: int
    children: QuerySet[Child]
    days: Mapping[int, list[date]]
    more: bool


def cases_for(viewer: User, measure: str, asked: Asked, group: str, went: str) -> Cases | None:
    """Return the children of one group (all, if empty) of whom something was counted.

    ``went`` YES lists those who went on, or were not in time, NO the others. None where nothing of
    the measure is counted within the viewer's reach.
    """
    seen = seen_for(viewer, measure, asked)
    if seen is None:
        return None
    groups, places = seen.groups_of(asked.dimension)
    chosen = _went(seen, went)
    if group in groups:
        chosen &= places == groups.index(group)
    there = tuple(groups[place] for place in np.unique(places).tolist())
    return _cases(viewer, seen, there, chosen)


def _went(seen: Seen, went: str) -> Mask:
    if went not in (YES, NO):
        return np.ones(len(seen.whose), bool)
    return np.asarray(seen.reached if went == YES else ~seen.reached, bool).copy()


def _cases(viewer: User, seen: Seen, groups: tuple[str, ...], chosen: Mask) -> Cases:
    order = np.argsort(-seen.days[chosen], kind="stable")
    days: dict[int, list[date]] = defaultdict(list)
    for child, day in zip(
        seen.whose[chosen][order].tolist(), seen.days[chosen][order].tolist(), strict=True
    ):
        days[child].append(from_day(day))
    newest = list(days)[: MOST + 1]
    children = Child.objects.visible_to(viewer).filter(pk__in=newest[:MOST])
    children = children.select_related("team", "worker").order_by("surname", "forename", "pk")
    return Cases(groups, int(chosen.sum()), children, days, len(newest) > MOST)
