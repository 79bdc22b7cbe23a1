"""Facts read for the rules: one case, or columns of every subject, by the same SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from evenhand.facts.expressions import EpochDay, EpochMicrosecond, Flag
from evenhand.facts.registry import BINDINGS, SUBJECTS, Binding, Path

Integers = np.ndarray[Any, np.dtype[np.int64]]
NOTHING = -(2**62)


@dataclass(frozen=True)
class Subjects:
    """Subjects in order of key: whose they are (0: nobody's), and their facts as columns."""

    name: str
    ids: Integers
    children: Integers
    teams: Integers
    workers: Integers
    facts: Mapping[str, Any]


def as_integer(binding: Binding) -> Combinable:
    """Return the expression that gives a fact's value, or ``NOTHING``."""
    kinds = {"date": EpochDay, "moment": EpochMicrosecond, "yes_no": Flag}
    expression = kinds[binding.fact.type](binding.column)
    return Coalesce(expression, Value(NOTHING))


def fetch(queryset: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a ``values_list`` straight from the cursor, with no conversion."""
    sql, params = queryset.query.get_compiler(queryset.db).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
