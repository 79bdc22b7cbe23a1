"""The numbers of transactions, when a PostgreSQL database moves to another server.

Seals go by them, and another server begins lower: what is written there would lie below what is
sealed already. So the owner says, once, by how much they are raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.models import Max

from evenhand.history import locks
from evenhand.history.books import BOOKS, Book

NOW = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint, history_offset()"


def catch_up(connection: Any) -> bool:
    """Raise the numbers above all that are used, where they are not; say whether they were.

    Only the tables' owner can. Called when a database was brought up to date or restored.
    """
    if connection.vendor != "postgresql":
        return False
    current, offset = _now(connection)
    highest = max(_highest(book) for book in BOOKS)
    if current + offset > highest:
        return False
    with connection.cursor() as cursor:
        cursor.execute(locks.offset_by(highest + 1 - current))
    return True


def faults(book: Book) -> Iterator[str]:
    """Say where what is now written would be numbered below what is sealed already."""
    connection = connections[book.alias]
    if connection.vendor == "postgresql" and sum(_now(connection)) <= _highest(book):
        yield (
            "This server numbers its transactions below those that are sealed. "
            "As the owner, run: evenhand database migrate"
        )


def _now(connection: Any) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        current, offset = cursor.fetchone()
    return current, offset


def _highest(book: Book) -> int:
    rows = book.rows._default_manager.aggregate(most=Max("transaction"))["most"]
    seals = book.seals._default_manager.aggregate(most=Max("upto"))["most"]
    return max(rows or 0, seals or 0)
