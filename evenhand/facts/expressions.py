"""Database expressions that give a fact's value as a whole number, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Func, IntegerField


class EpochDay(Func):
    """Days from 1 January 1970 to a date; null stays null."""

    output_field = IntegerField()
    template = "(%(expressions)s - DATE '1970-01-01')"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) - 2440587.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **extra)


class EpochMicrosecond(Func):
    """Microseconds from the first moment of 1970 in UTC to a moment; null stays null."""

    output_field = BigIntegerField()
    template = "CAST(EXTRACT(EPOCH FROM %(expressions)s) * 1000000 AS BIGINT)"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        seconds = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER) * 1000000"
        fraction = "CAST(substr(%(expressions)s || '.000000', 21, 6) AS INTEGER)"
        return self.as_sql(compiler, connection, template=f"({seconds} + {fraction})", **extra)


class Flag(Func):
    """1 for yes, 0 for no; null stays null."""

    output_field = IntegerField()
    template = "CAST(%(expressions)s AS INTEGER)"


class Whole(Func):
    """A whole number as it is; null stays null."""

    output_field = BigIntegerField()
    template = "CAST(%(expressions)s AS BIGINT)"
