"""A few lines of SQL that both databases understand, with names quoted and values bound.

Templates hold names in braces, each quoted as an identifier (a list becomes a list of them), and
``%s`` for values. ``{differs}`` is the comparison that tells NULL from a value. Every name comes
from our own recipes and models, never from a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

BATCH = 5_000


def phrase(template: str, **names: str | Sequence[str]) -> str:
    """Put quoted names into a template."""
    quote = connection.ops.quote_name
    quoted = {
        name: quote(value) if isinstance(value, str) else ", ".join(map(quote, value))
        for name, value in names.items()
    }
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    return template.format(differs=differs, **quoted)


def run(template: str, params: Sequence[Any] = (), **names: str | Sequence[str]) -> int:
    """Run a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(phrase(template, **names), params)
        return int(cursor.rowcount)


def rows(
    template: str, params: Sequence[Any] = (), **names: str | Sequence[str]
) -> list[tuple[Any, ...]]:
    """Every row of a query that is known to answer few."""
    with connection.cursor() as cursor:
        cursor.execute(phrase(template, **names), params)
        return list(cursor.fetchall())


def each(
    template: str, params: Sequence[Any] = (), **names: str | Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, some thousands at a time, never all in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(phrase(template, **names), params)
        while block := cursor.fetchmany(BATCH):
            yield from block


def one(template: str, params: Sequence[Any] = (), **names: str | Sequence[str]) -> Any:
    """The first value of the first row, or None."""
    found = rows(template, params, **names)
    return found[0][0] if found else None


def insert(table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """Insert many rows at once: by COPY on PostgreSQL, by one prepared statement on SQLite."""
    if not values:
        return
    if connection.vendor == "postgresql":
        _copy(table, columns, values)
        return
    marks = ", ".join(["%s"] * len(columns))
    statement = phrase("INSERT INTO {table} ({columns}) VALUES", table=table, columns=columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"{statement} ({marks})", values)


def _copy(table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    statement = phrase("COPY {table} ({columns}) FROM STDIN", table=table, columns=columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in values:
            copy.write_row(row)


@contextmanager
def aside() -> Iterator[None]:
    """Write to temporary tables without a lock on the database's own.

    On SQLite a deferred transaction that writes only temporary tables takes no lock; without one
    each row would be a transaction of its own.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        raw.execute("COMMIT")


@contextmanager
def on_disk() -> Iterator[None]:
    """Keep temporary tables on disk, so that memory stays flat; SQLite would hold them in memory.

    Changing where they are kept drops those there are, so they are gone afterwards.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("PRAGMA temp_store = FILE")
    raw.execute("PRAGMA temp.cache_size = -32768")
    try:
        yield
    finally:
        raw.execute("PRAGMA temp_store = MEMORY")


def give_ids(stage: str, table: str) -> None:
    """Give each row of a stage that is to be created the id it will have in ``table``.

    The ids are set apart before the transaction that uses them, and are not given back: a stopped
    import leaves a gap in the ids and nothing else.
    """
    new = "UPDATE {stage} SET target_id = {how} WHERE target_id IS NULL AND fate IS NULL"
    if connection.vendor == "postgresql":
        run(new.replace("{how}", "nextval(pg_get_serial_sequence(%s, 'id'))"), [table], stage=stage)
        return
    most = one("SELECT max(rowid) FROM {stage} WHERE fate IS NULL", stage=stage)
    if most:
        first = _reserve(table, most)
        with aside():
            run(new.replace("{how}", "%s + rowid"), [first - 1], stage=stage)


def new_ids(table: str, count: int) -> Iterator[int]:
    """Set ``count`` new ids of a table apart for the caller."""
    if connection.vendor == "postgresql":
        drawn = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        return iter([row[0] for row in rows(drawn, [table, count])])
    first = _reserve(table, count)
    return iter(range(first, first + count))


def _reserve(table: str, count: int) -> int:
    with transaction.atomic():
        if one("SELECT 1 FROM sqlite_sequence WHERE name = %s", [table]) is None:
            run("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        run("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        last = one("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    return int(last) - count + 1


def is_sqlite() -> bool:
    """Whether the database is SQLite."""
    return connection.vendor == "sqlite"


def days_between(later: str, earlier: str) -> str:
    """SQL for the days from one day to another, both columns or quoted names."""
    if is_sqlite():
        return f"CAST(julianday({later}) - julianday({earlier}) AS integer)"
    return f"({later} - {earlier})"
