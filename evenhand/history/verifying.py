"""Verify that nothing in either book was altered, removed, reordered or cut off.

What cannot be found is in docs/security.md: rows that the owner of the database takes away within
the seconds before they are sealed, and an older copy put back together with every list of seals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connections

from evenhand.history import digests, forgotten, locks, numbering, sealing, witness
from evenhand.history.books import BOOKS, HISTORY, Book
from evenhand.history.digests import Row
from evenhand.history.forgotten import FORGOTTEN, Forgotten
from evenhand.history.models import Entry, Run


class Fault(NamedTuple):
    """Something in a book that is not as it was written or sealed."""

    where: str
    sentence: str


class Verdict(NamedTuple):
    """What verification found in one book, or in all: how much was checked, and every fault."""

    seals: int
    entries: int
    unsealed: int
    disposed: int
    faults: tuple[Fault, ...]


class Tally:
    """What one walk through a book counts."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.entries = self.disposed = self.unsealed = 0
        self.forgotten = disposed_of(book)
        self.fresh = _codes_not_sealed(book)


def verify() -> dict[str, Verdict]:
    """Recompute every seal and every row of each book; return what does not agree, by book."""
    return {book.rows_are: verify_book(book) for book in BOOKS}


def verify_book(book: Book = HISTORY) -> Verdict:
    """Recompute every seal and every row of one book; return what does not agree."""
    tally = Tally(book)
    faults = (
        *_lock_faults(book),
        *_chain_faults(tally),
        *_unsealed_faults(tally),
        *(Fault(*each) for each in witness.differences(book)),
        *(Fault(f"{book.rows_are}", said) for said in numbering.faults(book)),
    )
    seals = book.seals._default_manager.count()
    return Verdict(seals, tally.entries, tally.unsealed, tally.disposed, faults)


def _codes_not_sealed(book: Book) -> Counter[str]:
    """Return how often each row's code is among those that no seal covers yet: once."""
    return Counter(row.mac for row in sealing.run(book, sealing.last(book), None))


def disposed_of(book: Book) -> Forgotten:
    """Return which rows' words were disposed of, by disposals that are as they were written."""
    told = Entry.objects.filter(action=FORGOTTEN).values_list(*digests.columns(HISTORY))
    rows = (digests.row(HISTORY, values) for values in told.iterator())
    said = [one.words[0] for one in rows if _is_as_written(HISTORY, one)]
    return forgotten.told_by(said, book.rows_are)


def _is_as_written(book: Book, one: Row) -> bool:
    return (
        digests.words_digest(one.salt, one.words) == one.digest
        and digests.row_code(book, one.facts, one.digest) == one.mac
    )


def _chain_faults(tally: Tally) -> Iterator[Fault]:
    previous, after, number = "", 0, 0
    for one in tally.book.seals._default_manager.order_by("upto").iterator(sealing.CHUNK):
        if (one.previous, one.after) != (previous, after) or (
            one.scheme != digests.FIRST and number and one.pk != number + 1
        ):
            yield Fault(f"seal {one.pk}", "A seal before it has been removed or altered.")
        yield from _run_faults(tally, one)
        previous, after, number = one.digest, one.upto, one.pk


def _run_faults(tally: Tally, one: Run) -> Iterator[Fault]:
    chain = sealing.chain(one)
    for row in sealing.run(tally.book, one.after, one.upto):
        yield from _row_faults(tally, row, one.scheme, is_sealed=True)
        chain.add(row)
    if chain.count != one.count:
        rows_are = tally.book.rows_are
        sentence = f"It sealed {one.count} {rows_are} and {chain.count} are there."
        yield Fault(f"seal {one.pk}", sentence)
    elif chain.digest() != one.digest:
        yield Fault(
            f"seal {one.pk}",
            f"Its {tally.book.rows_are} have been altered or reordered, or the seal key is "
            "another one.",
        )


def _unsealed_faults(tally: Tally) -> Iterator[Fault]:
    """Each row by itself; on SQLite, whose numbers have no gaps, also that none is missing."""
    upto = sealing.last(tally.book)
    expected = upto + 1 if upto else None
    has_gaps = tally.book.place != "id"
    for row in sealing.run(tally.book, upto, None):
        tally.unsealed += 1
        yield from _row_faults(tally, row, digests.SECOND, is_sealed=False)
        if not has_gaps and expected is not None and row.id != expected:
            yield Fault(f"{tally.book.row_is} {expected}", "It was written and is not there.")
        expected = row.id + 1
    if not has_gaps and expected is not None and (given := _numbers_given(tally.book)) >= expected:
        yield Fault(f"{tally.book.row_is} {given}", "It was written and is not there.")


def _numbers_given(book: Book) -> int:
    """Return the last id that SQLite gave in a book."""
    with connections[book.alias].cursor() as cursor:
        table = book.rows._meta.db_table
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    return found[0] if found else 0


def _row_faults(tally: Tally, row: Row, scheme: int, *, is_sealed: bool) -> Iterator[Fault]:
    tally.entries += 1
    where = f"{tally.book.row_is} {row.id}"
    if row.salt == "" and not any(row.words):
        tally.disposed += 1
        if row.id not in tally.forgotten:
            yield Fault(where, "What it said is gone, and no disposal tells of it.")
    elif digests.words_digest(row.salt, row.words) != row.digest:
        yield Fault(where, "What it says is not what was written.")
    if digests.row_code(tally.book, row.facts, row.digest) != row.mac and not (
        scheme == digests.FIRST and row.mac == ""
    ):
        yield Fault(where, "It is not as it was written, or the seal key is another one.")
    if tally.fresh and (tally.fresh[row.mac] > 1 or (is_sealed and row.mac in tally.fresh)):
        yield Fault(where, "It is there twice.")


def _lock_faults(book: Book) -> Iterator[Fault]:
    connection = connections[book.alias]
    for name in locks.missing(connection):
        if name.startswith(_tables(book)):
            yield Fault(f"trigger {name}", "It keeps the book from being altered, and is gone.")


def _tables(book: Book) -> tuple[str, ...]:
    return tuple(f"{model._meta.db_table}_" for model in (book.rows, book.seals))


def summary(verdicts: dict[str, Verdict]) -> dict[str, Any]:
    """Return what was found, for a machine."""
    return {
        "authority": settings.AUTHORITY,
        "agrees": not any(one.faults for one in verdicts.values()),
        "books": {
            name: one._asdict() | {"faults": [fault._asdict() for fault in one.faults]}
            for name, one in verdicts.items()
        },
    }
