"""The pack's pathway and how it compares groups: steps, dimensions and values, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.problems import Problem

DECLINED, NOT_KNOWN = "declined", "not known"
UNKNOWN = (DECLINED, NOT_KNOWN)
UNKNOWN_WORDS: Mapping[str, str] = {
    DECLINED: "Chose not to say (REFU)",
    NOT_KNOWN: "Not known to us",
}


class Step(NamedTuple):
    """One step of the pathway: what is counted, when, and what says that the next was reached.

    ``next_subject`` begun at ``next_at`` by the same child within ``within`` days of ``at`` says
    so, unless every code of the fact ``unless_fact`` is among ``unless_codes``.
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
    clauses: tuple[str, ...]
    note: str


class Band(NamedTuple):
    """An age band: from ``starts`` years (None: before birth) to before ``ends``."""

    id: str
    label: str
    starts: int | None
    ends: int | None


class Dimension(NamedTuple):
    """One way to tell groups apart, with the groups' labels and words in the pack's order.

    ``by`` is how a child's answer gives the group: its code's group, the code, any code but
    ``none``, or the age on the day. ``within`` names the dimension that these groups are parts of.
    """

    id: str
    label: str
    by: str
    characteristic: str
    none: str
    within: str
    source: str
    labels: Mapping[str, str]
    children: Mapping[str, str]
    group_of: Mapping[str, str]
    bands: tuple[Band, ...]

    def label_of(self, group: str) -> str:
        """Return a group's label."""
        return UNKNOWN_WORDS.get(group) or self.labels.get(group, group)

    def children_of(self, group: str) -> str:
        """Return the children of a group as a sentence names them."""
        named = self.children.get(group) or self.children.get("*", "children: {group}")
        return named.format(group=self.label_of(group))

    def parent_of(self, group: str) -> str:
        """Return the group of the dimension ``within`` that a group is part of."""
        return self.group_of.get(group, group)


def steps() -> tuple[Step, ...]:
    """Return the steps of the pathway, in the pack's order (pathway.yaml)."""
    return _steps(policy().digest)


def dimensions() -> tuple[Dimension, ...]:
    """Return the dimensions by which groups are told apart (disparity.yaml)."""
    return _dimensions(policy().digest)


def main_dimensions() -> list[Dimension]:
    """Return the dimensions that a whole page compares by: not those that are parts of another."""
    return [dimension for dimension in dimensions() if not dimension.within]


def dimension_called(id_: str) -> Dimension | None:
    """Return one dimension, or None."""
    return next((one for one in dimensions() if one.id == id_), None)


def step_called(id_: str) -> Step | None:
    """Return one step, or None."""
    return next((one for one in steps() if one.id == id_), None)


def value(id_: str, on: date) -> Any:
    """Return the value of disparity.yaml in force on a day. Problem, naming it, where none is."""
    entries = [each for each in _document("disparity")["values"] if each["id"] == id_]
    found = in_force(entries, on)
    if found is None:
        raise Problem(
            f'disparity.yaml has no value of "{id_}" in force on {on:%d/%m/%Y}.',
            "Add one that begins by then, or put the pack's own back.",
        )
    return found


def in_force(entries: Sequence[Mapping[str, Any]], on: date) -> Any:
    """Return the value of the newest entry that begins by a day; None without one."""
    begun = [each for each in entries if each["from"] <= on]
    return max(begun, key=lambda each: each["from"])["value"] if begun else None


@cache
def _steps(_digest: str) -> tuple[Step, ...]:
    document = _document("pathway")
    clauses = tuple(document.get("clauses", ()))
    return tuple(_step(each, clauses) for each in document["steps"])


def _step(each: Mapping[str, Any], clauses: tuple[str, ...]) -> Step:
    reached = each["reached_by"]
    unless = next(iter(reached.get("unless", {}).items()), ("", ()))
    return Step(
        each["id"], each["title"], each["counted"], each["led"], each["subject"], each["at"],
        each.get("after", ""), each.get("among", {}), reached["subject"], reached["at"],
        unless[0], tuple(unless[1]), tuple(each["within"]),
        tuple(each.get("clauses", clauses)), each.get("note", ""),
    )  # fmt: skip


@cache
def _dimensions(_digest: str) -> tuple[Dimension, ...]:
    return tuple(_dimension(each) for each in _document("disparity")["dimensions"])


def _dimension(each: Mapping[str, Any]) -> Dimension:
    codes = _codes(each.get("codes", ""))
    bands = tuple(
        Band(band["id"], band["label"], band.get("from"), band.get("until"))
        for band in each.get("bands", ())
    )
    return Dimension(
        each["id"], each["label"], each["by"], each.get("characteristic", ""),
        each.get("none", ""), each.get("within", ""), each.get("source", ""),
        _labels(each, codes, bands), each.get("children", {}),
        {code: str(of.get("group", "")) for code, of in codes.items()}, bands,
    )  # fmt: skip


def _labels(
    each: Mapping[str, Any], codes: Mapping[str, Mapping[str, Any]], bands: tuple[Band, ...]
) -> dict[str, str]:
    if each["by"] == "group":
        return {str(of["group"]): str(of["group"]) for of in codes.values()}
    if each["by"] == "code":
        return {code: str(of["label"]) for code, of in codes.items()}
    if each["by"] == "age":
        return {band.id: band.label for band in bands}
    return {str(key): str(label) for key, label in each["groups"].items()}


def _codes(name: str) -> dict[str, Mapping[str, Any]]:
    listed = _document("codes")["lists"].get(name, ())
    return {str(each["code"]): each for each in listed}


def _document(name: str) -> Any:
    found = policy().document(name)
    if found is None:
        raise Problem(
            f"No adopted pack has a {name}.yaml.", "Adopt the pack england, or write one."
        )
    return found
