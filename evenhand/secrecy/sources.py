"""Where the column keys come from: the environment, or a file that only its owner can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from django.conf import settings

from evenhand.problems import Problem

TOO_OPEN = stat.S_IRWXG | stat.S_IRWXO
_held: dict[tuple[str, int, int, int], str] = {}  # the file as last read


def written_keys() -> str:
    """Return the keys as they are written: of EVENHAND_KEY_FILE where one is named.

    A file that has changed is read again, so that a key can be added while Evenhand runs. Raises
    Problem for a file that cannot be read, or that others than its owner can.
    """
    if not settings.KEY_FILE:
        return str(settings.COLUMN_KEYS)
    try:
        return _read(Path(settings.KEY_FILE))
    except (OSError, UnicodeDecodeError) as fault:
        raise Problem(
            f"The key file {settings.KEY_FILE} cannot be read: {_reason(fault)}.",
            "Check EVENHAND_KEY_FILE, and who owns the file.",
        ) from fault


def _read(path: Path) -> str:
    found = path.stat()
    if os.name == "posix" and found.st_mode & TOO_OPEN:
        raise Problem(
            f"The key file {path} can be read by others than its owner.",
            f"Run: chmod 600 {path}",
        )
    seen = (str(path), found.st_mtime_ns, found.st_size, found.st_ino)
    words = _held.get(seen)
    if words is None:
        words = path.read_text(encoding="utf-8")
        _held.clear()
        _held[seen] = words
    return words


def _reason(fault: OSError | UnicodeDecodeError) -> str:
    return (fault.strerror or "") if isinstance(fault, OSError) else "it is not text"
