"""Writing over the room that disposal freed, so that no byte of a name is left in the database.

What is deleted leaves its bytes in the file until that room is used again. ``scrub`` writes the
whole file anew (SQLite), or the tables that lost rows (PostgreSQL, by their owner), and is run when
few are at work.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import connections
from django.utils import timezone

from evenhand.retention.certificates import complete_list
from evenhand.retention.models import Certificate

NIGHT: Final = range(1, 5)
"""The hours, by London's clock, in which upkeep does so: a machine's matter, no policy."""
ALWAYS: Final = ("history_entry", "history_view", "django_session")


def scrub(*, at: datetime) -> int:
    """Write over what disposals freed since the last time; return how many those were.

    Must not be called in a transaction.
    """
    waiting = list(Certificate.objects.filter(scrubbed_at=None).order_by("pk"))
    for alias in connections:
        _rewrite(connections[alias], waiting)
    pks = [one.pk for one in waiting]
    return Certificate.objects.filter(pk__in=pks).update(scrubbed_at=at)


def tend(now: datetime) -> None:
    """What upkeep does: the list is made whole, and at night the freed room is written over."""
    complete_list()
    waits = Certificate.objects.filter(scrubbed_at=None).exists()
    if waits and timezone.localtime(now).hour in NIGHT:
        scrub(at=now)


def _rewrite(connection: Any, waiting: list[Certificate]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in sorted(set(_tables(waiting)) & set(_owned(cursor))):
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")


def _tables(waiting: list[Certificate]) -> Iterator[str]:
    yield from ALWAYS
    for certificate in waiting:
        yield from (apps.get_model(label)._meta.db_table for label in certificate.rows)


def _owned(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT tablename FROM pg_tables "
        "WHERE schemaname = current_schema() AND pg_has_role(tableowner, 'MEMBER')"
    )
    return [name for (name,) in cursor.fetchall()]
