"""One mapping of a pack, read field by field: each fault is noted, and reading goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from evenhand.policy.documents import Faults, Mapping, Node, Scalar, Sequence, shown
from evenhand.policy.errors import nearest, one_of

ADD_IT = "Add it."

T = TypeVar("T", int, date, bool)


class Fields:
    """The fields of `node`, of which only `allowed` may stand; `name` says whose they are."""

    def __init__(self, node: Mapping, faults: Faults, allowed: Iterable[str], name: str) -> None:
        self.node = node
        self.faults = faults
        self.name = name
        self.allowed = tuple(allowed)
        for key in node.fields:
            if key not in self.allowed:
                self._unknown(key)

    def __contains__(self, key: str) -> bool:
        return key in self.node.fields

    def get(self, key: str) -> Node | None:
        """The node of a field, or None where it is not there or is null."""
        node = self.node.fields.get(key)
        if isinstance(node, Scalar) and node.value is None and not node.quoted:
            return None
        return node

    def need(self, key: str, remedy: str = ADD_IT) -> Node | None:
        """The node of a field that must be there."""
        node = self.get(key)
        if node is None:
            self.faults.add(self.node, key, f"{self.name} has none", remedy)
        return node

    def wrong(self, key: str, found: str, remedy: str) -> None:
        """Note a fault of a field."""
        self.faults.add(self.node.fields.get(key, self.node), key, found, remedy)

    def text(self, key: str, *, required: bool = True) -> str:
        """A field of text, or "" where there is none."""
        node = self.need(key) if required else self.get(key)
        if node is None:
            return ""
        if isinstance(node, Scalar):
            return node.text.strip()
        self.wrong(key, f"{shown(node)} stands where text should", "Write one line of text.")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A field that is a list of texts (one alone will do); empty where there is none."""
        node = self.get(key)
        items = node.items if isinstance(node, Sequence) else (node,) if node else ()
        found = [item.text for item in items if isinstance(item, Scalar)]
        if len(found) < len(items):
            self.wrong(key, "it holds more than text", "Write a list of names: [a, b].")
        return tuple(found)

    def integer(self, key: str, *, required: bool = True) -> int | None:
        """A field that is a whole number."""
        return self._of_type(key, int, "a whole number", required)

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A field that is a date."""
        return self._of_type(key, date, "a date, as 2026-04-01", required)

    def flag(self, key: str) -> bool:
        """A field that is true or false; false where there is none."""
        return bool(self._of_type(key, bool, "true or false", required=False))

    def choice(self, key: str, choices: Iterable[str], *, required: bool = True) -> str:
        """A field that is one of the choices, or "" where it is not there or is wrong."""
        choices = tuple(choices)
        found = self.text(key, required=required)
        if not found or found in choices:
            return found
        self.wrong(key, f'"{found}" is not known', nearest(found, choices, one_of(choices)))
        return ""

    def _of_type(self, key: str, kind: type[T], wanted: str, required: bool) -> T | None:
        node = self.need(key) if required else self.get(key)
        if node is None:
            return None
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, kind) and isinstance(value, bool) is (kind is bool):
            return value
        self.wrong(key, f"{shown(node)} is not {wanted}", f"Write {wanted}.")
        return None

    def _unknown(self, key: str) -> None:
        remedy = nearest(key, self.allowed, one_of(self.allowed))
        self.faults.add(self.node.keys[key], key, f"{self.name} has no such field", remedy)
