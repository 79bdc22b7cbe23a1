"""Disposal: what rows say is emptied for good, the seals still hold, and the history tells of it.

Words and salts go; who did what to which record and when stays, and so does every digest. An entry
of its own names each row by its number, so that ``verify`` can tell disposal from tampering.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connections, transaction
from django.db.models import Q, QuerySet

from evenhand.history import locks
from evenhand.history.actions import Change, record
from evenhand.history.books import HISTORY, VIEWS, Book
from evenhand.history.forgotten import FORGOTTEN, disposals, ranges_of, told_by
from evenhand.history.models import Entry, View

AT_ONCE = 500
LATEST = 20  # disposals that upkeep looks at again: it runs each minute


def forget(entries: QuerySet[Entry], *, by: Any, at: datetime, reason: str) -> int:
    """Empty the words of these entries for good; return how many had any.

    Runs in the caller's transaction, or one of its own. ``reason`` is kept: let it name nobody.
    The entries of disposals themselves are left as they are.
    """
    return _forget(entries, View.objects.none(), by=by, at=at, reason=reason)


def forget_child(child_ids: Collection[int], *, by: Any, at: datetime, reason: str) -> int:
    """Empty the words of every entry and look about these children; return how many of both.

    Name the ids of merged records too. Where the log of views has a file of its own it follows
    when the caller's transaction is committed; should that be cut short, upkeep does it
    (``finish``).
    """
    entries = Entry.objects.filter(
        Q(child_id__in=child_ids) | Q(subject="people.child", subject_id__in=child_ids)
    )
    views = View.objects.filter(child_id__in=child_ids)
    return _forget(entries, views, by=by, at=at, reason=reason)


def _forget(
    entries: QuerySet[Entry], views: QuerySet[View], *, by: Any, at: datetime, reason: str
) -> int:
    with transaction.atomic():
        said = _ids(entries.exclude(action=FORGOTTEN))
        seen = _ids(views)
        if not said and not seen:
            return 0
        _blank(HISTORY, said)
        _blank_views(seen)
        told = {HISTORY.rows_are: (None, ranges_of(said)), VIEWS.rows_are: (None, ranges_of(seen))}
        record(FORGOTTEN, Change(Entry(), told, reason=reason), by=by, at=at)
    return len(said) + len(seen)


def _blank_views(ids: Sequence[int]) -> None:
    """In the same transaction; where the log has a file of its own, once that is committed."""
    if VIEWS.alias == HISTORY.alias:
        _blank(VIEWS, ids)
    else:
        transaction.on_commit(lambda: _blank(VIEWS, ids))


def finish() -> int:
    """Empty what the latest disposals named and, cut short, did not reach; return how many."""
    views = told_by(disposals(latest=LATEST), VIEWS.rows_are)
    left = [
        pk
        for first, last in views.ranges
        for pk in _ids(View.objects.filter(pk__gte=first, pk__lte=last))
    ]
    _blank(VIEWS, left)
    return len(left)


def _ids(rows: QuerySet[Any]) -> list[int]:
    return list(rows.exclude(salt="").order_by("pk").values_list("pk", flat=True))


def _blank(book: Book, ids: Sequence[int]) -> None:
    if not ids:
        return
    table, connection = book.rows._meta.db_table, connections[book.alias]
    with transaction.atomic(using=book.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT {table}_forget(%s)", [list(ids)])
            return
        with locks.unlocked(connection):
            for some in (ids[n : n + AT_ONCE] for n in range(0, len(ids), AT_ONCE)):
                marks = ", ".join(["%s"] * len(some))
                cursor.execute(f"{locks.emptied(table)} WHERE id IN ({marks})", some)
