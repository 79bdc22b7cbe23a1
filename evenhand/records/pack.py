"""What can be chosen on a request to see one's records, and how its time is counted: the packs'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.policy.entries import called, newest
from evenhand.problems import Problem
from evenhand.rules.standards import Deadline
from evenhand.rules.values import Dated, Entry, Offset

DOCUMENT = "records"
STANDARD = "england/access-to-records"
ACKNOWLEDGED = "england/data-complaint-acknowledged"
BOTH_DAYS = "both days"


class Asker(NamedTuple):
    """Who may ask. ``own``: it is their own record; ``authority``: what shows that they may."""

    id: str
    label: str
    own: bool
    authority: str


class Other(NamedTuple):
    """A kind of piece that tells of somebody else, and what is proposed for it."""

    id: str
    label: str
    leave_out: bool
    why: str


class Exemption(NamedTuple):
    """What the law lets be withheld: ``opinion`` of a health professional, ``tell`` the person."""

    id: str
    label: str
    opinion: bool
    tell: bool
    words: str
    citation: str


def askers() -> Mapping[str, Asker]:
    """Return who may ask, by key, in the pack's order."""
    return {
        str(one["id"]): Asker(
            str(one["id"]), str(one["label"]), bool(one["own"]), str(one.get("authority", ""))
        )
        for one in _part("askers")
    }


def others() -> Mapping[str, Other]:
    """Return the kinds of piece that tell of somebody else, by key."""
    return {
        str(one["id"]): Other(
            str(one["id"]), str(one["label"]), one["proposal"] == "leave out", str(one["why"])
        )
        for one in _part("others")
    }


def exemptions() -> Mapping[str, Exemption]:
    """Return what the law lets be withheld, by key."""
    return {
        str(one["id"]): Exemption(
            str(one["id"]), str(one["label"]), bool(one["opinion"]), bool(one["tell"]),
            str(one["words"]), str(one["citation"]),
        )
        for one in _part("exemptions")
    }  # fmt: skip


def choices(name: str) -> list[str]:
    """Return a list of words to choose from: came_by, given_by, identity_by."""
    return [str(one) for one in _part(name)]


class Time(NamedTuple):
    """How time is counted for what was received on a day, and from which law."""

    within: Offset | None
    extension: Offset
    citations: tuple[str, ...]


def time_on(day: date) -> Time:
    """Return how long a request received on a day may take; ``within`` None: no rule in force."""
    longer, entry = value_on("extension", day), _limit_of(STANDARD, day)
    cited = (entry.citation if entry else "", str(longer.get("citation", "")))
    by = Offset(int(longer["value"]), longer["unit"])
    return Time(entry.value if entry else None, by, tuple(filter(None, cited)))


def heard_within(day: date) -> str:
    """Return by when who complains on a day hears that it came: "within 30 days", or at once."""
    entry = _limit_of(ACKNOWLEDGED, day)
    return f"within {entry.value}" if entry else "without delay"


def _limit_of(standard_id: str, day: date) -> Entry[Offset] | None:
    standard = policy().standards.get(standard_id)
    if isinstance(standard, Deadline) and isinstance(standard.within, Dated):
        return standard.within.entry_on(day)
    return None


def leaves_out_both_days(asked_on: date) -> bool:
    """Say whether the day of the answer to what was asked on a day does not count either."""
    return bool(value_on("clarification", asked_on)["value"] == BOTH_DAYS)


def own_view_from(day: date) -> int:
    """Return the age in years from which a child's own view is asked when somebody else asks."""
    return int(value_on("own-view-from", day)["value"])


def value_on(id_: str, day: date) -> Mapping[str, Any]:
    """Return the value in force on a day, or the first there is for a day before all of them."""
    named = called(_part("time"), id_)
    if not named:
        raise Problem(f'No pack has a value of "{id_}" for requests.', "Add one to records.yaml.")
    return newest(named, day) or min(named, key=lambda one: one["from"])


def _part(name: str) -> Sequence[Any]:
    return _parts(policy().digest, name)


@cache
def _parts(_digest: str, name: str) -> Sequence[Any]:
    document: Any = policy().document(DOCUMENT) or {}
    if name not in document:
        raise Problem(
            f'No adopted pack says "{name}" of requests to see records.',
            "Adopt the pack england, or add it to records.yaml of your own.",
        )
    found: Sequence[Any] = document[name]
    return found
