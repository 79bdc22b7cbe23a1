"""Whom a service is for now, by group, beside who lives here: of the whole authority only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.equality.grouping import Children, children, grouped, read_together
from evenhand.equality.grouping.records import wholly
from evenhand.equality.pathway import Dimension
from evenhand.equality.populations import limits_on, populations, services_of
from evenhand.equality.queries.fares import Asked, counted_on, is_exact
from evenhand.equality.representation import Representation, Service, represented
from evenhand.facts.holding import Integers
from evenhand.facts.reading import columns
from evenhand.facts.registry import BINDINGS, SUBJECTS
from evenhand.people.models.closing import closing_of
from evenhand.rules.moments import to_day


def representation_for(viewer: User, step: str, asked: Asked) -> list[Representation]:
    """Return each service of a step's page beside who lives here, by each dimension known of both.

    Empty for those whose counts reach a part of the authority only: who lives there is not known.
    """
    day, listed = counted_on(), services_of(step)
    limits, known = limits_on(day), populations()
    is_whole = scope_of(viewer).aggregates.everyone and asked.team is None
    if not is_whole or limits is None or not listed or not known:
        return []
    everyone = children()
    read_together([one.dimension.characteristic for one in known], everyone)
    exact = is_exact(viewer)
    found = []
    for service in listed:
        whose = _now_in(service, day, everyone, viewer, asked)
        for population in known:
            counts = _counts(population.dimension, everyone, whose, day)
            one = represented(service, population, counts, limits, exact=exact)
            found.append(one)
    return found


def _now_in(
    service: Service, day: date, everyone: Children, viewer: User, asked: Asked
) -> Integers:
    """Return the children who are in a service on a day, each once."""
    model, where = SUBJECTS[service.subject].model, SUBJECTS[service.subject].where
    rows = model._default_manager.filter(where)
    rows = rows.annotate(began=_path(service.starts), over=_path(service.ends))
    rows = rows.filter(Q(began__lte=day), Q(over=None) | Q(over__gt=day))
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return np.zeros(0, np.int64)
    names = [service.unless_fact] if service.unless_fact else []
    found = columns(service.subject, names, ids=ids)
    counted = np.ones(len(found.ids), bool)
    counted &= ~wholly(found.facts.get(service.unless_fact), service.unless_codes)
    whose = np.unique(found.children[counted])
    places, known = everyone.places_of(whose)
    known &= ~np.isin(whose, list(closing_of(viewer).uncounted))
    if asked.without_unaccompanied and len(everyone.ids):
        known &= everyone.unaccompanied[places] == 0
    return whose[known]


def _path(fact: str) -> Combinable:
    column = BINDINGS[fact].column
    return F(column) if isinstance(column, str) else column


def _counts(
    dimension: Dimension, everyone: Children, whose: Integers, day: date
) -> Mapping[str, int]:
    way = grouped(dimension, everyone)
    places = way.of_events(everyone, whose, np.full(len(whose), to_day(day), np.int64))
    counts = np.bincount(places, minlength=len(way.groups)).tolist()
    return {group: count for group, count in zip(way.groups, counts, strict=True) if count}
