"""Writing standings: what stands already is compared, and only what differs is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from evenhand.facts.holding import Integers
from evenhand.facts.reading import fetch_integers
from evenhand.rules import Standard
from evenhand.standards.models import Standing
from evenhand.standards.rows import COLUMNS, as_written, column, digests_of, key

TABLE = Standing._meta.db_table
WRITTEN = ("standard", "subject", "pack_digest", "digest", *COLUMNS)
LOCK = 0x5374616E64  # any number, the same in every process
MOST_AT_ONCE = 5_000


@contextmanager
def alone() -> Iterator[None]:
    """Open a transaction in which nobody else writes standings; others wait for their turn.

    SQLite has one writer at a time as it is.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def replace(standard: Standard, rows: Integers, only: Q) -> tuple[int, int]:
    """Make the standings of ``standard`` within ``only`` be ``rows``; return (written, deleted).

    What is equal is left alone. What was worked out from another definition is written anew.
    """
    ids, old, digests = _standing(standard, only)
    new = digests_of(rows, standard.digest)
    keys = key(column(rows, "subject_id"), column(rows, "cycle"))
    is_kept, is_new = _compared(old, keys, (digests, new))
    _delete(ids[~is_kept])
    _insert(standard, rows, new, np.flatnonzero(is_new))
    return int(is_new.sum()), int((~is_kept).sum())


def delete_others(standards: Iterable[str], only: Q) -> int:
    """Delete the standings of every standard but these; return how many."""
    return Standing.objects.filter(only).exclude(standard__in=set(standards)).delete()[0]


def _compared(old: Integers, new: Integers, digests: tuple[Integers, Integers]) -> tuple[Any, Any]:
    """Return which standing rows stay, and which of the new rows have none equal to them.

    Both are told apart by key; a row equals another of its key where their digests are equal.
    """
    is_new, is_kept = np.ones(len(new), bool), np.zeros(len(old), bool)
    if len(old) and len(new):
        order = np.argsort(old, kind="stable")
        match = order[np.minimum(np.searchsorted(old, new, sorter=order), len(old) - 1)]
        is_new = (old[match] != new) | (digests[0][match] != digests[1])
        is_kept[match[~is_new]] = True
    return is_kept, is_new


def _standing(standard: Standard, only: Q) -> tuple[Integers, Integers, Integers]:
    """Return the ids, the keys and the digests of what stands."""
    whole = Standing.objects.filter(only, standard=standard.id).order_by()
    found = fetch_integers(whole.values_list("pk", "subject_id", "cycle", "digest"), 4)
    ids, subjects, cycles, digests = found
    return ids, key(subjects, cycles), digests


def _delete(ids: Integers) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE id = %s", [(pk,) for pk in ids.tolist()])  # noqa: S608


def _insert(standard: Standard, rows: Integers, digests: Integers, places: Integers) -> None:
    """Write the rows at these places, some thousands at a time: memory stays flat."""
    same = (standard.id, standard.subject, standard.digest)
    for start in range(0, len(places), MOST_AT_ONCE):
        part = places[start : start + MOST_AT_ONCE]
        written = as_written(rows[part], standard.excused_by)
        listed = zip(digests[part].tolist(), written, strict=True)
        write_rows(TABLE, WRITTEN, [(*same, digest, *row) for digest, row in listed])


def write_rows(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write many rows the quickest way that the database has."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608
