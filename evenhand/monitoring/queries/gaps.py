"""Who needs a service that they do not have: needs recorded, against what was supplied."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

import numpy as np
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from evenhand.accounts.models import User
from evenhand.equality.grouping import Children, answers
from evenhand.monitoring.hiding import Shown, shown
from evenhand.monitoring.models import Provision
from evenhand.monitoring.pack import Need, uses
from evenhand.monitoring.queries.groups import AREA, Counted, Way
from evenhand.monitoring.queries.who import Who
from evenhand.people.models import Child, ChildQuerySet
from evenhand.rules.table import Mask

ANSWERED = "answered"
SUPPLIED = Provision.Outcome.SUPPLIED
Supplied = defaultdict[tuple[str, bool], list[int]]
KEPT_CHILD = Coalesce("child__merged_into_id", "child_id")


class Gap(NamedTuple):
    """One need: which of the children counted have it, have it met, and were told of as unmet."""

    need: Need
    has: Mask
    met: Mask
    told_unmet: Mask

    @property
    def unmet(self) -> Mask:
        """Return which have the need and nothing that meets it."""
        return self.has & ~self.met


class Gaps(NamedTuple):
    """The needs of the children counted, as they may be shown: by need, then by way.

    The last row is all of them.

    Each row holds how many have it met, how many have not, and how many have the need.
    """

    who: Who
    ways: list[Way]
    gaps: list[Gap]
    tables: dict[str, dict[str, Shown]]

    def total(self, gap: Gap) -> list[str]:
        """Return the row of all children: met, unmet, with the need."""
        return self.tables[gap.need.id][AREA].rows[-1] if gap.has.any() else ["0", "0", "0"]


def gaps_of(counted: Counted) -> Gaps:
    """Return every need of the pack among those counted, small numbers hidden."""
    who, ways, today = counted
    supplied = _supplied(today)
    gaps = [_gap(need, who, supplied) for need in uses().needs]
    tables = {gap.need.id: _tables(gap, ways, who) for gap in gaps}
    return Gaps(who, ways, gaps, tables)


def without(viewer: User, gap: Gap, who: Who) -> ChildQuerySet:
    """Return the children whose need is not met whom the viewer may open, by surname."""
    found = Child.objects.visible_to(viewer).filter(pk__in=who.ids[gap.unmet].tolist())
    return found.select_related("team", "worker").order_by("surname", "forename", "pk")


def provisions_of(child: Child) -> QuerySet[Provision]:
    """Return what was recorded of a child's needs, newest first. The caller found the child."""
    whose = Q(child=child) | Q(child__merged_into=child)
    found = Provision.objects.filter(whose, entered_in_error=False)
    return found.select_related("recorded_by").order_by("-starts_on", "-pk")


def _tables(gap: Gap, ways: list[Way], who: Who) -> dict[str, Shown]:
    if not gap.has.any():
        return {}
    counts = {way.id: _rows(way, gap) for way in ways}
    return shown(counts, who.below, exact=who.exact)


def _rows(way: Way, gap: Gap) -> list[list[int]]:
    return [row for row in way.counts([gap.has & gap.met, gap.unmet]) if any(row)]


def labels_of(way: Way, gap: Gap) -> list[str]:
    """Return the labels of the rows that a table of one way shows."""
    rows = way.counts([gap.has & gap.met, gap.unmet])
    return [label for label, row in zip(way.labels, rows, strict=True) if any(row)]


def _gap(need: Need, who: Who, supplied: Supplied) -> Gap:
    met = np.isin(who.ids, supplied[need.id, True])
    unmet = np.isin(who.ids, supplied[need.id, False])
    has = np.isin(who.ids, _with(need, who.everyone)) | met | unmet
    return Gap(need, has, met, unmet & ~met)


def _supplied(today: date) -> Supplied:
    """Return by need whose is met, and who was told of as unmet, as it runs today. One query."""
    now = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))
    told = Provision.objects.filter(now, entered_in_error=False).order_by()
    found: Supplied = defaultdict(list)
    for need, outcome, child in told.values_list("need", "outcome", KEPT_CHILD):
        found[need, outcome == SUPPLIED].append(child)
    return found


def _with(need: Need, everyone: Children) -> list[int]:
    """Return the children whose leading answer to one of the questions has one of the codes."""
    return [
        child
        for name, codes in need.recorded_in.items()
        for child, status, answer in answers(name, everyone)
        if status == ANSWERED and set(answer.split()) & set(codes)
    ]
