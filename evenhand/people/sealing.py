"""What of identity is sealed: whatever is volunteered, and everybody's own words.

An answer that a child volunteers stands sealed in its statement and nowhere else. It is opened
only in memory, for those whom the child lets see it.
"""

from __future__ import annotations

from evenhand.people.models import IdentityStatement
from evenhand.people.pack import ask_set
from evenhand.secrecy import keys
from evenhand.secrecy.columns import Column, Row, change
from evenhand.secrecy.fields import Secret

TABLE = IdentityStatement._meta.db_table
ANSWER, OWN_WORDS = Column(TABLE, "answer"), Column(TABLE, "own_words")
PLAIN = "{c} <> '' AND {c} NOT LIKE %s"
SEALED = f"{keys.MARK}:%"
QUIET = "volunteered"


def volunteered() -> frozenset[str]:
    """Return the characteristics that a child tells only if they choose."""
    return frozenset(item.characteristic for item in ask_set() if not item.chased)


def to_keep(characteristic: str, answer: str) -> str:
    """Return an answer as a statement takes it: secret where it is volunteered."""
    return Secret(answer) if answer and characteristic in volunteered() else answer


def stored(characteristic: str, answer: str, ref: str, among: frozenset[str]) -> str:
    """Return an answer as the statement ``ref`` stores it, for what is written by the thousand.

    ``among`` is ``volunteered()``, asked once for them all.
    """
    is_secret = answer and characteristic in among
    return keys.seal(answer, ANSWER.bound(ref)) if is_secret else answer


def opened(held: str, ref: str) -> str:
    """Return the answer of the statement ``ref`` from what it stores. Raises WrongKey."""
    return keys.unseal(held, ANSWER.bound(ref)) if keys.is_sealed(held) else held


def for_history(characteristic: str, answer: str | None) -> str | None:
    """Return what history may hold: what is volunteered stays in its statement alone."""
    return answer if answer is None or characteristic not in volunteered() else QUIET


def seal_what_is_plain() -> int:
    """Seal, in blocks, what was written before it was to be; return how many values were.

    That is so after an upgrade, and when a pack makes volunteered what was asked before.
    """
    names = sorted(volunteered())
    among = f"characteristic IN ({', '.join(['%s'] * len(names))})" if names else "1 = 0"
    answers = change(ANSWER, f"{PLAIN} AND {among}", [SEALED, *names], _sealed_answer)
    return answers + change(OWN_WORDS, PLAIN, [SEALED], _sealed_words)


def _sealed_answer(row: Row) -> str:
    return keys.seal(row.stored, ANSWER.bound(row.ref))


def _sealed_words(row: Row) -> str:
    return keys.seal(row.stored, OWN_WORDS.bound(row.ref))
