"""One at a time: what is derived of who people are is worked out by one transaction at a time."""

from __future__ import annotations

from django.db import connection

LOCK = 0x45484944  # "EHID"


def take_turn() -> None:
    """Wait until no other transaction works out what leads or what is to ask; keep others waiting.

    Must be called inside a transaction, with whose end the turn ends. What is read after it shows
    what the others have done. SQLite has one writer at a time as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
