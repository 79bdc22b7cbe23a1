"""The ways to tell groups apart, as the pack lists them (disparity.yaml), read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from evenhand.equality.pack import codes, document
from evenhand.facts.adopted import policy
from evenhand.policy.disparity import (
    DECLINED,
    NOT_ASKED,
    NOT_KNOWN,
    OF_ANSWERS,
    STANDING,
    UNKNOWN_WORDS,
    labels_of,
)
from evenhand.problems import Problem

UNKNOWN = (DECLINED, NOT_KNOWN, NOT_ASKED)
REST = "*"
UNBORN, OLDEST = -1, 200  # years of a band that says neither
AT_EVENT = "at the event"
KINDS = (*OF_ANSWERS, "fact", "age", "records", "status", "home", "team")


class Band(NamedTuple):
    """An age band: from ``starts`` years (-1: in the year before birth) to before ``ends``."""

    id: str
    label: str
    starts: int
    ends: int


class Layer(NamedTuple):
    """Records that put a child in a group while they run; ``unless`` as in the pathway.

    Where ``starts`` is empty, the record counts from ``from_age`` years on.
    """

    group: str
    subject: str
    starts: str
    ends: str
    from_age: int
    unless: Mapping[str, tuple[str, ...]]


class Dimension(NamedTuple):
    """One way to tell groups apart, with the groups' labels and words in the pack's order.

    ``by`` is how a child's group is found: from an answer (the code's group, the code itself, any
    code but ``none``, or a grouping of codes), from a fact, the age, records that run, the
    immigration status (of which ``fact`` says from when sources tell), the home (``field`` of what
    the lookup says of its postcode) or the team. ``read`` says whether it is the child's, or as it
    was at the event. ``within`` names the dimension that these groups are
    parts of. ``headline`` says whether it is among those that the whole is searched for
    differences by, ``leaves`` whether it stands in an export of single children.
    """

    id: str
    label: str
    by: str
    read: str
    characteristic: str
    fact: str
    field: str
    none: str
    several: str
    otherwise: str
    within: str
    source: str
    lawful_condition: str
    used_for: str
    headline: bool
    leaves: bool
    labels: Mapping[str, str]
    children: Mapping[str, str]
    group_of: Mapping[str, str]
    parents: Mapping[str, str]
    bands: tuple[Band, ...]
    layers: tuple[Layer, ...]

    @property
    def is_open(self) -> bool:
        """Whether the pack lists no groups, so that they are those that anybody is of."""
        return not self.labels

    @property
    def is_of_answers(self) -> bool:
        """Whether the group is what somebody said, which can be declined or never asked."""
        return self.by in OF_ANSWERS

    def holding(self, groups: Iterable[str]) -> Dimension:
        """Return this dimension with the groups that were found, where the pack lists none."""
        if not self.is_open:
            return self
        found = sorted({group for group in groups if group not in UNKNOWN})
        return self._replace(labels={group: group for group in found})

    def label_of(self, group: str) -> str:
        """Return a group's label."""
        return UNKNOWN_WORDS.get(group) or self.labels.get(group, group)

    def children_of(self, group: str) -> str:
        """Return the children of a group as a sentence names them."""
        named = self.children.get(group) or self.children.get(REST, "children: {group}")
        return named.format(group=self.label_of(group))

    def parent_of(self, group: str) -> str:
        """Return the group of the dimension ``within`` that a group is part of."""
        return self.parents.get(group, group)

    def of_answer(self, answer: str) -> str:
        """Return the group of an answer, codes with spaces between; an unknown code is not known.

        Several codes are ``several``, where the dimension has it, else the first of them counts.
        """
        given = answer.split()
        if not given:
            return NOT_KNOWN
        if self.by == "any":
            return "none" if given == [self.none] else "any"
        found = self.several if self.several and len(given) > 1 else self._of_code(given[0])
        return found if found in self.labels else NOT_KNOWN

    def _of_code(self, code: str) -> str:
        if self.by == "code":
            return code
        return self.group_of.get(code) or self.group_of.get(REST, "")


