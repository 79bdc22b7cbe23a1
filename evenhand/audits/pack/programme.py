"""The kinds of audit, the lines of the programme, and what else it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from evenhand.audits.pack.reading import entry_called, listed, texts
from evenhand.facts.adopted import policy
from evenhand.policy.entries import called, newest
from evenhand.rules.standards import Standard

TEAM, ROLE, AUTHORITY = "team", "role", "authority"


class Type(NamedTuple):
    """One kind of audit. ``auditors`` are the roles that may do one; ``tool`` is a form's id.

    ``is_passed_on``: its copy goes to the service manager in supervision, who signs it.
    """

    id: str
    short: str
    title: str
    tier: int
    owner: str
    auditors: tuple[str, ...]
    frequency: str
    tool: str
    clauses: tuple[str, ...]
    is_passed_on: bool


class Line(NamedTuple):
    """One line of the programme: what is to be done in which months is its ``standard``'s.

    ``whose``: one slot for each team, for each holder of ``owner``, or one for the authority.
    ``counts``: the line toward which its files count, too. ``listed``, ``picked`` and ``least``
    name standards: when the list is ready, by when files are picked, how often in a year.
    """

    id: str
    type: Type
    title: str
    standard: str
    whose: str
    owner: str
    auditors: tuple[str, ...]
    is_in_timetable: bool
    is_own_team: bool
    is_whole: bool
    population: str
    counts: str
    picked_by: str
    picked: str
    listed: str
    least: str
    panel: tuple[str, ...]
    clauses: tuple[str, ...]


class Step(NamedTuple):
    """One step of how an audit goes."""

    id: str
    title: str
    words: str


class Part(NamedTuple):
    """A part that a panel needs somebody for."""

    id: str
    label: str


class Risk(NamedTuple):
    """What makes a file likelier to be drawn where a draw is weighted: by so many tickets more.

    ``tells`` names what shows it: "late", or a stage (protection-plan, care, need-plan).
    """

    id: str
    label: str
    tells: str
    adds: int


def types() -> Mapping[str, Type]:
    """Return the kinds of audit, by id, in the packs' order."""
    return _types(policy().digest)


def type_called(id_: str) -> Type:
    """Return one kind of audit. Problem, naming it, where no adopted pack has it."""
    return entry_called(types(), id_, "type of audit")


def second_auditors(id_: str) -> tuple[str, ...]:
    """Return the roles that may do a kind of audit the second time; the packs may name others."""
    named = (texts(one, "roles") for one in listed("second-auditors") if one["type"] == id_)
    return next(named, type_called(id_).auditors)


def lines() -> Mapping[str, Line]:
    """Return the lines of the programme, by id, in the packs' order."""
    return _lines(policy().digest)


def line_called(id_: str) -> Line:
    """Return one line. Problem, naming it, where no adopted pack has it."""
    return entry_called(lines(), id_, "line")


def standard_of(line: Line) -> Standard | None:
    """Return the standard that says when a line is due and how many are; None without one."""
    return policy().standards.get(line.standard)


def process() -> tuple[Step, ...]:
    """Return the steps of an audit, in order."""
    return tuple(Step(str(o["id"]), str(o["title"]), str(o["words"])) for o in listed("process"))


def panel_parts() -> tuple[Part, ...]:
    """Return the parts of panels."""
    return tuple(Part(str(one["id"]), str(one["label"])) for one in listed("panel"))


def risks(on: date) -> tuple[Risk, ...]:
    """Return what makes a file likelier to be drawn, with the weights in force on a day."""
    held = listed("risks")
    named = dict.fromkeys(str(one["id"]) for one in held)
    found = (newest(called(held, id_), on) for id_ in named)
    return tuple(
        Risk(str(one["id"]), str(one["label"]), str(one["tells"]), int(one["value"]))
        for one in found
        if one is not None
    )


@cache
def _types(_digest: str) -> Mapping[str, Type]:
    made = (
        Type(
            str(one["id"]), str(one["short"]), str(one["title"]), int(one["tier"]),
            str(one["owner"]), texts(one, "auditors") or (str(one["owner"]),),
            str(one["frequency"]), str(one["tool"]), texts(one, "clauses"),
            bool(one.get("passed-on")),
        )
        for one in listed("types")
    )  # fmt: skip
    return {one.id: one for one in made}


@cache
def _lines(_digest: str) -> Mapping[str, Line]:
    made = (_line(one) for one in listed("lines"))
    return {one.id: one for one in made}


def _line(one: Mapping[str, Any]) -> Line:
    type_ = type_called(str(one["type"]))

    def named(name: str) -> str:
        return str(one.get(name, ""))

    return Line(
        str(one["id"]), type_, str(one.get("title", type_.title)), str(one["standard"]),
        str(one["for"]), str(one["owner"]), texts(one, "auditors") or type_.auditors,
        bool(one.get("timetable")), bool(one.get("own-team")), bool(one.get("whole")),
        str(one["population"]), named("counts"), named("picked-by"), named("picked"),
        named("list"), named("least"), texts(one, "panel"), texts(one, "clauses"),
    )  # fmt: skip
