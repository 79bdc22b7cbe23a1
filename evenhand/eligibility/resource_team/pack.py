"""What the packs say of the team: resource-team.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from evenhand.facts.adopted import policy
from evenhand.policy.entries import Entry, needed, that_holds
from evenhand.problems import Problem
from evenhand.recording.sets import form_called

DOCUMENT = "resource-team"


class ResourceTeam(NamedTuple):
    """The team: its remit, its forms, and the questions of its work that say how things were.

    ``order`` are the ids of what its request form advises, the most urgent first.
    """

    title: str
    remit: Sequence[str]
    request: str
    order: Sequence[str]
    episode: str
    before: str
    after: str
    ended: str


def resource_team(day: date) -> ResourceTeam:
    """Return the team on a day. Problem where the adopted packs know of none."""
    found = policy().document(DOCUMENT)
    if found is None:
        raise Problem("No adopted pack has a resource team.", f"Add {DOCUMENT}.yaml to your pack.")
    asked = form_called(found["request"], day)
    return ResourceTeam(
        found["title"], found["remit"], asked.id, [one.id for one in asked.advice],
        found["episode"], found["before"], found["after"], found["ended"],
    )  # fmt: skip


def months_until_looked_at(day: date) -> int:
    """Return how many months after the start it is looked whether a child came into care."""
    entries: Sequence[Entry] = (policy().document(DOCUMENT) or {}).get("accommodated", ())
    return int(that_holds(entries, day, f"{DOCUMENT}.yaml has no value of accommodated")["value"])


def short_breaks(day: date) -> frozenset[str]:
    """Return the legal statuses of short breaks that were planned: no coming into care."""
    entries = [
        each
        for pack in policy().packs
        for each in policy().documents.get((pack.id, "leaving-care"), ())
    ]
    return frozenset(map(str, needed(entries, "short-breaks", day, "leaving-care.yaml")["value"]))
