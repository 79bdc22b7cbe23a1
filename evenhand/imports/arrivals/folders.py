"""Folders below the inbox: which files in them are whole, and where they go when they were taken.

A file that was picked up is moved to ``done`` beside it, one that was refused to ``refused``, each
with its report: so the folder itself always shows what is still to be taken, and a second run
finds nothing twice. Were it stopped between the import and the move, the same files would be
imported again, which changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from django.conf import settings
from django.utils import timezone

from evenhand.problems import Problem

DONE, REFUSED = "done", "refused"
MARK: Final = ".done"
"""The ending of an empty file that says that the file of the same name is whole."""

PARTIAL: Final = (".part", ".partial", ".tmp", ".filepart", ".crdownload")
NOT_A_NAME: Final = ("..", "~", DONE, REFUSED)


def inbox() -> Path:
    """The folder that the settings name. Problem where none is named or it is not there."""
    if settings.INBOX is None:
        raise Problem(
            "No inbox is set, so there is no folder to pick files up from.",
            "Set EVENHAND_INBOX to a folder; docs/how-to/nightly-folder.md says how.",
        )
    if not settings.INBOX.is_dir():
        raise Problem(
            f"The inbox {settings.INBOX} is not a folder that can be read.",
            "Make it, or correct EVENHAND_INBOX.",
        )
    return settings.INBOX


def tidy(name: str) -> str:
    """A folder's name below the inbox. Problem for one that would lead anywhere else."""
    parts = PurePosixPath(name.strip().replace("\\", "/")).parts
    is_odd = any(part in NOT_A_NAME or part.startswith(".") or ":" in part for part in parts)
    if not parts or parts[0] == "/" or is_odd or "\0" in name:
        raise Problem(
            f"{name.strip() or 'Nothing'} cannot be a folder below the inbox.",
            "Write its name alone, such as case-system, or case-system/reports.",
        )
    return "/".join(parts)


def folder_called(name: str) -> Path:
    """The folder of a watch. Problem where it is not there, or a link leads out of the inbox."""
    whole = inbox()
    folder = whole / tidy(name)
    if not folder.is_dir():
        raise Problem(f"There is no folder {name} in the inbox.", "Make it, or correct its name.")
    if not folder.resolve().is_relative_to(whole.resolve()):
        raise Problem(f"The folder {name} leads out of the inbox.", "Put a true folder there.")
    return folder


def whole_files(folder: Path, wait: Callable[[], None]) -> list[Path]:
    """The files of a folder when none of them is being written any more; none while one is.

    A file is whole when its mark (its name and ``.done``) lies beside it, or when its size and
    time are the same at two looks, between which ``wait`` is called. All or none: an extract has
    many files.
    """
    first = _look(folder)
    if not first or any(path.name.lower().endswith(PARTIAL) for path in first):
        return []
    unmarked = [path for path in first if not _mark(path).exists()]
    if unmarked:
        wait()
        if _look(folder) != first:
            return []
    return sorted(first)


def _look(folder: Path) -> dict[Path, tuple[int, int]]:
    """The size and time of each file; hidden files, marks and links are passed over."""
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False) and not _is_passed(entry.name):
                stat = entry.stat(follow_symlinks=False)
                found[folder / entry.name] = (stat.st_size, stat.st_mtime_ns)
    return found


def _is_passed(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith(MARK)


def _mark(path: Path) -> Path:
    return path.with_name(path.name + MARK)


def put_away(files: list[Path], where: str, report: list[str], now: datetime) -> Path:
    """Move files to ``done`` or ``refused`` beside them, with a report; the folder they are in.

    Raises Problem where they cannot be moved.
    """
    kept = _new_folder(files[0].parent / where, f"{timezone.localtime(now):%Y-%m-%d-%H%M}")
    try:
        for path in files:
            path.replace(kept / path.name)
            _mark(path).unlink(missing_ok=True)
        (kept / "report.txt").write_text("\n".join([*report, ""]), encoding="utf-8")
    except OSError as error:
        raise Problem(
            f"{files[0].parent.name}: the files could not be moved to {where} ({error.strerror}).",
            "Let whoever runs Evenhand write there. They would be imported again, unchanged.",
        ) from None
    return kept


def _new_folder(parent: Path, name: str) -> Path:
    for number in range(1, 1000):
        folder = parent / (name if number == 1 else f"{name}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise Problem(
                f"The folder {parent.parent.name}/{parent.name} cannot be written to "
                f"({error.strerror}).",
                "Let whoever runs Evenhand write there. The files would be imported again, "
                "unchanged.",
            ) from None
        return folder
    raise Problem(f"{parent} holds too many folders of one minute.", "Empty it.")
