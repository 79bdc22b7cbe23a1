"""Where sealed values stand, and how they are changed there: in blocks, never over a newer value.

A block is one short transaction. Each value is replaced only where it is still what was read
(compare and swap), so that whoever writes at the same time keeps what they wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.apps import apps
from django.db import connection, transaction

from evenhand.secrecy import keys
from evenhand.secrecy.fields import SealableTextField

AT_ONCE = 500  # rows in one transaction: about 20 milliseconds of keeping others waiting
AT_ONCE_LONG = 4_000_000  # characters in one transaction, where a row holds a whole document
NAME_ENDS_WITHIN = 40  # characters of a sealed value that hold its mark and its key's name


class Column(NamedTuple):
    """A column that may hold sealed values: its table, its name and its row's reference."""

    table: str
    name: str
    ref: str = "ref"

    def bound(self, ref: str) -> str:
        """Return what the value of a row is bound to."""
        return keys.context_of(self.table, self.name, ref)


class Row(NamedTuple):
    """One stored value: its row's key and reference, and the text as it stands."""

    pk: int
    ref: str
    stored: str


def columns_of_models() -> list[Column]:
    """Return every sealable column of every model."""
    return [
        Column(model._meta.db_table, field.column, model._meta.get_field(field.bound_to).column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealableTextField)
    ]


def change(column: Column, where: str, values: Sequence[str], to: Callable[[Row], str]) -> int:
    """Put ``to(row)`` for what is stored wherever ``where`` holds; return how many were changed.

    ``where`` speaks of the column as ``{c}``. What another has changed meanwhile is left.
    """
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            rows = _block(column, where, values, last)
            if not rows:
                return changed
            changed += _swap(column, [(row, to(row)) for row in rows])
        last = rows[-1].pk


def count_by_key(column: Column) -> Counter[str]:
    """Return how many values are sealed under each key."""
    counts: Counter[str] = Counter()
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT substr({column.name}, 1, {NAME_ENDS_WITHIN}) "  # noqa: S608 (our own names)
            f"FROM {column.table} WHERE {column.name} LIKE %s",
            [f"{keys.MARK}:%"],
        )
        while rows := cursor.fetchmany(AT_ONCE):
            counts.update(stored.split(":")[1] for (stored,) in rows)
    return counts


def _block(column: Column, where: str, values: Sequence[str], after: int) -> list[Row]:
    among = f"FROM {column.table} WHERE id > %s AND ({where.format(c=column.name)})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, length({column.name}) {among} ORDER BY id LIMIT {AT_ONCE}",
            [after, *values],
        )
        upto = _last_within(cursor.fetchall())
        cursor.execute(
            f"SELECT id, {column.ref}, {column.name} {among} AND id <= %s ORDER BY id",
            [after, *values, upto],
        )
        return [Row(pk, str(ref), stored) for pk, ref, stored in cursor.fetchall()]


def _last_within(sizes: Sequence[tuple[int, int]]) -> int:
    """Return the key of the last row that one transaction takes: always the first, at least."""
    last, total = 0, 0
    for pk, size in sizes:
        total += size
        if last and total > AT_ONCE_LONG:
            break
        last = pk
    return last


def _swap(column: Column, pairs: Sequence[tuple[Row, str]]) -> int:
    given = [(new, row.pk, row.stored) for row, new in pairs if new != row.stored]
    if not given:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {column.table} SET {column.name} = %s "  # noqa: S608 (our own names)
            f"WHERE id = %s AND {column.name} = %s",
            given,
        )
        return int(cursor.rowcount)
