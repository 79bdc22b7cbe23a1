"""Digests of a book: of what one row says, of the whole row, and of a run of rows.

What a row says (its words) is digested with a salt of its own and kept beside, so that disposal
may delete the words and the salt while every other digest still comes out the same.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.conf import settings

from evenhand.history.books import Book, book_of
from evenhand.history.models import Kept

K = TypeVar("K", bound=Kept)
FIRST, SECOND = 1, 2  # schemes; the first had neither the transaction nor the seal's own fields
_plain = json.JSONEncoder(separators=(",", ":")).encode
_sorted = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
ROW_KEY = b"evenhand: one row of "


class Row(NamedTuple):
    """One row as it is read back: a plain tuple, since a book may hold millions."""

    id: int
    transaction: int
    facts: tuple[Any, ...]
    salt: str
    digest: str
    mac: str
    words: tuple[Any, ...]


def columns(book: Book) -> tuple[str, ...]:
    """Return the columns that ``row`` takes, in its order."""
    return ("id", "transaction", *book.facts, "salt", "digest", "mac", *book.words)


def row(book: Book, values: Sequence[Any]) -> Row:
    """Return a row of a book from the values of ``columns``."""
    ends = 2 + len(book.facts)
    salt, digest, mac = values[ends : ends + 3]
    facts = tuple(values[2:ends])
    return Row(values[0], values[1], facts, salt, digest, mac, tuple(values[ends + 3 :]))


def salted(one: K) -> K:
    """Give an unsaved row its salt, its digest and its authentication code; return it."""
    book = book_of(one)
    one.salt = secrets.token_hex(16)
    one.digest = words_digest(one.salt, [getattr(one, name) for name in book.words])
    one.mac = row_code(book, [getattr(one, name) for name in book.facts], one.digest)
    return one


def words_digest(salt: str, words: Sequence[Any]) -> str:
    """Return SHA-256 in hex of a row's salt and words."""
    return hashlib.sha256(f"{salt}{_sorted(list(words))}".encode()).hexdigest()


def row_code(book: Book, facts: Sequence[Any], digest: str) -> str:
    """Return the HMAC-SHA-256 in hex of a row, whose id is not known before it is written."""
    key = _key_of_rows(settings.SEAL_KEY, book)
    return hmac.digest(key, _line([*facts, digest]), "sha256").hex()


@cache
def _key_of_rows(key: str, book: Book) -> bytes:
    return hmac.digest(key.encode(), ROW_KEY + book.row_is.encode(), "sha256")


class Chain:
    """The digest of one run, added to row by row.

    ``head`` is what the seal says of itself (second scheme); ``previous`` is the digest of the run
    before, so that no run can be cut out or moved.
    """

    def __init__(self, scheme: int, previous: str, head: Sequence[Any]) -> None:
        self.scheme = scheme
        self.count = 0
        self._hmac = hmac.new(settings.SEAL_KEY.encode(), previous.encode(), hashlib.sha256)
        if scheme != FIRST:
            self._hmac.update(_line([scheme, previous, *head]))

    def add(self, one: Row) -> None:
        """Add the next row."""
        numbers = [one.id] if self.scheme == FIRST else [one.id, one.transaction]
        self._hmac.update(_line([*numbers, *one.facts, one.digest]))
        self.count += 1

    def digest(self) -> str:
        """Return HMAC-SHA-256 in hex of all that was added."""
        return self._hmac.hexdigest()


def run_digest(chain: Chain, rows: Iterable[Row]) -> tuple[str, int]:
    """Add all rows of a run; return its digest, and how many there are."""
    for one in rows:
        chain.add(one)
    return chain.digest(), chain.count


def _line(parts: Iterable[Any]) -> bytes:
    plain = [_moment(part) if isinstance(part, datetime) else part for part in parts]
    return f"{_plain(plain)}\n".encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
