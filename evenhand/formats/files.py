"""Where bytes come from: files, folders and zips, opened as often as a reader needs.

A zip is read where it lies, never unpacked to disk, and is refused when it would unpack to more
than :mod:`evenhand.formats.limits` allows.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from evenhand.formats import limits
from evenhand.formats.faults import FileFault, shown

_CHUNK = 1024 * 1024
_NOT_DATA = (".ds_store", "thumbs.db", "desktop.ini")


def _always() -> object:
    return None


@dataclass(frozen=True, slots=True)
class File:
    """One file of an extract. ``open`` gives a new stream of its bytes each time.

    ``stamp`` says when it was last written, where that can be known.
    """

    name: str
    size: int
    open: Callable[[], IO[bytes]]
    named: bool = False
    stamp: Callable[[], object] = _always
    seen: object = None

    @property
    def base(self) -> str:
        """The file's own name, without folders."""
        return PurePosixPath(self.name.replace("\\", "/")).name

    def chunks(self) -> Iterator[bytes]:
        """The file's bytes, a megabyte at a time."""
        with self.open() as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def refuse_changed(self) -> None:
        """Raise FileFault where the file was written to since it was found."""
        if self.stamp() != self.seen:
            raise FileFault(
                self.base,
                "the file was written to while it was being read.",
                "Wait until it is whole, then import it again. Nothing of it was taken.",
            )

    def sha256(self) -> str:
        """The digest by which the same file is known again."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()


def find(paths: Iterable[Path]) -> list[File]:
    """Every file at these paths, folders and zips looked into, in the order of their names.

    Folders within a folder are left alone: they may hold another month's extract.

    Raises FileFault for a path that is not there, a damaged zip and a zip that is too large.
    """
    found: list[File] = []
    for path in paths:
        found.extend(_at(path))
    return found


def _at(path: Path) -> list[File]:
    if path.is_dir():
        inside = sorted(p for p in path.iterdir() if p.is_file() and not _is_clutter(p.name))
        return [file for p in inside for file in _one(p, named=False)]
    if not path.exists():
        raise FileFault(
            str(path), "there is no such file or folder.", "Check the spelling of its path."
        )
    return _one(path, named=True)


def _is_clutter(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX")) or name.lower() in _NOT_DATA


def _one(path: Path, *, named: bool) -> list[File]:
    if path.suffix.lower() == ".zip":
        return _inside(path)
    size = path.stat().st_size
    if size > limits.FILE_BYTES:
        raise _too_large(path.name, size)

    def open_path() -> IO[bytes]:
        with _told(path):
            return path.open("rb")

    return [File(path.name, size, open_path, named, *_stamped(path))]


def _stamped(path: Path) -> tuple[Callable[[], object], object]:
    def stamp() -> object:
        with _told(path):
            found = path.stat()
        return (found.st_size, found.st_mtime_ns)

    return stamp, stamp()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell in a sentence what the operating system refuses."""
    try:
        yield
    except OSError as error:
        raise FileFault(
            path.name,
            f"the file cannot be read ({error.strerror}).",
            "Check that it is still there, and that it may be read by whoever runs Evenhand.",
        ) from None


def _too_large(name: str, size: int) -> FileFault:
    return FileFault(
        name,
        f"the file is {size:,} bytes; the most is {limits.FILE_BYTES:,}.",
        "Extract fewer years, or split the file and import its parts in one go.",
    )


def _inside(path: Path) -> list[File]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise FileFault(
            path.name,
            f"the zip cannot be opened ({error}).",
            "It may have been cut off on the way: send or download it again.",
        ) from None
    _refuse_bomb(path.name, members)
    clean = [m for m in members if not any(_is_clutter(p) for p in m.filename.split("/"))]
    stamped = _stamped(path)
    return [_member(path, m, stamped) for m in sorted(clean, key=lambda m: m.filename)]


def _refuse_bomb(name: str, members: list[zipfile.ZipInfo]) -> None:
    whole = sum(m.file_size for m in members)
    if len(members) > limits.ZIP_MEMBERS or whole > limits.ZIP_BYTES:
        raise FileFault(
            name,
            f"the zip holds {len(members):,} files of {whole:,} bytes; the most is "
            f"{limits.ZIP_MEMBERS:,} files of {limits.ZIP_BYTES:,} bytes.",
            "Import the folder instead, or fewer files at a time.",
        )
    for member in members:
        if member.flag_bits & 0x1:
            raise FileFault(
                name,
                f"the file {shown(member.filename)} in the zip is locked with a password.",
                "Unpack it first, and import the folder.",
            )
        _refuse_growth(name, member)


def _refuse_growth(name: str, member: zipfile.ZipInfo) -> None:
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > limits.ZIP_RATIO_FROM and ratio > limits.ZIP_RATIO:
        raise FileFault(
            name,
            f"the file {shown(member.filename)} in the zip would grow {ratio:,.0f} times, to "
            f"{member.file_size:,} bytes, which real extracts never do.",
            "Do not open it. Ask whoever sent it what it is.",
        )


def _member(
    path: Path, member: zipfile.ZipInfo, stamped: tuple[Callable[[], object], object]
) -> File:
    if member.file_size > limits.FILE_BYTES:
        raise _too_large(member.filename, member.file_size)

    def open_member() -> IO[bytes]:
        with _told(path):
            return zipfile.ZipFile(path).open(member)

    name = f"{path.name}/{member.filename}"
    return File(name, member.file_size, open_member, False, *stamped)
