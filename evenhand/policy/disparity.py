"""How groups are compared, from disparity.yaml: the values in force, and words for who is unknown.

Which groups there are is read by those who find them (``equality.dimensions``) and by those who
are told them in an export (``regional.definitions``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from evenhand.analytics.funnels import FunnelSettings
from evenhand.policy.entries import Entries, needed

FILE = "disparity.yaml"
DECLINED, NOT_KNOWN, NOT_ASKED = "declined", "not known", "not asked"
UNKNOWN_WORDS: Mapping[str, str] = {
    DECLINED: "Chose not to say (REFU)",
    NOT_KNOWN: "Not known to us",
    NOT_ASKED: "No record that we asked (NOBT)",
}
STANDING = "standing"
OF_ANSWERS = ("group", "code", "any", "grouping")
EVERYONE_ELSE = "everyone else"
PER_CENT, PER_THOUSAND = 100, 1000


class Rules(NamedTuple):
    """The values in force on a day; shares are between 0 and 1, ``months`` are those counted.

    ``parity`` (4, 5) takes a rate from four fifths to five quarters of the others' for parity.
    """

    comparison: str
    confidence: float
    correction: str
    strong: float
    smallest: int
    completeness: float
    suppress_below: int
    round_to: int
    months: int
    parity: tuple[int, int]

    @property
    def level(self) -> float:
        """Return the corrected chance below which a difference is called more than chance."""
        return 1 - self.confidence


def value_of(document: Mapping[str, Any], id_: str, on: date) -> Any:
    """Return a value of disparity.yaml in force on a day. Problem, naming it, where none is."""
    return needed(document["values"], id_, on, FILE)["value"]


def rules_of(document: Mapping[str, Any], on: date) -> Rules:
    """Return how groups are compared on a day. Problem, naming it, where a value is missing."""

    def value(id_: str) -> Any:
        return value_of(document, id_, on)

    return Rules(
        str(value("comparison")),
        float(value("confidence")) / PER_CENT,
        str(value("correction")),
        float(value("strong-evidence")) / PER_THOUSAND,
        int(value("smallest-group")),
        float(value("completeness-for-a-headline")) / PER_CENT,
        int(value("suppress-below")),
        int(value("round-to")),
        int(value("months-counted")),
        (int(value("parity-so-many")), int(value("parity-of-every"))),
    )


def funnel_of(closer: Entries, on: date) -> FunnelSettings:
    """Return how places are set beside one another, from the values of closer.yaml.

    Problem, naming it, where one of them has no value in force.
    """

    def number(name: str) -> float:
        return float(needed(closer, f"funnel-{name}", on, "closer.yaml")["value"])

    levels = (number("inner") / PER_CENT, number("outer") / PER_CENT)
    chance = number("spread-chance") / PER_CENT
    return FunnelSettings(
        levels, number("winsorised") / PER_CENT, chance, int(number("spread-from"))
    )


def labels_of(each: Mapping[str, Any], listed: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the groups of a dimension and their labels; ``listed`` are the codes it names."""
    if each["by"] == "group":
        return {str(of["group"]): str(of["group"]) for of in listed}
    named = {str(key): str(label) for key, label in each.get("groups", {}).items()}
    if each["by"] == "code":
        return {str(of["code"]): str(of["label"]) for of in listed} | named
    return named
