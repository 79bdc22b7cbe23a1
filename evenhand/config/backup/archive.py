"""What a backup holds, file by file: packed, with a list of digests and row counts at its end."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, NamedTuple

from evenhand.config.backup.stream import ANOTHER_COPY, CHUNK, Reader, Writer
from evenhand.problems import Problem

ABOUT, MANIFEST = "about.json", "manifest.json"
QUICK, GZIP = 1, 31  # zlib's quickest level; a window with gzip's header
PIECE = 1024 * 1024


class Manifest(NamedTuple):
    """What a backup says of itself: how it was made, each file's digest, each table's rows."""

    about: dict[str, Any]
    files: dict[str, str]
    rows: dict[str, int]
    sequences: dict[str, int]


class Packer:
    """Adds files to a backup. ``rows`` and ``sequences`` are filled by who adds them."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._digests: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.sequences: dict[str, int] = {}

    def add(self, name: str, data: bytes) -> None:
        """Add a file of these bytes."""
        self._put(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, path: Path) -> None:
        """Add a file as it stands, as far as it reaches now."""
        with path.open("rb") as file:
            self._put(name, file, path.stat().st_size)

    def add_pieces(self, name: str, pieces: Iterable[bytes]) -> None:
        """Add what comes in pieces and has no size beforehand, as numbered files."""
        held, number = bytearray(), 0
        for piece in pieces:
            held += piece
            if len(held) >= PIECE:
                self.add(f"{name}/{number:06}", bytes(held))
                held, number = bytearray(), number + 1
        if held or not number:
            self.add(f"{name}/{number:06}", bytes(held))

    def finish(self) -> None:
        """Add the list of all that was added."""
        said = {"files": self._digests, "rows": self.rows, "sequences": self.sequences}
        self.add(MANIFEST, json.dumps(said).encode())

    def _put(self, name: str, file: Any, size: int) -> None:
        header = tarfile.TarInfo(name)
        header.size, header.mode = size, 0o600
        hashing = _Hashing(file)
        self._tar.addfile(header, hashing)  # type: ignore[arg-type]
        self._digests[name] = hashing.digest.hexdigest()


class _Hashing:
    """Reads a file and digests what is read."""

    def __init__(self, file: Any) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        data: bytes = self._file.read(size)
        self.digest.update(data)
        return data


class _Gzip:
    """Packs what is written to it."""

    def __init__(self, file: Writer) -> None:
        self._file, self._packing = file, zlib.compressobj(QUICK, zlib.DEFLATED, GZIP)

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._file.write(self._packing.compress(data))
        return len(data)

    def close(self) -> None:
        """Write what is left."""
        self._file.write(self._packing.flush())


class _Gunzip:
    """Unpacks what it reads, never more at once than is asked for."""

    def __init__(self, file: Reader) -> None:
        self._file, self._unpacking = file, zlib.decompressobj(GZIP)

    def read(self, size: int) -> bytes:
        """Return the next ``size`` bytes, or fewer at the end."""
        found = bytearray()
        while len(found) < size and not self._unpacking.eof:
            packed = self._unpacking.unconsumed_tail or self._file.read(CHUNK)
            if not packed:
                break
            found += self._unpacking.decompress(packed, size - len(found))
        return bytes(found)


@contextmanager
def packed(file: BinaryIO, name: str, key: bytes, about: Mapping[str, Any]) -> Iterator[Packer]:
    """Yield what adds to a new backup in ``file``; it is whole when the ``with`` ends well."""
    sealing = Writer(file, name, key)
    packing = _Gzip(sealing)
    with tarfile.open(fileobj=packing, mode="w|", bufsize=PIECE) as tar:  # type: ignore[call-overload]
        packer = Packer(tar)
        packer.add(ABOUT, json.dumps(about).encode())
        yield packer
        packer.finish()
    packing.close()
    sealing.close()


class Member(NamedTuple):
    """One file of a backup, to be read before the next is asked for."""

    name: str
    file: _Hashing

    def pieces(self) -> Iterator[bytes]:
        """Yield what it holds."""
        while piece := self.file.read(PIECE):
            yield piece


def members(path: Path, keys: Mapping[str, bytes]) -> Iterator[Member]:
    """Yield each file of a backup in its order. Raises Problem for a backup that is not whole."""
    with path.open("rb") as file:
        opening = Reader(file, keys)
        with tarfile.open(fileobj=_Gunzip(opening), mode="r|", bufsize=PIECE) as tar:  # type: ignore[call-overload]
            for header in tar:
                held = tar.extractfile(header)
                if held is None or not _is_safe(header.name):
                    raise Problem("The backup holds what no backup holds.", ANOTHER_COPY)
                yield Member(header.name, _Hashing(held))
        opening.finish()


def verified(path: Path, keys: Mapping[str, bytes]) -> Manifest:
    """Read a whole backup and return what it says of itself. Raises Problem; changes nothing."""
    digests: dict[str, str] = {}
    said: dict[str, Any] = {}
    for member in members(path, keys):
        if member.name in {ABOUT, MANIFEST}:
            said[member.name] = json.loads(b"".join(member.pieces()))
        else:
            for _ in member.pieces():
                pass
        digests[member.name] = member.file.digest.hexdigest()
    listed = said[MANIFEST]
    if listed["files"] != {name: one for name, one in digests.items() if name != MANIFEST}:
        raise Problem("The backup's files are not those it lists.", ANOTHER_COPY)
    return Manifest(said[ABOUT], listed["files"], listed["rows"], listed["sequences"])


def about(path: Path, keys: Mapping[str, bytes]) -> dict[str, Any]:
    """Return how a backup was made: its first file. The rest is not looked at."""
    first = next(members(path, keys))
    said: dict[str, Any] = json.loads(b"".join(first.pieces()))
    return said


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts
