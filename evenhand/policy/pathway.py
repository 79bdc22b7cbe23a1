"""The steps of pathway.yaml: what is counted, when, and what says that the next was reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

YES = "yes"


class Step(NamedTuple):
    """One step of the pathway: what is counted, when, and what says that the next was reached.

    ``next_subject`` begun at ``next_at`` by the same child within ``within`` days of ``at`` says
    so, unless every code of the fact ``unless_fact`` is among ``unless_codes``. Where
    ``answered_by`` is filled, it is that fact of the same subject instead, being ``answer``; what
    has no such fact on record is not judged.
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
    answered_by: str = ""
    answer: str = ""


def steps_of(document: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return the steps of a pathway.yaml, in its order."""
    clauses = tuple(document.get("clauses", ()))
    return tuple(_step(each, clauses) for each in document["steps"])


def _step(each: Mapping[str, Any], clauses: tuple[str, ...]) -> Step:
    reached = each["reached_by"]
    fact = reached.get("fact", "")
    unless_fact, unless_codes = unless(reached)
    return Step(
        each["id"], each["title"], each["counted"], each["led"], each["subject"], each["at"],
        each.get("after", ""), each.get("among", {}), reached.get("subject", each["subject"]),
        reached.get("at", fact), unless_fact, unless_codes, tuple(each["within"]),
        tuple(each.get("clauses", clauses)), each.get("note", ""), fact,
        str(reached.get("is", YES)),
    )  # fmt: skip


def unless(each: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the fact, and its codes, that say that something does not count; both may be empty."""
    fact, codes = next(iter(each.get("unless", {}).items()), ("", ()))
    return fact, tuple(codes)
