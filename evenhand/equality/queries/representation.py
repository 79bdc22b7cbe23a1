"""Whom a service is for now, by group, beside who lives here: of the whole authority only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.equality.grouping import children
from evenhand.equality.keeping.served import Row, served
from evenhand.equality.models import ServedTally
from evenhand.equality.populations import limits_on, populations, services_of
from evenhand.equality.queries.fares import Asked, counted_on, is_exact
from evenhand.equality.representation import Representation, Service, represented
from evenhand.equality.tallying import counted_as_at
from evenhand.people.models.closing import closing_of

ByService = Mapping[tuple[str, str], Mapping[str, int]]


def representation_for(viewer: User, step: str, asked: Asked) -> list[Representation]:
    """Return each service of a step's page beside who lives here, by each dimension known of both.

    Empty for those whose counts reach a part of the authority only: who lives there is not known.
    """
    day, listed = counted_on(), services_of(step)
    limits, known = limits_on(day), populations()
    is_whole = scope_of(viewer).aggregates.everyone and asked.team is None
    if not is_whole or limits is None or not listed or not known:
        return []
    counts, exact = _counts(_rows(viewer, listed, day), asked), is_exact(viewer)
    return [
        represented(
            service, population, counts[service.id, population.dimension.id], limits, exact=exact
        )
        for service in listed
        for population in known
    ]


def _counts(rows: Iterable[Row], asked: Asked) -> ByService:
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for service, dimension, group, alone, number in rows:
        if not (alone and asked.without_unaccompanied):
            found[service, dimension][group] += number
    return found


def _rows(viewer: User, listed: list[Service], day: date) -> Iterable[Row]:
    """Those kept; read anew where somebody is closed to the viewer, or nothing is counted yet."""
    uncounted = closing_of(viewer).uncounted
    if uncounted or counted_as_at() is None:
        return served(listed, day, children(), without=np.array(sorted(uncounted), np.int64))
    kept = ServedTally.objects.filter(service__in=[each.id for each in listed]).order_by("pk")
    return kept.values_list("service", "dimension", "group", "unaccompanied", "children")
