"""Digests of history: of what one entry says, and of a run of entries.

What an entry says (changes and reason) is digested with a salt of its own and kept beside, so that
disposal may delete the words and the salt while the run's digest still comes out the same.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable

from evenhand.history.models import Entry


def salted(entry: Entry) -> Entry:
    """Give an unsaved entry its salt and digest; return it."""
    entry.salt = secrets.token_hex(16)
    entry.digest = words_digest(entry)
    return entry


def words_digest(entry: Entry) -> str:
    """Return SHA-256 in hex of the entry's salt, changes and reason."""
    words = json.dumps([entry.changes, entry.reason], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{entry.salt}{words}".encode()).hexdigest()


def run_digest(key: str, previous: str, entries: Iterable[Entry]) -> tuple[str, int]:
    """Return the HMAC-SHA-256 in hex of a run of entries, and how many there are.

    ``previous`` is the digest of the run before, so that no run can be cut out or moved.
    """
    chain = hmac.new(key.encode(), previous.encode(), hashlib.sha256)
    count = 0
    for entry in entries:
        chain.update(_line(entry))
        count += 1
    return chain.hexdigest(), count


def _line(entry: Entry) -> bytes:
    parts = [
        entry.pk,
        entry.at.isoformat(),
        entry.actor_id,
        entry.action,
        entry.subject,
        entry.subject_id,
        entry.child_id,
        entry.import_batch_id,
        entry.digest,
    ]
    return (json.dumps(parts, separators=(",", ":")) + "\n").encode()