def dimensions() -> tuple[Dimension, ...]:
    """Return the dimensions by which groups are told apart (disparity.yaml)."""
    return _dimensions(policy().digest)


def main_dimensions() -> list[Dimension]:
    """Return the dimensions that a whole page compares by: not those that are parts of another."""
    return [dimension for dimension in dimensions() if not dimension.within]


def headline_dimensions() -> list[Dimension]:
    """Return the dimensions by which everything is searched for differences."""
    return [dimension for dimension in main_dimensions() if dimension.headline]


def unknown_groups(dimension: Dimension) -> tuple[str, ...]:
    """Return the groups of those whose group is not known: only an answer can be declined."""
    return UNKNOWN if dimension.is_of_answers else (NOT_KNOWN,)


def dimension_called(id_: str) -> Dimension | None:
    """Return one dimension, or None."""
    return next((one for one in dimensions() if one.id == id_), None)


@cache
def _dimensions(_digest: str) -> tuple[Dimension, ...]:
    lawful = {item.characteristic: item.lawful_condition for item in policy().ask_set}
    found = [_dimension(each, lawful) for each in document("disparity")["dimensions"]]
    whole = {dimension.id: dimension for dimension in found}
    return tuple(_with_parents(each, whole.get(each.within)) for each in found)


def _with_parents(dimension: Dimension, whole: Dimension | None) -> Dimension:
    if whole is None:
        return dimension
    answers = {group: group for group in dimension.labels}
    if dimension.several:
        answers[dimension.several] = f"{REST} {REST}"
    parents = {group: whole.of_answer(answer) for group, answer in answers.items()}
    return dimension._replace(parents=parents)


def _dimension(each: Mapping[str, Any], lawful: Mapping[str, str]) -> Dimension:
    by = each["by"]
    if by not in KINDS:
        raise Problem(
            f'disparity.yaml: the dimension "{each["id"]}" has by: {by}.',
            f"Use one of {', '.join(KINDS)}.",
        )
    listed = codes(each.get("codes", ""))
    bands = tuple(_band(band) for band in each.get("bands", ()))
    characteristic = each.get("characteristic", "")
    return Dimension(
        id=each["id"],
        label=each["label"],
        by=by,
        read=each.get("read", STANDING),
        characteristic=characteristic,
        fact=each.get("fact", ""),
        field=each.get("field", ""),
        none=each.get("none", ""),
        several=each.get("several", ""),
        otherwise=each.get("otherwise", ""),
        within=each.get("within", ""),
        source=each.get("source", ""),
        lawful_condition=each.get("lawful_condition") or lawful.get(characteristic, ""),
        used_for=each.get("used_for", ""),
        headline=each.get("headline", True),
        leaves=each.get("leaves", True),
        labels=_labels(each, listed, bands),
        children=each.get("children", {}),
        group_of=_groups(each, listed),
        parents={},
        bands=bands,
        layers=tuple(_layer(layer) for layer in each.get("layers", ())),
    )


def _band(band: Mapping[str, Any]) -> Band:
    return Band(
        band["id"], band["label"], int(band.get("from", UNBORN)), int(band.get("until", OLDEST))
    )


def _layer(layer: Mapping[str, Any]) -> Layer:
    unless = {name: tuple(found) for name, found in layer.get("unless", {}).items()}
    return Layer(
        layer["group"], layer["subject"], layer.get("from", ""), layer.get("until", ""),
        int(layer.get("from_age", 0)), unless,
    )  # fmt: skip


def _labels(
    each: Mapping[str, Any], listed: Mapping[str, Mapping[str, Any]], bands: tuple[Band, ...]
) -> dict[str, str]:
    if each["by"] == "age":
        return {band.id: band.label for band in bands}
    return labels_of(each, listed.values())


def _groups(each: Mapping[str, Any], listed: Mapping[str, Mapping[str, Any]]) -> Mapping[str, str]:
    """Which group each code is of; ``*`` is every other code."""
    if "of" in each:
        return {str(code): str(group) for code, group in each["of"].items()}
    return {code: str(of.get("group", "")) for code, of in listed.items()}
