"""Whose need is met, and whose is not: needs recorded, against what was supplied."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

import numpy as np
from django.db.models import Q

from evenhand.equality.grouping import Children, answers
from evenhand.monitoring.models import Provision
from evenhand.monitoring.pack import Need, uses
from evenhand.monitoring.queries.who import Who
from evenhand.people.models.closing import KEPT_CHILD
from evenhand.rules.table import Mask

ANSWERED = "answered"
SUPPLIED = Provision.Outcome.SUPPLIED
Supplied = defaultdict[tuple[str, bool], list[int]]


class What(NamedTuple):
    """The names under which a need is counted: met, unmet, and told of as unmet."""

    met: str
    unmet: str
    told: str


def what(need: Need) -> What:
    """Return under which names a need is counted."""
    return What(*(f"{need.id} {word}" for word in What._fields))


def masks_of(who: Who, today: date) -> dict[str, Mask]:
    """Return of the children counted whose needs are met, unmet, and told of as unmet, by name."""
    supplied, found = _supplied(today), {}
    for need in uses().needs:
        met = np.isin(who.ids, supplied[need.id, True])
        told = np.isin(who.ids, supplied[need.id, False]) & ~met
        has = np.isin(who.ids, _with(need, who.everyone)) | met | told
        found |= dict(zip(what(need), (met, has & ~met, told), strict=True))
    return found


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
