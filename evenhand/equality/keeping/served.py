"""Whom each service is for on a day, counted by group: beside who lives here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from evenhand.equality.grouping import Children, grouped, read_together
from evenhand.equality.grouping.records import wholly
from evenhand.equality.pathway import Dimension
from evenhand.equality.populations import populations
from evenhand.equality.representation import Service
from evenhand.facts.holding import Integers
from evenhand.facts.reading import columns
from evenhand.facts.registry import BINDINGS, SUBJECTS
from evenhand.rules.moments import to_day

Row = tuple[str, str, str, bool, int]
NOBODY: Integers = np.zeros(0, np.int64)


def served(
    services: Iterable[Service], day: date, everyone: Children, *, without: Integers = NOBODY
) -> list[Row]:
    """Return service, dimension, group, whether unaccompanied, and how many children, each once.

    ``without`` these children.
    """
    known = [population.dimension for population in populations()]
    read_together([dimension.characteristic for dimension in known], everyone)
    found = [(service.id, _now_in(service, day, everyone)) for service in services]
    return [
        (id_, dimension.id, *counted)
        for id_, whose in found
        for dimension in known
        for counted in _counts(dimension, everyone, whose[~np.isin(whose, without)], day)
    ]


def _counts(
    dimension: Dimension, everyone: Children, whose: Integers, day: date
) -> Iterator[tuple[str, bool, int]]:
    if not len(whose):
        return
    way = grouped(dimension, everyone)
    groups = way.of_events(everyone, whose, np.full(len(whose), to_day(day), np.int64))
    found = np.bincount(groups * 2 + everyone.unaccompanied[everyone.places_of(whose)[0]])
    for cell in np.flatnonzero(found).tolist():
        yield way.groups[cell // 2], bool(cell % 2), int(found[cell])


def _now_in(service: Service, day: date, everyone: Children) -> Integers:
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
    _, known = everyone.places_of(whose)
    return whose[known]


def _path(fact: str) -> Combinable:
    column = BINDINGS[fact].column
    return F(column) if isinstance(column, str) else column
