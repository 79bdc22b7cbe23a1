"""Which group a child belongs to, for answers counted by group: as the dimensions of the pack say.

This room stands below that of comparisons, and reads the same entries of disparity.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.feedback import pack
from evenhand.people.models import IdentityStanding, IdentityStatement

AT_ONCE = 500


class Dimension(NamedTuple):
    """One way of telling groups apart by what was answered; ``labels`` are of each code."""

    id: str
    label: str
    characteristic: str
    labels: tuple[tuple[str, str], ...]
    otherwise: str = ""


def dimensions() -> list[Dimension]:
    """Return the dimensions by which feedback.yaml reads answers, in its order."""
    document: Any = policy().document("disparity") or {}
    found = {each["id"]: each for each in document.get("dimensions", ())}
    return [_dimension(found[id_]) for id_ in pack.read_by() if id_ in found]


def groups_of(dimension: Dimension, children: Collection[int]) -> dict[int, str]:
    """Return the group of each of these children whose leading answer tells it."""
    labels, listed = dict(dimension.labels), sorted(children)
    found: dict[int, str] = {}
    for start in range(0, len(listed), AT_ONCE):
        rows = IdentityStanding.objects.filter(
            child__in=listed[start : start + AT_ONCE], characteristic=dimension.characteristic,
            status=IdentityStatement.Status.ANSWERED,
        )  # fmt: skip
        for child, answer in rows.values_list("child_id", "answer"):
            code = answer.split()[0] if answer.split() else ""
            found[child] = labels.get(code, dimension.otherwise if code else "")
    return {child: group for child, group in found.items() if group}


def _dimension(each: Mapping[str, Any]) -> Dimension:
    codes: Any = policy().document("codes") or {}
    listed = codes.get("lists", {}).get(each.get("codes"), ())
    head = (each["id"], each["label"], each.get("characteristic", ""))
    if each["by"] == "any":
        groups = each.get("groups", {})
        none = ((str(each["none"]), str(groups.get("none", "None"))),)
        return Dimension(*head, none, str(groups.get("any", "Any")))
    name = "group" if each["by"] == "group" else "label"
    return Dimension(*head, tuple((str(one["code"]), str(one[name])) for one in listed))
