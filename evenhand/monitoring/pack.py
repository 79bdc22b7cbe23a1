"""The pack's uses of monitoring, and what each needs (monitoring-uses.yaml), read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.policy.entries import in_force
from evenhand.problems import Problem


class Use(NamedTuple):
    """One use that collected data are put to, with the question that its section answers."""

    id: str
    title: str
    question: str
    clause: str


class Service(NamedTuple):
    """What may be supplied to meet a need."""

    id: str
    label: str


class Need(NamedTuple):
    """A need: ``recorded_in`` names by question the codes that say so; ``services`` meet it."""

    id: str
    label: str
    recorded_in: Mapping[str, tuple[str, ...]]
    services: tuple[Service, ...]


class Access(NamedTuple):
    """The step whose events were refused, and the facts that say when a service began."""

    refused: str
    starts: tuple[str, ...]


class Target(NamedTuple):
    """A standard that is followed by quarter, with its dated targets in per cent."""

    standard: str
    percent: Sequence[Mapping[str, Any]]

    def on(self, day: date) -> float | None:
        """Return the target in force on a day; None without one."""
        found = in_force(self.percent, day)
        return None if found is None else float(found)


class Comparator(NamedTuple):
    """What other authorities' values are compared with; ``indicator`` "": ours is not counted."""

    id: str
    title: str
    unit: str
    higher_is_better: bool
    indicator: str


class Uses(NamedTuple):
    """Everything that monitoring-uses.yaml says, but for its values."""

    uses: tuple[Use, ...]
    needs: tuple[Need, ...]
    profile: tuple[str, ...]
    access: Access
    targets: tuple[Target, ...]
    comparators: tuple[Comparator, ...]
    quality: tuple[str, ...] = ()

    def use(self, id_: str) -> Use:
        """Return one use; under its bare id where the pack leaves it out."""
        return next((one for one in self.uses if one.id == id_), Use(id_, id_.title(), "", ""))


def uses() -> Uses:
    """Return what the adopted packs say of the uses. Problem where none has the file."""
    return _uses(policy().digest)


def need_called(id_: str) -> Need | None:
    """Return one need, or None."""
    return next((one for one in uses().needs if one.id == id_), None)


def need_met_by(service: str) -> Need | None:
    """Return the need that a service meets, or None."""
    return next(
        (need for need in uses().needs if service in {each.id for each in need.services}), None
    )


def comparator_called(id_: str) -> Comparator | None:
    """Return one indicator for comparison, or None."""
    return next((one for one in uses().comparators if one.id == id_), None)


@cache
def _uses(_digest: str) -> Uses:
    found: Any = policy().document("monitoring-uses")
    if found is None:
        raise Problem(
            "No adopted pack has a monitoring-uses.yaml.", "Adopt the pack england, or write one."
        )
    profile, access = found.get("profile", {}), found.get("equal_access", {})
    return Uses(
        tuple(Use(**each) for each in found["uses"]),
        tuple(_need(each) for each in found.get("needs", ())),
        tuple(profile.get("dimensions", ())),
        Access(access.get("refused", ""), tuple(access.get("starts", ()))),
        tuple(Target(each["standard"], each["percent"]) for each in found.get("targets", ())),
        tuple(_comparator(each) for each in found.get("comparators", ())),
        tuple(found.get("quality", {}).get("dimensions", ())),
    )


def _need(each: Mapping[str, Any]) -> Need:
    recorded_in = {name: tuple(map(str, codes)) for name, codes in each["recorded_in"].items()}
    services = tuple(Service(one["id"], one["label"]) for one in each["services"])
    return Need(each["id"], each["label"], recorded_in, services)


def _comparator(each: Mapping[str, Any]) -> Comparator:
    own = each.get("own", {}).get("indicator", "")
    return Comparator(each["id"], each["title"], each["unit"], each["better"] == "higher", own)
