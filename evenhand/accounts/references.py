"""Random references for addresses: 12 characters, never a name or a number of a child."""

from __future__ import annotations

import secrets

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
LENGTH = 12


def new_reference() -> str:
    """Return a fresh random reference (57 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_references(count: int) -> list[str]:
    """Return ``count`` fresh references, drawn at once (for imports)."""
    spelt, size = "", count * LENGTH
    while len(spelt) < size:
        spelt += secrets.token_bytes(size - len(spelt)).translate(_SPELLING, _UNFAIR).decode()
    return [spelt[i : i + LENGTH] for i in range(0, size, LENGTH)]


_SPELLING = (ALPHABET.encode() * 10)[:256]
_UNFAIR = bytes(range(252, 256))
"""28 symbols: 252 of 256 byte values are fair; the rest are left out, and others drawn."""
