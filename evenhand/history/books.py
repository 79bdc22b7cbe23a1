"""The two books that are only added to and sealed: the history, and the log of views."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connections, router

from evenhand.history.models import Entry, Kept, Run, Seal, View, ViewSeal


class Book(NamedTuple):
    """One book: its rows and seals, the fields that are sealed as they are, and its words.

    ``rows_are`` and ``row_is`` name its rows for people. ``witness`` is the file that lists its
    seals outside the database.
    """

    rows: type[Kept]
    seals: type[Run]
    facts: tuple[str, ...]
    words: tuple[str, ...]
    row_is: str
    rows_are: str
    witness: str

    @property
    def alias(self) -> str:
        """Return the database it is written to."""
        return router.db_for_write(self.rows)

    @property
    def place(self) -> str:
        """Return the column by whose order its rows are sealed."""
        return "transaction" if connections[self.alias].vendor == "postgresql" else "id"


HISTORY = Book(
    Entry,
    Seal,
    ("at", "actor_id", "action", "subject", "subject_id", "child_id", "import_batch_id"),
    ("changes", "reason"),
    "entry",
    "entries",
    "history-seals.txt",
)
VIEWS = Book(
    View,
    ViewSeal,
    ("at", "user_id", "child_id", "page"),
    ("why",),
    "view",
    "views",
    "view-seals.txt",
)
BOOKS = (HISTORY, VIEWS)


def book_of(row: Kept) -> Book:
    """Return the book a row belongs in."""
    return next(book for book in BOOKS if isinstance(row, book.rows))
