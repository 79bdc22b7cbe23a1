"""Triggers that keep both books append-only, and number PostgreSQL's transactions in them.

They hold against whoever writes through the application's own connection; on PostgreSQL the web's
user has no right to alter the books besides (``history.grants``). Disposal may empty a row's words
and nothing else: on PostgreSQL by a function of the owner's, on SQLite by lifting the triggers for
its own transaction (``unlocked``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ROWS = ("history_entry", "history_view")
TABLES = (*ROWS, "history_seal", "history_viewseal")
REFUSAL = "The history is only ever added to: nothing in it may be changed or removed."
BLANKS = {
    "history_entry": "changes = '{}', reason = '', salt = ''",
    "history_view": "why = '', salt = ''",
}


def install(connection: Any) -> None:
    """Create the triggers that are not there yet, on SQLite or PostgreSQL."""
    with connection.cursor() as cursor:
        for statement in _statements(connection):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Drop the triggers that refuse changes (the numbering of transactions stays)."""
    on_table = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table, event in _refused(connection):
            place = f" ON {table}" if on_table else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)}{place}")


def missing(connection: Any) -> list[str]:
    """Return the refusing triggers that should be there and are not."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        held = {name for (name,) in cursor.fetchall()}
    return [_name(*each) for each in _refused(connection) if _name(*each) not in held]


@contextmanager
def unlocked(connection: Any) -> Iterator[None]:
    """Lift the refusal for the body of the ``with``, inside the caller's transaction."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _refused(connection: Any) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    events = ["UPDATE", "DELETE"]
    if connection.vendor == "postgresql":
        events.append("TRUNCATE")
    return [(table, event) for table in TABLES if table in there for event in events]


def _name(table: str, event: str) -> str:
    return f"{table}_refuses_{event.lower()}"


def _statements(connection: Any) -> Iterator[str]:
    refused = _refused(connection)
    if connection.vendor != "postgresql":
        for table, event in refused:
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {_name(table, event)} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    yield from _functions(connection)
    for table, event in refused:
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        yield (
            f"CREATE OR REPLACE TRIGGER {_name(table, event)} BEFORE {event} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION history_refuse()"
        )
    for table in sorted({table for table, _ in refused} & set(ROWS)):
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_number BEFORE INSERT ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION history_number()"
        )


def _functions(connection: Any) -> Iterator[str]:
    """The refusal, which lets words be emptied and nothing else; the emptying; the numbering."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute("SELECT to_regproc('history_offset') IS NOT NULL")
        is_numbered = cursor.fetchone()[0]
    yield (
        "CREATE OR REPLACE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'UPDATE' AND current_setting('evenhand.forgetting', true) = 'yes' "
        "AND to_jsonb(NEW) - '{salt,changes,reason,why}'::text[] "
        "= to_jsonb(OLD) - '{salt,changes,reason,why}'::text[] "
        "AND to_jsonb(NEW)->>'salt' = '' THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table in ROWS:
        name = f"{table}_forget"
        # The temporary schema comes last, so that nobody can put a table of theirs in the way.
        yield (
            f"CREATE OR REPLACE FUNCTION {name}(ids bigint[]) RETURNS bigint LANGUAGE plpgsql "
            f"SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$ DECLARE n bigint; BEGIN "
            "PERFORM set_config('evenhand.forgetting', 'yes', true); "
            f"{emptied(table)} WHERE id = ANY(ids) AND salt <> ''; "
            "GET DIAGNOSTICS n = ROW_COUNT; "
            "PERFORM set_config('evenhand.forgetting', '', true); RETURN n; END $$"
        )
        yield f"REVOKE EXECUTE ON FUNCTION {name}(bigint[]) FROM PUBLIC"
    if not is_numbered:
        yield offset_by(0)
    yield (
        "CREATE OR REPLACE FUNCTION history_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "NEW.transaction := pg_current_xact_id()::text::bigint + history_offset(); "
        "RETURN NEW; END $$"
    )


def emptied(table: str) -> str:
    """Return the beginning of the statement that empties the words of rows."""
    return f"UPDATE {table} SET {BLANKS[table]}"  # noqa: S608 (both are written above)


def offset_by(number: int) -> str:
    """Return the statement by which transactions are numbered from ``number`` upwards."""
    return (
        "CREATE OR REPLACE FUNCTION history_offset() RETURNS bigint LANGUAGE sql IMMUTABLE "
        f"AS $$ SELECT {int(number)}::bigint $$"
    )
