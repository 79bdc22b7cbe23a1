"""Many rows at once: as quick as the database's own executemany, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows whose values stand in the order of ``columns``. Dates and moments are adapted."""
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(columns))
    statement = " ".join(("INSERT INTO", table, f"({', '.join(columns)})", f"VALUES ({marks})"))
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[_adapted(value) for value in row] for row in rows])


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
