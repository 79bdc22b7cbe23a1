"""Seal what has been written to both books.

A seal covers every row of finished transactions that no earlier seal covers. On PostgreSQL that
is every transaction number below the oldest one still running (ids are not in the order of
commits); on SQLite, which has one writer, every id. The newest seal's digest also goes to a file
outside the database (``history.witness``), so that cutting off the end of a book shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connections, transaction
from django.db.models import QuerySet

from evenhand.history import digests, witness
from evenhand.history.books import BOOKS, HISTORY, Book
from evenhand.history.models import Kept, Run

CHUNK = 2_000
ONE_AT_A_TIME = 4_173_001  # any number that nothing else locks


def seal_all(*, at: datetime) -> list[Run]:
    """Seal what was added to each book since its last seal; return the seals that were made."""
    return [made for book in BOOKS if (made := seal(at=at, book=book))]


def seal(*, at: datetime, book: Book = HISTORY) -> Run | None:
    """Seal what finished transactions have added since the last seal; None when there is none."""
    if not _above(book, last(book)).exists():
        return None
    witness.begin(book)
    with transaction.atomic(using=book.alias):
        _wait_for_others(book)
        made = _seal(book, at)
        transaction.on_commit(lambda: witness.follow(book), using=book.alias)
    return made


def _seal(book: Book, at: datetime) -> Run | None:
    last = book.seals._default_manager.order_by("-upto").first()
    after, previous = (last.upto, last.digest) if last else (0, "")
    upto = _newest_finished(book, after)
    if upto <= after:
        return None
    made = book.seals(
        id=last.pk + 1 if last else 1,
        at=at,
        after=after,
        upto=upto,
        previous=previous,
        scheme=digests.SECOND,
    )
    made.digest, made.count = digests.run_digest(chain(made), run(book, after, upto))
    made.save(force_insert=True)
    return made


def chain(one: Run) -> digests.Chain:
    """Return the empty digest of a seal's run."""
    return digests.Chain(one.scheme, one.previous, [one.pk, one.at, one.after, one.upto])


def run(book: Book, after: int, upto: int | None) -> Iterator[digests.Row]:
    """Return the rows placed above ``after`` and not above ``upto``, in their order."""
    rows = _above(book, after)
    if upto is not None:
        rows = rows.filter(**{f"{book.place}__lte": upto})
    ordered = rows.order_by(book.place, "id").values_list(*digests.columns(book))
    return (digests.row(book, values) for values in ordered.iterator(CHUNK))


def unsealed(book: Book) -> int:
    """Return how many rows no seal covers yet."""
    return _above(book, last(book)).count()


def waiting_since(book: Book) -> datetime | None:
    """Return when the first row was written that no seal covers yet; None where all are sealed."""
    rows = _above(book, last(book)).order_by(book.place)
    at: datetime | None = rows.values_list("at", flat=True).first()
    return at


def last(book: Book) -> int:
    """Return where the last seal ends; 0 where there is none."""
    upto = book.seals._default_manager.order_by("-upto").values_list("upto", flat=True).first()
    return 0 if upto is None else int(upto)


def _above(book: Book, after: int) -> QuerySet[Kept]:
    return book.rows._default_manager.filter(**{f"{book.place}__gt": after})


def _wait_for_others(book: Book) -> None:
    """Seal one at a time: SQLite has one writer, PostgreSQL is asked for a lock."""
    if connections[book.alias].vendor == "postgresql":
        with connections[book.alias].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _newest_finished(book: Book, after: int) -> int:
    """Return the highest place whose transaction is finished, or ``after``."""
    rows = _above(book, after)
    if connections[book.alias].vendor == "postgresql":
        with connections[book.alias].cursor() as cursor:
            cursor.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + history_offset()"
            )
            rows = rows.filter(transaction__lt=cursor.fetchone()[0])
    newest = rows.order_by(f"-{book.place}").values_list(book.place, flat=True).first()
    return after if newest is None else int(newest)
