"""What the packs say is counted and compared: the pathway, the groups, the values, the clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from evenhand import policy as packs
from evenhand.analytics.funnels import FunnelSettings
from evenhand.policy import Policy
from evenhand.policy.packs import folder_of
from evenhand.problems import Problem
from evenhand.rules import Standard

DECLINED, NOT_KNOWN, NOT_ASKED = "declined", "not known", "not asked"
UNKNOWN: Mapping[str, str] = {
    DECLINED: "Chose not to say (REFU)",
    NOT_KNOWN: "Not known to us",
    NOT_ASKED: "No record that we asked (NOBT)",
}
EVERYONE_ELSE = "everyone else"
STANDING, YES = "standing", "yes"
OF_ANSWERS = ("group", "code", "any", "grouping")
OF_CHILDREN = (*OF_ANSWERS, "fact")


class Step(NamedTuple):
    """One step of the pathway: see pathway.yaml, whose words these are.

    Where ``answered_by`` is filled, that fact of the same record being ``answer`` says that the
    next stage was reached, and a record without it is not judged.
    """

    id: str
    title: str
    counted: str
    led: str
    subject: str
    at: str
    after: str
    among: Mapping[str, str]
    next_subject: str
    next_at: str
    unless_fact: str
    unless_codes: tuple[str, ...]
    within: tuple[Mapping[str, Any], ...]
    answered_by: str
    answer: str


class Dimension(NamedTuple):
    """One way to tell groups apart: its groups in order, with the label that an export has.

    ``headline`` says whether it is among those that the whole is searched for differences by.
    """

    id: str
    label: str
    groups: tuple[str, ...]
    labels: tuple[str, ...]
    headline: bool

    @property
    def unknown(self) -> int:
        """Return the place of those whose group is not known."""
        return self.groups.index(NOT_KNOWN)


class Rules(NamedTuple):
    """The values of disparity.yaml in force on a day; shares are between 0 and 1."""

    comparison: str
    confidence: float
    correction: str
    smallest: int
    completeness: float
    suppress_below: int
    round_to: int
    months: int

    @property
    def level(self) -> float:
        """Return the corrected chance below which a difference is called more than chance."""
        return 1 - self.confidence


class Definitions(NamedTuple):
    """All that an analysis takes from the packs; ``left_out`` says which dimensions it cannot."""

    policy: Policy
    steps: tuple[Step, ...]
    dimensions: tuple[Dimension, ...]
    standards: Mapping[str, Standard]
    left_out: tuple[str, ...]


def read(pack: str) -> Definitions:
    """Return what a pack, with the packs that it adopts, says is compared.

    Raises Problem where there is no such pack, or none of them has a pathway or a disparity.yaml.
    """
    policy = packs.load([folder_of(pack)])
    steps = tuple(_step(each) for each in _document(policy, "pathway", pack)["steps"])
    listed = _document(policy, "disparity", pack)["dimensions"]
    leaving = [each for each in listed if each.get("leaves", True) and not each.get("within")]
    standing = [each for each in leaving if _is_standing(each)]
    told = [each["label"] for each in leaving if each not in standing]
    dimensions = tuple(_dimension(policy, each) for each in standing)
    return Definitions(policy, steps, dimensions, policy.standards, tuple(told))


def _is_standing(each: Mapping[str, Any]) -> bool:
    """Whether it is the child's own, and not what it was at an event, which no export tells."""
    return each["by"] in OF_CHILDREN and each.get("read", STANDING) == STANDING


def rules_on(policy: Policy, day: date) -> Rules:
    """Return how groups are compared on a day."""

    def value(id_: str) -> Any:
        return _value(policy, id_, day)

    return Rules(
        str(value("comparison")),
        float(value("confidence")) / 100,
        str(value("correction")),
        int(value("smallest-group")),
        float(value("completeness-for-a-headline")) / 100,
        int(value("suppress-below")),
        int(value("round-to")),
        int(value("months-counted")),
    )


def funnel_on(policy: Policy, day: date) -> FunnelSettings | None:
    """Return how authorities are set beside one another on a day; None where no pack says."""
    document: Any = policy.document("closer") or {}
    listed = document.get("values", ())

    def share(name: str) -> float:
        return float(in_force([each for each in listed if each["id"] == f"funnel-{name}"], day))

    try:
        levels = (share("inner") / 100, share("outer") / 100)
        winsorised, chance = share("winsorised") / 100, share("spread-chance") / 100
        return FunnelSettings(levels, winsorised, chance, int(share("spread-from")))
    except TypeError:  # one of them has no value in force
        return None


def in_force(entries: Sequence[Mapping[str, Any]], on: date) -> Any:
    """Return the value of the newest entry that begins by a day; None without one."""
    begun = [each for each in entries if each["from"] <= on]
    return max(begun, key=lambda each: each["from"])["value"] if begun else None


def _value(policy: Policy, id_: str, day: date) -> Any:
    document: Any = policy.document("disparity")
    found = in_force([each for each in document["values"] if each["id"] == id_], day)
    if found is None:
        raise Problem(
            f'disparity.yaml has no value of "{id_}" in force on {day:%d/%m/%Y}.',
            "Add one that begins by then, or put the pack's own back.",
        )
    return found


def _document(policy: Policy, name: str, pack: str) -> Any:
    found = policy.document(name)
    if found is None:
        raise Problem(
            f'The pack "{pack}" has no {name}.yaml, and adopts none that has.',
            "Name a pack that adopts england, as islehaven does, or write one.",
        )
    return found


def _step(each: Mapping[str, Any]) -> Step:
    reached = each["reached_by"]
    unless = next(iter(reached.get("unless", {}).items()), ("", ()))
    fact = reached.get("fact", "")
    return Step(
        each["id"], each["title"], each["counted"], each["led"], each["subject"], each["at"],
        each.get("after", ""), each.get("among", {}), reached.get("subject", each["subject"]),
        reached.get("at", fact), unless[0], tuple(unless[1]), tuple(each["within"]), fact,
        str(reached.get("is", YES)),
    )  # fmt: skip


def _dimension(policy: Policy, each: Mapping[str, Any]) -> Dimension:
    unknown = UNKNOWN if each["by"] in OF_ANSWERS else {NOT_KNOWN: UNKNOWN[NOT_KNOWN]}
    named = {**_groups(policy, each), **unknown}
    headline = each.get("headline", True)
    return Dimension(each["id"], each["label"], tuple(named), tuple(named.values()), headline)


def _groups(policy: Policy, each: Mapping[str, Any]) -> dict[str, str]:
    codes: Any = policy.document("codes")
    listed = codes["lists"].get(each.get("codes", ""), ()) if codes else ()
    if each["by"] == "group":
        return {str(of["group"]): str(of["group"]) for of in listed}
    named = {str(key): str(label) for key, label in each.get("groups", {}).items()}
    if each["by"] == "code":
        return {str(of["code"]): str(of["label"]) for of in listed} | named
    return named
