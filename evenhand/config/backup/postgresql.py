"""PostgreSQL: every table of one snapshot by COPY, brought back into a schema of its own.

No program of PostgreSQL's is needed, so that a backup made by one version can be brought back
into another, and a backup is brought back with the tables of the version that made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import psycopg
from django.db import ProgrammingError, connection, connections, transaction
from psycopg import sql

from evenhand.config.backup.archive import Member, Packer
from evenhand.problems import Problem

FOLDER = "tables"
NO_RIGHT = "42501"  # insufficient_privilege
LEFT_OUT = {"django_migrations"}  # made again by the migrations themselves


@contextmanager
def rights_in_words() -> Iterator[None]:
    """Turn what the database's user may not do into a Problem."""
    try:
        yield
    except ProgrammingError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != NO_RIGHT:
            raise
        said = str(fault).strip().splitlines()[0]
        raise Problem(
            f"The database's user may not do that: {said}.",
            "Run the command as the database's owner. Nothing was changed.",
        ) from fault


def pack(packer: Packer) -> None:
    """Add every table, all as they are at one moment, while others write."""
    with connection.wrap_database_errors, psycopg.connect(**_address()) as copying:
        copying.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        copying.read_only = True
        for table, columns in _tables(copying).items():
            rows, pieces = _Counted(), _copy_out(copying, table, columns)
            packer.add(f"{FOLDER}/{table}/columns", ",".join(columns).encode())
            packer.add_pieces(f"{FOLDER}/{table}/rows", rows.of(pieces))
            packer.rows[table] = rows.count
            packer.sequences.update(_sequence(copying, table, columns))


def load(members: Iterator[Member], sequences: dict[str, int]) -> None:
    """Fill the empty tables of the schema in use from a backup's files, in one transaction."""
    connection.ensure_connection()
    tables = [name for name in connection.introspection.table_names() if name not in LEFT_OUT]
    _triggers(tables, "DISABLE")
    with transaction.atomic(), connection.cursor() as cursor:
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        cursor.execute(sql.SQL("TRUNCATE {}").format(names))
        _copy_in(cursor, (each for each in members if each.name.startswith(f"{FOLDER}/")))
        for table, last in sequences.items():
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
    _triggers(tables, "ENABLE")


def counts() -> dict[str, int]:
    """Return the rows of each table of the schema in use."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in LEFT_OUT:
                cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
                found[table] = cursor.fetchone()[0]
    return found


@contextmanager
def used_instead(schema: str) -> Iterator[None]:
    """Have Django use a new, empty schema for the body of the ``with``."""
    _run(f'CREATE SCHEMA "{schema}"')
    before = connections["default"].settings_dict
    settings = {**before, "OPTIONS": {**before["OPTIONS"], "options": f"-c search_path={schema}"}}
    _use(settings)
    try:
        yield
    finally:
        _use(before)


def drop(schema: str) -> None:
    """Remove a schema with all that is in it."""
    _run(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


def put_in_place(schema: str, kept: str) -> str:
    """Move the tables of ``schema`` to where Evenhand looks for them, all at once.

    What was there before goes to the schema ``kept``, whose name is returned: empty where there
    was nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        here = cursor.fetchone()[0]
        filled = bool(connection.introspection.table_names(cursor))
        if filled:
            cursor.execute(f'CREATE SCHEMA "{kept}"')
            _move(cursor, here, kept)
        _move(cursor, schema, here)
        cursor.execute(f'DROP SCHEMA "{schema}"')
    return kept if filled else ""


MOVABLE = """
    SELECT 'TABLE ' || format('%%I.%%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname = %s
    UNION ALL
    SELECT 'FUNCTION ' || p.oid::regprocedure FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = %s
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def _move(cursor: Any, source: str, target: str) -> None:
    cursor.execute("SELECT set_config('search_path', '', true)")  # so that names come in full
    cursor.execute(MOVABLE, [source, source])
    for (what,) in cursor.fetchall():
        cursor.execute(f'ALTER {what} SET SCHEMA "{target}"')
    cursor.execute("SELECT set_config('search_path', %s, true)", [target])


class _Counted:
    """Counts the rows of COPY's text: one line each."""

    def __init__(self) -> None:
        self.count = 0

    def of(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the pieces as they are."""
        for piece in pieces:
            self.count += piece.count(b"\n")
            yield piece


def _copy_out(
    copying: psycopg.Connection[Any], table: str, columns: Sequence[str]
) -> Iterator[bytes]:
    with copying.cursor() as cursor, cursor.copy(_copy(table, columns, "TO STDOUT")) as copy:
        for piece in copy:
            yield bytes(piece)


def _copy_in(cursor: Any, members: Iterator[Member]) -> None:
    """Each table's columns come first, and then its rows."""
    for table, files in groupby(members, key=lambda each: each.name.split("/")[1]):
        columns = b"".join(next(files).pieces()).decode().split(",")
        with cursor.copy(_copy(table, columns, "FROM STDIN")) as copy:
            for file in files:  # noqa: B031 (its first was taken, and the rest follows)
                for piece in file.pieces():
                    copy.write(piece)


def _copy(table: str, columns: Sequence[str], way: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) " + way).format(sql.Identifier(table), names)


def _tables(copying: psycopg.Connection[Any]) -> dict[str, list[str]]:
    found = copying.execute(
        "SELECT table_name::text, array_agg(column_name::text ORDER BY ordinal_position) "
        "FROM information_schema.columns JOIN information_schema.tables "
        "USING (table_schema, table_name) "
        "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
        "AND is_generated = 'NEVER' GROUP BY table_name ORDER BY table_name"
    )
    return {table: columns for table, columns in found.fetchall() if table not in LEFT_OUT}


def _sequence(
    copying: psycopg.Connection[Any], table: str, columns: Sequence[str]
) -> Iterator[tuple[str, int]]:
    if "id" not in columns:
        return
    row = copying.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table]).fetchone()
    if row and row[0]:
        last = copying.execute(f"SELECT last_value FROM {row[0]} WHERE is_called").fetchone()  # type: ignore[arg-type]  # noqa: S608
        if last:
            yield table, last[0]


def _triggers(tables: Sequence[str], what: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" {what} TRIGGER USER')


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _use(settings: dict[str, Any]) -> None:
    connections["default"].close()
    connections["default"].settings_dict = settings


def _address() -> dict[str, Any]:
    given: dict[str, Any] = connections["default"].get_connection_params()
    wanted = ("host", "port", "user", "password", "dbname", "options")
    return {name: given[name] for name in wanted if given.get(name)}
