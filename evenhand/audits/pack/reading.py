"""Reading audits.yaml of the adopted packs: its lists, and one entry of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from evenhand.facts.adopted import policy
from evenhand.policy.entries import needed
from evenhand.problems import Problem
from evenhand.rules.standards import Standard

FILE = "audits.yaml"
T = TypeVar("T")


def is_adopted() -> bool:
    """Whether an adopted pack has an audit programme: there are pages of it then."""
    return bool(whole())


def limit(id_: str, on: date) -> int:
    """Return a limit in force on a day. Problem, naming it, where no adopted pack has it."""
    return int(needed(listed("limits"), id_, on, FILE)["value"])


def standard_named(key: str) -> Standard | None:
    """Return the standard that says by when something is to be done; None without one."""
    named: Any = whole().get("standards", {})
    return policy().standards.get(str(named.get(key, "")))


def entry_called(found: Mapping[str, T], id_: str, what: str) -> T:
    """Return one of what was read. Problem, naming it, where no adopted pack has it."""
    if id_ not in found:
        raise Problem(
            f'{FILE} has no {what} called "{id_}".',
            "Add it to the audits.yaml of your pack, or take that file away.",
        )
    return found[id_]


def texts(one: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of an entry as words; empty where it has none."""
    return tuple(str(each) for each in one.get(name, ()))


def listed(name: str) -> Sequence[Mapping[str, Any]]:
    """Return the entries of a list, in the packs' order."""
    found: Any = whole().get(name, ())
    return list(found)


def whole() -> Mapping[str, Any]:
    """Return the whole of it; empty where no adopted pack has one."""
    found: Any = policy().document("audits")
    return found or {}
