"""YAML files read with the line of every value, and faults in words.

Only what packs use is read as more than text: whole numbers, dates, true, false and null. Codes
such as NO, 08 or 1e5 stay the text that was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from evenhand.policy.errors import PackError

_Fastest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class _Loader(_Fastest):  # type: ignore[misc]
    """Leaves every scalar as text: what it means is told by `Scalar.value`."""

    def resolve(self, *_: object) -> str:
        return ""


Plain = str | int | bool | date | None | list["Plain"] | dict[str, "Plain"]


@dataclass
class Faults:
    """The faults found so far; reading goes on, so that one run names them all."""

    errors: list[PackError] = field(default_factory=list)

    def add(self, node: Node, where: str, found: str, remedy: str) -> None:
        """Note a fault at a node."""
        self.errors.append(PackError(node.file, node.line, where, found, remedy, node.column))


@dataclass(frozen=True)
class Node:
    """A place in a file: lines and columns count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Scalar(Node):
    """One value, as written; `quoted` text is never read as anything else."""

    text: str
    quoted: bool

    @property
    def value(self) -> str | int | bool | date | None:
        """The value meant: a whole number, a date, true, false, null, or else the text."""
        if self.quoted:
            return self.text
        if self.text.lower() in _WORDS:
            return _WORDS[self.text.lower()]
        if _INTEGER.fullmatch(self.text):
            return int(self.text)
        return _as_date(self.text)


@dataclass(frozen=True)
class Sequence(Node):
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Mapping(Node):
    """Fields by name, in order; `keys` gives the place of each name."""

    fields: dict[str, Node]
    keys: dict[str, Node]


def plain(node: Node) -> Plain:
    """The node as plain Python values, without its places."""
    if isinstance(node, Mapping):
        return {name: plain(value) for name, value in node.fields.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else None


def shown(node: Node) -> str:
    """The node as found, short enough for a sentence."""
    if isinstance(node, Scalar):
        text = node.text if len(node.text) <= 60 else node.text[:57] + "..."
        return f'"{text}"' if text else "nothing"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def items_of(node: Node) -> tuple[Node, ...]:
    """The items of a list; any other node is a list of itself."""
    return node.items if isinstance(node, Sequence) else (node,)


def read(path: Path, faults: Faults, shown_as: str | None = None) -> Node | None:
    """The file's document, or None with a fault noted: unreadable, not UTF-8, empty, not YAML."""
    here = Node(shown_as or str(path), 1, 1)
    text = _text_of(path, here, faults)
    if text is None:
        return None
    try:
        composed: Any = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        _note_syntax(error, here, faults)
        return None
    if composed is None:
        faults.add(here, "file", "it is empty", "Write its entries, or delete the file.")
        return None
    if "*" in text and _has_alias(text):
        faults.add(here, "YAML", "it has an alias (*name)", "Write the value out in full.")
        return None
    return _node(composed, here.file, faults)


def _has_alias(text: str) -> bool:
    return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader))


def _text_of(path: Path, here: Node, faults: Faults) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        place = Node(here.file, line, 1)
        faults.add(place, "file", "it is not UTF-8", "Save the file as UTF-8 and try again.")
    except OSError as error:
        found = f"it cannot be read ({error.strerror})"
        faults.add(here, "file", found, "Check the path and its permissions.")
    return None


def _note_syntax(error: yaml.YAMLError, here: Node, faults: Faults) -> None:
    mark = getattr(error, "problem_mark", None)
    place = Node(here.file, mark.line + 1, mark.column + 1) if mark else here
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
    faults.add(
        place, "YAML", f"it cannot be read here ({problem})",
        "Check the indentation, the colons and the quotes of this line and the one above.",
    )  # fmt: skip


def _node(node: Any, file: str, faults: Faults) -> Node:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.ScalarNode):
        return Scalar(file, line, column, str(node.value), node.style in ("'", '"', "|", ">"))
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_node(item, file, faults) for item in node.value)
        return Sequence(file, line, column, items)
    return _mapping(node, file, faults)


def _mapping(node: Any, file: str, faults: Faults) -> Mapping:
    fields: dict[str, Node] = {}
    keys: dict[str, Node] = {}
    for key, value in node.value:
        place = Node(file, key.start_mark.line + 1, key.start_mark.column + 1)
        name = str(key.value)
        if name in fields:
            faults.add(place, name, "it stands twice here", "Keep one of the two.")
        fields[name], keys[name] = _node(value, file, faults), place
    mark = node.start_mark
    return Mapping(file, mark.line + 1, mark.column + 1, fields, keys)


def _as_date(text: str) -> str | date:
    if not _DATE.fullmatch(text):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files in a folder and below it, in a fixed order."""
    yield from sorted(path for path in folder.rglob("*.yaml") if path.is_file())
