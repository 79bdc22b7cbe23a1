"""Triggers that keep the history append-only, and number PostgreSQL's transactions in it.

They hold against whoever writes through the application's own connection. Disposal lifts them for
its own transaction (``unlocked``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TABLES = ("history_entry", "history_seal")
EVENTS = ("UPDATE", "DELETE")
REFUSAL = "The history is only ever added to: nothing in it may be changed or removed."


def install(connection: Any) -> None:
    """Create the triggers that are not there yet, on SQLite or PostgreSQL."""
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Drop the triggers that refuse changes (the numbering of transactions stays)."""
    suffix = "ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table, event in _refused():
            place = suffix.format(table=table)
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)} {place}")


@contextmanager
def unlocked(connection: Any) -> Iterator[None]:
    """Lift the refusal for the body of the ``with``, inside the caller's transaction."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _refused() -> Iterator[tuple[str, str]]:
    return ((table, event) for table in TABLES for event in EVENTS)


def _name(table: str, event: str) -> str:
    return f"{table}_refuses_{event.lower()}"


def _sqlite() -> Iterator[str]:
    for table, event in _refused():
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {_name(table, event)} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table, event in _refused():
        yield (
            f"CREATE OR REPLACE TRIGGER {_name(table, event)} BEFORE {event} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION history_refuse()"
        )
    yield (
        "CREATE OR REPLACE FUNCTION history_number() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.transaction := pg_current_xact_id()::text::bigint; RETURN NEW; END $$"
    )
    yield (
        "CREATE OR REPLACE TRIGGER history_entry_number BEFORE INSERT ON history_entry "
        "FOR EACH ROW EXECUTE FUNCTION history_number()"
    )
