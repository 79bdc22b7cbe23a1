"""Where the exports are: one folder of files, or one for each authority."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from evenhand.problems import Problem
from evenhand.rules import Horizon

SCHEMA, HIVE, SUFFIX = "schema.json", "authority=", ".parquet"
WHERE = "Name a folder that `evenhand export parquet` wrote, or one that holds a folder of each."
MAY = "Give the account that runs this the right to read it, or name another folder."


class Described(NamedTuple):
    """What an export says of itself: its authority, its day, and from when to when a fact is held.

    A fact that no source holds is not among ``horizons``.
    """

    authority: str
    as_at: date
    horizons: Mapping[str, Horizon]


class Source(NamedTuple):
    """One folder of files; ``named`` is the authority that its own name gives, if any."""

    folder: Path
    named: str
    described: Mapping[str, Described]

    def file(self, name: str) -> Path | None:
        """Return the path of a file, or None. It may be a folder of parts, as Spark writes them."""
        path = self.folder / f"{name}{SUFFIX}"
        return path if path.exists() else None

    def files(self) -> list[str]:
        """Return the names of its files."""
        return sorted(path.stem for path in self.folder.glob(f"*{SUFFIX}"))


def parts(path: Path) -> list[Path]:
    """Return the files that a path stands for."""
    return sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]


def find(path: Path) -> tuple[list[Source], list[str]]:
    """Return the sources under a path, and sentences on what was left out.

    Raises Problem where there is none.
    """
    said: list[str] = []
    try:
        folders = _folders(path, said)
    except OSError as error:
        raise Problem(f"{path} cannot be read ({error.strerror}).", MAY) from error
    if not folders:
        raise Problem(" ".join([f"{path} holds no Parquet files.", *said]), WHERE)
    return [_source(folder, said) for folder in folders], said


def _folders(path: Path, said: list[str]) -> list[Path]:
    if not path.is_dir():
        found = "is a file" if path.exists() else "is not there"
        raise Problem(f"{path} {found}; an analysis reads a folder.", WHERE)
    inside = sorted(path.iterdir())
    return [path] if _holds(path) else [one for one in inside if _may_hold(one, said)]


def _may_hold(folder: Path, said: list[str]) -> bool:
    try:
        return _holds(folder)
    except OSError as error:
        said.append(f"{folder} cannot be read ({error.strerror}): it is left out. {MAY}")
        return False


def _holds(folder: Path) -> bool:
    """Whether it is a folder of exports; iterdir and not glob, which passes over what is shut."""
    if folder.name.startswith(".") or not folder.is_dir():
        return False
    return any(one.suffix == SUFFIX for one in folder.iterdir())


def _source(folder: Path, said: list[str]) -> Source:
    name = folder.name
    named = unquote(name.removeprefix(HIVE)) if name.startswith(HIVE) else ""
    described = {one.authority: one for one in _described(folder / SCHEMA, said)}
    if not named and len(described) == 1:
        named = next(iter(described))
    return Source(folder, named, described)


def _described(path: Path, said: list[str]) -> list[Described]:
    """What schema.json says: of one authority, or a list of what several exports said."""
    if not path.is_file():
        said.append(
            f"{path.parent} has no {SCHEMA}, so it is not known from when to when a fact is held: "
            "no step of the pathway is counted. Put the export's own beside the files."
        )
        return []
    try:
        told = json.loads(path.read_text("utf-8"))
        return [_of(each) for each in (told if isinstance(told, list) else [told])]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        said.append(
            f"{path} {_fault(error)}: no step of the pathway is counted. Put the export's own "
            "beside the files."
        )
        return []


def _fault(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror})"
    if isinstance(error, json.JSONDecodeError):
        return f"is no whole JSON (line {error.lineno}, column {error.colno})"
    return "is not what an export says of itself"


def _of(told: Mapping[str, Any]) -> Described:
    columns = [column for file in told["files"] for column in file["columns"]]
    horizons = {
        column["name"]: Horizon(_day(column["held_from"]), _day(column["held_to"]))
        for column in columns
        if column.get("held")
    }
    return Described(str(told["authority"]), date.fromisoformat(told["as_at"]), horizons)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
