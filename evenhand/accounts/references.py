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
    drawn = secrets.token_bytes(count * LENGTH)
    # 28 symbols: 252 of 256 byte values are fair; the rest are drawn again.
    return [_spell(drawn[i : i + LENGTH]) for i in range(0, len(drawn), LENGTH)]


def _spell(drawn: bytes) -> str:
    return "".join(
        ALPHABET[byte % 28] if byte < 252 else secrets.choice(ALPHABET) for byte in drawn
    )
