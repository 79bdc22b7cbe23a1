"""Expressions for lists: the newest of something about a child or an event, and how many."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

KEPT = Q(withdrawn=False)


def newest(
    model: type[Model], via: str, field: str, *, by: str, of: str = "pk", where: Q | None = None
) -> Subquery:
    """Return a field of the newest record (by a day) that leads to the row by a path.

    ``of`` is the row's own key, or what of it the path leads to.
    """
    rows = _of_row(model, via, of).filter(where or Q(), **{f"{by}__isnull": False})
    return Subquery(rows.order_by(f"-{by}", "-pk").values(field)[:1])


def number(model: type[Model], via: str, where: Q, *, of: str = "pk") -> Coalesce:
    """Return how many records lead to the row by a path."""
    rows = _of_row(model, via, of).filter(where).order_by().values(via)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def is_any(model: type[Model], via: str, where: Q, *, of: str = "pk") -> Exists:
    """Return whether any record leads to the row by a path."""
    return Exists(_of_row(model, via, of).filter(where))


def since(day: date, *fields: str) -> Q:
    """Return the rows of which one of these days is on or after a day."""
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__gte": day})
    return found


def _of_row(model: type[Model], via: str, of: str = "pk") -> QuerySet[Any]:
    return model._default_manager.filter(KEPT, **{via: OuterRef(of)})
