"""Where sealed values stand, and how they are changed there: in blocks, never over a newer value.

A block is one short transaction. Each value is replaced only where it is still what was read
(compare and swap), so that whoever writes at the same time keeps what they wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from django.apps import apps
from django.db import connection, transaction

from evenhand.secrecy import keys
from evenhand.secrecy.fields import SealableTextField

AT_ONCE = 500  # rows in one transaction: about 20 milliseconds of keeping others waiting
TOKEN = re.compile(rf"{keys.MARK}:([a-z0-9-]+):[A-Za-z0-9_-]+=*")


class Column(NamedTuple):
    """A column that may hold sealed values: its table, its name and its row's reference.

    ``json`` says that the values stand inside JSON. ``context`` returns what a row's values are
    bound to, where that is not the table, the column and the reference.
    """

    table: str
    name: str
    ref: str = "ref"
    json: bool = False
    context: Callable[[str], str] | None = None

    def bound(self, ref: str) -> str:
        """Return what the values of a row are bound to."""
        return self.context(ref) if self.context else keys.context_of(self.table, self.name, ref)


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


def count_by_key(column: Column) -> Iterator[tuple[str, int]]:
    """Yield the name of each key that something is sealed under, and how much is."""
    text = _text(column)
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {text} FROM {column.table} WHERE {text} LIKE %s",  # noqa: S608 (our own names)
            [f"%{keys.MARK}:%"],
        )
        while rows := cursor.fetchmany(AT_ONCE):
            for (stored,) in rows:
                for name in TOKEN.findall(stored):
                    counts[name] = counts.get(name, 0) + 1
    yield from counts.items()


def _block(column: Column, where: str, values: Sequence[str], after: int) -> list[Row]:
    text = _text(column)
    statement = (
        f"SELECT id, {column.ref}, {text} FROM {column.table} "  # noqa: S608 (our own names)
        f"WHERE id > %s AND ({where.format(c=text)}) ORDER BY id LIMIT {AT_ONCE}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [after, *values])
        return [Row(pk, str(ref), stored) for pk, ref, stored in cursor.fetchall()]


def _swap(column: Column, pairs: Sequence[tuple[Row, str]]) -> int:
    put = "CAST(%s AS jsonb)" if column.json and connection.vendor == "postgresql" else "%s"
    statement = (
        f"UPDATE {column.table} SET {column.name} = {put} "  # noqa: S608 (our own names)
        f"WHERE id = %s AND {_text(column)} = %s"
    )
    given = [(new, row.pk, row.stored) for row, new in pairs if new != row.stored]
    if not given:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(statement, given)
        return int(cursor.rowcount)


def _text(column: Column) -> str:
    return f"CAST({column.name} AS text)" if column.json else column.name
