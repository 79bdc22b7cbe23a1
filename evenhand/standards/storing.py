"""Writing standings: what stands already is compared, and only what differs is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from evenhand.facts.expressions import EpochDay, EpochMicrosecond, Flag
from evenhand.facts.holding import NOTHING, Integers
from evenhand.facts.reading import fetch
from evenhand.rules import Standard
from evenhand.standards.models import Standing
from evenhand.standards.rows import (
    COLUMNS,
    DAYS,
    FLAGS,
    MOMENTS,
    NO_ROWS,
    OWNERS,
    PLACE,
    as_written,
    key,
)

TABLE = Standing._meta.db_table
WRITTEN = ("standard", "subject", "pack_digest", *COLUMNS)
MOST_AT_ONCE = 20_000


def replace(standard: Standard, rows: Integers, only: Q) -> tuple[int, int]:
    """Make the standings of ``standard`` within ``only`` be ``rows``; return (written, deleted).

    What is equal is left alone. What was worked out from another definition is written anew.
    """
    ids, standing = _standing(standard, only)
    is_kept, is_new = _compared(standing, rows)
    _delete(ids[~is_kept])
    _insert(standard, rows[is_new])
    return int(is_new.sum()), int((~is_kept).sum())


def delete_others(standards: Iterable[str], only: Q) -> int:
    """Delete the standings of every standard but these; return how many."""
    return Standing.objects.filter(only).exclude(standard__in=set(standards)).delete()[0]


def _compared(standing: Integers, rows: Integers) -> tuple[Any, Any]:
    """Return which standing rows stay, and which of the new rows have none equal to them."""
    old, new = key(standing), key(rows)
    order = np.argsort(old, kind="stable")
    found = np.minimum(np.searchsorted(old, new, sorter=order), max(len(old) - 1, 0))
    is_new = np.ones(len(new), bool)
    is_kept = np.zeros(len(old), bool)
    if len(old) and len(new):
        match = order[found]
        is_new = ~(standing[match] == rows).all(axis=1)
        is_kept[match[~is_new]] = True
    return is_kept, is_new


def _standing(standard: Standard, only: Q) -> tuple[Integers, Integers]:
    """Return the ids of what stands, and its rows; those of another digest as rows of nobody."""
    whole = Standing.objects.filter(only, standard=standard.id).order_by()
    is_same = Flag(Exact(F("pack_digest"), standard.digest))
    found = fetch(whole.values_list("pk", is_same, *map(_number, COLUMNS)))
    if not found:
        return np.zeros(0, np.int64), NO_ROWS
    parts = list(zip(*found, strict=True))
    excuses = {name: place for place, name in enumerate(standard.excused_by, 1)}
    parts[2 + PLACE["excused_by"]] = [
        excuses.get(text, -1) if text else 0 for text in parts[2 + PLACE["excused_by"]]
    ]
    rows = np.column_stack([np.fromiter(part, np.int64, len(part)) for part in parts[2:]])
    rows[np.array(parts[1]) == 0, PLACE["kind"]] = -1
    return np.array(parts[0], np.int64), rows


def _number(name: str) -> Any:
    if name in OWNERS:
        return Coalesce(name, Value(0))
    if name in DAYS:
        return Coalesce(EpochDay(name), Value(NOTHING))
    if name in MOMENTS:
        return Coalesce(EpochMicrosecond(name), Value(NOTHING))
    return Flag(name) if name in FLAGS else F(name)


def _delete(ids: Integers) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE id = %s", [(pk,) for pk in ids.tolist()])  # noqa: S608


def _insert(standard: Standard, rows: Integers) -> None:
    for start in range(0, len(rows), MOST_AT_ONCE):
        written = as_written(rows[start : start + MOST_AT_ONCE], standard.excused_by)
        same = (standard.id, standard.subject, standard.digest)
        _write([(*same, *row) for row in written])


def _write(rows: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(WRITTEN)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {TABLE} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(WRITTEN))
        cursor.executemany(f"INSERT INTO {TABLE} ({names}) VALUES ({places})", rows)  # noqa: S608
