"""What the packs say is counted and compared: the pathway, the groups, the values, the clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from evenhand import policy as packs
from evenhand.analytics.funnels import FunnelSettings
from evenhand.policy import Policy
from evenhand.policy.disparity import (
    NOT_KNOWN,
    OF_ANSWERS,
    STANDING,
    UNKNOWN_WORDS,
    Rules,
    funnel_of,
    labels_of,
    rules_of,
)
from evenhand.policy.packs import folder_of
from evenhand.policy.pathway import Step, steps_of
from evenhand.problems import Problem
from evenhand.rules import Standard

OF_CHILDREN = (*OF_ANSWERS, "fact")


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
    steps = steps_of(_document(policy, "pathway", pack))
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
    document: Any = policy.document("disparity")
    return rules_of(document, day)


def funnel_on(policy: Policy, day: date) -> FunnelSettings | None:
    """Return how authorities are set beside one another on a day; None where no pack says."""
    document: Any = policy.document("closer") or {}
    try:
        return funnel_of(document.get("values", ()), day)
    except Problem:
        return None


def _document(policy: Policy, name: str, pack: str) -> Any:
    found = policy.document(name)
    if found is None:
        raise Problem(
            f'The pack "{pack}" has no {name}.yaml, and adopts none that has.',
            "Name a pack that adopts england, as islehaven does, or write one.",
        )
    return found


def _dimension(policy: Policy, each: Mapping[str, Any]) -> Dimension:
    unknown = UNKNOWN_WORDS if each["by"] in OF_ANSWERS else {NOT_KNOWN: UNKNOWN_WORDS[NOT_KNOWN]}
    named = {**_groups(policy, each), **unknown}
    headline = each.get("headline", True)
    return Dimension(each["id"], each["label"], tuple(named), tuple(named.values()), headline)


def _groups(policy: Policy, each: Mapping[str, Any]) -> dict[str, str]:
    codes: Any = policy.document("codes")
    listed = codes["lists"].get(each.get("codes", ""), ()) if codes else ()
    return labels_of(each, listed)
