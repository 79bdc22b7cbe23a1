"""Seal words for a database's column, and open them again: AES-256-GCM under a ring of keys.

What is sealed names its key and is bound to its context (table, column, the row's reference): moved
to another row, it does not open. Words are padded before sealing, since a short list of answers
could else be told apart by length. NIST SP 800-38D: a random nonce of 96 bits is safe for 2**32
values under one key.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evenhand.problems import Problem
from evenhand.secrecy import sources

MARK = "sealed1"
KEY_BYTES, NONCE_BYTES, PADDED_TO = 32, 12, 64
KEY_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
HOW_WRITTEN = "Write each as name:key, separated by commas; `evenhand keys new` makes one."


class WrongKey(Problem):
    """A sealed value or file that the keys in use do not open."""


class KeyRing:
    """Keys by name, in order: the first seals, all open."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self.names = tuple(keys)
        self.current = self.names[0]
        self._ciphers = {name: AESGCM(key) for name, key in keys.items()}

    def seal(self, words: str, context: str, *, under: str = "") -> str:
        """Return ``words`` sealed for ``context`` under the current key, or the one named."""
        name = under or self.current
        nonce = secrets.token_bytes(NONCE_BYTES)
        body = self._ciphers[name].encrypt(nonce, _padded(words), _bound(name, context))
        return f"{MARK}:{name}:{base64.urlsafe_b64encode(nonce + body).decode()}"

    def unseal(self, sealed: str, context: str) -> str:
        """Return the words that were sealed for ``context``. Raises WrongKey, saying why not."""
        name, body = _parts(sealed)
        if name not in self._ciphers:
            raise WrongKey(
                f"A value is sealed under the key {name}, which is not among the keys in use.",
                "Add that key to EVENHAND_COLUMN_KEYS or the key file.",
            )
        try:
            opened = self._ciphers[name].decrypt(
                body[:NONCE_BYTES], body[NONCE_BYTES:], _bound(name, context)
            )
        except (InvalidTag, ValueError):
            raise WrongKey(
                f"A value does not open with the key {name}.",
                "The key is another one of that name, or the value was altered or moved.",
            ) from None
        return _unpadded(opened)


def seal(words: str, context: str) -> str:
    """Return ``words`` sealed for ``context`` under the current key: ASCII, naming its key."""
    return ring().seal(words, context)


def unseal(sealed: str, context: str) -> str:
    """Return the words that were sealed for ``context``. Raises WrongKey, saying why not."""
    return ring().unseal(sealed, context)


def context_of(table: str, column: str, ref: str) -> str:
    """Return the context of one column of one row; ``ref`` is the row's own reference."""
    return f"{table}/{column}/{ref}"


def key_of(sealed: str) -> str:
    """Return the name of the key that ``sealed`` says it is under. Raises WrongKey."""
    return _parts(sealed)[0]


def is_sealed(stored: str) -> bool:
    """Say whether ``stored`` is a sealed value rather than plain words."""
    return stored.startswith(f"{MARK}:")


def new_key(today: date) -> str:
    """Return a new key as EVENHAND_COLUMN_KEYS takes it: a name by the day, and 32 random bytes."""
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return f"{today:%Y%m%d}-{secrets.token_hex(2)}:{key}"


def ring() -> KeyRing:
    """Return the keys in use now: a key file is read again when it has changed."""
    return ring_of(sources.written_keys())


@lru_cache(maxsize=4)
def ring_of(written: str) -> KeyRing:
    """Return the key ring of ``written`` ("name:key, name:key"). Raises Problem, naming the key."""
    return KeyRing(keys_of(written, "column key"))


def keys_of(written: str, called: str) -> dict[str, bytes]:
    """Return the keys of ``written`` by name, in order. Raises Problem, which never shows a key."""
    parts = [part.strip() for part in re.split(r"[,\n]", written) if part.strip()]
    keys: dict[str, bytes] = {}
    for number, part in enumerate(parts, start=1):
        name, _, key = part.partition(":")
        if not KEY_NAME.fullmatch(name):
            raise Problem(f"The {called} {number} has no name that can be used.", HOW_WRITTEN)
        if name in keys:
            raise Problem(f"Two keys are named {name}.", "Give each its own name.")
        keys[name] = key_bytes(key, f"The {called} {name}")
    if not keys:
        raise Problem(f"There is no {called}.", HOW_WRITTEN)
    return keys


def key_bytes(written: str, called: str) -> bytes:
    """Return the 32 bytes of a key in base64. Raises Problem, which never shows the key."""
    try:
        key = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Problem(
            f"{called} is not {KEY_BYTES} bytes in base64.", "`evenhand keys new` makes one."
        )
    return key


def _parts(sealed: str) -> tuple[str, bytes]:
    mark, _, rest = sealed.partition(":")
    name, _, body = rest.partition(":")
    try:
        if mark == MARK and KEY_NAME.fullmatch(name):
            return name, base64.urlsafe_b64decode(body)
    except (binascii.Error, ValueError):
        pass
    raise WrongKey(
        "A value that should be sealed is not.",
        "It was altered, or written by something other than Evenhand: restore it from a backup.",
    )


def _bound(name: str, context: str) -> bytes:
    return f"{MARK}/{name}/{context}".encode()


def _padded(words: str) -> bytes:
    body = words.encode("utf-8", "surrogatepass") + b"\x80"
    return body + bytes(-len(body) % PADDED_TO)


def _unpadded(body: bytes) -> str:
    return body.rstrip(b"\0")[:-1].decode("utf-8", "surrogatepass")
