"""Two users of a PostgreSQL database: its owner, who changes tables, and the web's, who cannot.

The web's user reads and adds to the history and the log of views, and has no right to change or
remove what is in them, with the triggers or without. Only the owner could; the owner's address
(``EVENHAND_OWNER_DATABASE_URL``) is not known to the process that serves pages.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from evenhand.history import locks, numbering
from evenhand.problems import Problem

FORBIDDEN = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
MIGRATIONS = "django_migrations"


def prepare_web_user(arguments: argparse.Namespace) -> int:
    """``evenhand database prepare-web-user``: grant a user what the pages need, and no more."""
    _refuse_sqlite()
    wanted = statements(arguments.name)
    if arguments.print:
        print("\n".join(f"{each};" for each in wanted))
        return 0
    _refuse_who_could_anyway(arguments.name)
    _grant(wanted)
    said = (
        f"{arguments.name} may serve Evenhand's pages, and cannot alter or remove history. "
        "Give its address, and no other, to the service in EVENHAND_DATABASE_URL."
    )
    print(json.dumps({"done": said}) if arguments.json else said)
    return 0


def migrate(arguments: argparse.Namespace) -> int:
    """``evenhand database migrate``: the tables were brought up to date before this was called.

    The web's users are given their rights anew, since tables that a restore made have none.
    """
    raised, prepared = numbering.catch_up(connection), grant_anew()
    said = "The database is up to date." + (
        " Its transactions are numbered from where the other server left off." if raised else ""
    )
    if prepared:
        said += f" {' and '.join(prepared)} may serve its pages."
    print(json.dumps({"done": said}) if arguments.json else said)
    return 0


def grant_anew() -> list[str]:
    """Give the web's users their rights to new tables; return who they are."""
    prepared = web_users()
    for name in prepared:
        _grant(statements(name))
    return prepared


def statements(name: str) -> list[str]:
    """Return the SQL that gives a user what the pages need, and takes what they must not have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_database()")
        schema, database = map(connection.ops.quote_name, cursor.fetchone())
    user = connection.ops.quote_name(name)
    books = ", ".join(locks.TABLES)
    forget = ", ".join(f"{table}_forget(bigint[])" for table in locks.ROWS)
    rights = "SELECT, INSERT, UPDATE, DELETE"
    by_default = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT"
    return [
        f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {user}",
        f"GRANT USAGE ON SCHEMA {schema} TO {user}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {user}",
        f"GRANT {rights} ON ALL TABLES IN SCHEMA {schema} TO {user}",
        f"REVOKE {', '.join(FORBIDDEN)} ON {books} FROM {user}, PUBLIC",
        f"REVOKE INSERT, UPDATE, DELETE ON {MIGRATIONS} FROM {user}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {user}",
        f"GRANT EXECUTE ON FUNCTION {forget} TO {user}",
        f"{by_default} {rights} ON TABLES TO {user}",
        f"{by_default} USAGE, SELECT ON SEQUENCES TO {user}",
    ]


def web_users() -> list[str]:
    """Return the users who were prepared: those whom new tables are granted to."""
    if connection.vendor != "postgresql":
        return []
    query = (
        "SELECT DISTINCT r.rolname FROM pg_default_acl AS d, aclexplode(d.defaclacl) AS a, "
        "pg_roles AS r WHERE r.oid = a.grantee AND d.defaclobjtype = 'r' "
        "AND d.defaclnamespace = current_schema()::regnamespace AND r.rolname <> current_user"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(name for (name,) in cursor.fetchall())


def _grant(wanted: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for each in wanted:
            cursor.execute(each)


def could_alter(name: str | None = None) -> list[str]:
    """Return what a user (by default the one connected) could do to the books, and should not."""
    if connection.vendor != "postgresql":
        return []
    query = (
        "SELECT t || ' ' || p FROM unnest(%s::text[]) AS t, unnest(%s::text[]) AS p "
        "WHERE has_table_privilege(coalesce(%s, current_user), t, p)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [list(locks.TABLES), list(FORBIDDEN), name])
        return [each for (each,) in cursor.fetchall()]


def refuse_to_serve_as_owner() -> None:
    """Raise Problem in production where the user who serves pages could alter the history."""
    if not settings.PRODUCTION or settings.ONE_DATABASE_USER or not could_alter():
        return
    raise Problem(
        f"The database user {connection.settings_dict['USER']} could alter the history, and would "
        "serve the pages.",
        "Make another with: evenhand database prepare-web-user NAME, and name it in "
        "EVENHAND_DATABASE_URL. To do without, set EVENHAND_ONE_DATABASE_USER=1.",
    )


def _refuse_sqlite() -> None:
    if connection.vendor != "postgresql":
        raise Problem(
            f"The database is the file {connection.settings_dict['NAME']}, which has no users.",
            "Name a PostgreSQL database in EVENHAND_OWNER_DATABASE_URL: docs/operations.md.",
        )


def _refuse_who_could_anyway(name: str) -> None:
    """A user who is not there, who owns the tables, or whom no rule holds."""
    found = _one(
        "SELECT rolsuper OR pg_has_role(oid, (SELECT relowner FROM pg_class "
        "WHERE oid = 'history_entry'::regclass), 'MEMBER') FROM pg_roles WHERE rolname = %s",
        [name],
    )
    if found is None:
        raise Problem(
            f"The database has no user {name}.",
            f"Make one first, as its administrator: CREATE ROLE {name} LOGIN PASSWORD '...'",
        )
    if found:
        raise Problem(
            f"{name} owns the tables, or may do everything: no grant would hold it.",
            "Make another user for the web, who is neither owner nor superuser.",
        )


def _one(query: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0] if row else None
