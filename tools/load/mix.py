"""What people do all day: how often each page is opened, and by whom."""

from __future__ import annotations

import random
from dataclasses import dataclass

STANDARD = "/standards/england/single-assessment/"
CASELOAD = ("social_worker", "team_manager")
EVERYBODY = (*CASELOAD, "service_manager", "director")
OF_A_CHILD = {"child", "identity", "answer"}


@dataclass(frozen=True)
class Deed:
    """One thing that people do, how often among a hundred, and the roles that may."""

    name: str
    share: int
    roles: tuple[str, ...]


MIX = (
    Deed("home", 20, (*EVERYBODY, "data_officer")),
    Deed("children", 18, EVERYBODY),
    Deed("child", 25, EVERYBODY),
    Deed("search", 7, EVERYBODY),
    Deed("identity", 8, EVERYBODY),
    Deed("answer", 7, CASELOAD),
    Deed("standards", 8, EVERYBODY),
    Deed("standard", 5, EVERYBODY),
    Deed("imports", 2, ("data_officer",)),
)
ROLES = (*EVERYBODY, "data_officer")


def role_of(user: int) -> str:
    """Return the role of a user by their number: as many of each as may be."""
    return ROLES[user % len(ROLES)]


def deeds(role: str, chance: random.Random) -> Deed:
    """Return what somebody of a role does next."""
    theirs = [one for one in MIX if role in one.roles]
    return chance.choices(theirs, [one.share for one in theirs])[0]
