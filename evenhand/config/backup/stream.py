"""An encrypted file, written and read a piece at a time: AES-256-GCM in numbered chunks.

Each file has a key of its own, derived from the backup key and 32 random bytes (HKDF-SHA-256). A
chunk's nonce is its number and whether it is the last, so that chunks cannot be reordered, left
out or cut off (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from evenhand.problems import Problem
from evenhand.secrecy.keys import KEY_BYTES, WrongKey

MAGIC = b"Evenhand backup 1\n"
CHUNK, TAG, SALT, LONGEST_NAME = 256 * 1024, 16, 32, 20
CUT_OFF = "The backup is cut off: its end is missing."
ANOTHER_COPY = "Nothing was changed. Use another copy of it, or another backup."


class Writer:
    """Encrypts what is written to it under a backup key; ``close`` writes the last chunk."""

    def __init__(self, file: BinaryIO, name: str, key: bytes) -> None:
        salt = secrets.token_bytes(SALT)
        self._file, self._cipher = file, _cipher(name, key, salt)
        self._held, self._number = bytearray(), 0
        file.write(MAGIC + name.encode() + b"\n" + salt)

    def write(self, data: bytes) -> int:
        """Take some bytes; what fills a chunk is written."""
        self._held += data
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write what is left, marked as the last."""
        self._put(bytes(self._held), last=True)

    def _put(self, data: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), data, None))
        self._number += 1


class Reader:
    """Decrypts an encrypted file. Raises Problem for one that is not ours, altered or cut off."""

    def __init__(self, file: BinaryIO, keys: Mapping[str, bytes]) -> None:
        self._file, self._number, self._held = file, 0, bytearray()
        name, salt = _header(file)
        if name not in keys:
            raise WrongKey(
                f"The backup was made under the key {name}, which is not the one given.",
                "Set EVENHAND_BACKUP_KEY to the key of that name. Nothing was changed.",
            )
        self._name, self._cipher = name, _cipher(name, keys[name], salt)
        self._next = file.read(CHUNK + TAG)
        if not self._next:
            raise Problem(CUT_OFF, ANOTHER_COPY)

    def read(self, size: int) -> bytes:
        """Return the next ``size`` bytes, or fewer at the end."""
        while len(self._held) < size and self._next:
            self._held += self._open()
        data = bytes(self._held[:size])
        del self._held[:size]
        return data

    def finish(self) -> None:
        """Read to the end, so that a file that was cut off or added to is found."""
        while self.read(CHUNK):
            pass

    def _open(self) -> bytes:
        chunk, self._next = self._next, self._file.read(CHUNK + TAG)
        number, self._number = self._number, self._number + 1
        try:
            return self._cipher.decrypt(_nonce(number, last=not self._next), chunk, None)
        except InvalidTag:
            raise self._fault(number, chunk) from None

    def _fault(self, number: int, chunk: bytes) -> Problem:
        if not self._next and self._opens(_nonce(number, last=False), chunk):
            return Problem(CUT_OFF, ANOTHER_COPY)
        if number == 0:
            return WrongKey(
                f"The backup does not open with the key {self._name}.",
                "It is another key of that name, or the file was altered. Nothing was changed.",
            )
        return Problem(f"The backup was altered, or cut off, in part {number + 1}.", ANOTHER_COPY)

    def _opens(self, nonce: bytes, chunk: bytes) -> bool:
        try:
            self._cipher.decrypt(nonce, chunk, None)
        except InvalidTag:
            return False
        return True


def _header(file: BinaryIO) -> tuple[str, bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise Problem("The file is not a backup of Evenhand.", "Give a file of `evenhand backup`.")
    name = file.readline(LONGEST_NAME + 1)
    salt = file.read(SALT)
    if not name.endswith(b"\n") or len(salt) != SALT:
        raise Problem(CUT_OFF, ANOTHER_COPY)
    return name[:-1].decode("ascii", "replace"), salt


def _cipher(name: str, key: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(SHA256(), KEY_BYTES, salt, MAGIC + name.encode("ascii", "replace"))
    return AESGCM(derived.derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
