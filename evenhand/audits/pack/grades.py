"""The scale of grades, what an audit can find, and the posts that answer for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from evenhand.audits.pack.programme import TEAM
from evenhand.audits.pack.reading import listed, texts


class Grade(NamedTuple):
    """One grade of the scale, the best first."""

    id: str
    label: str
    points: int
    is_met: bool
    is_below: bool


class FindingKind(NamedTuple):
    """What an audit can find that somebody answers for; ``task`` and ``copy``: kinds of task.

    ``task_of`` and ``action_of`` are posts. ``elsewhere``: the kind of task of another team's
    service manager. ``offers``: the source under which good practice is noted.
    """

    id: str
    label: str
    task: str
    copy: str
    clauses: tuple[str, ...]
    task_of: str
    action_of: str
    elsewhere: str
    offers: str
    now: str
    needs_action: bool
    reopens: bool
    is_pattern: bool
    is_of_grade: bool


def scale() -> tuple[Grade, ...]:
    """Return the grades, the best first."""
    return tuple(
        Grade(
            str(one["id"]), str(one["label"]), int(one["points"]), bool(one.get("met")),
            bool(one.get("below")),
        )
        for one in listed("scale")
    )  # fmt: skip


def grade_words(id_: str) -> str:
    """Return a grade in words; of one that the packs have no more, its id."""
    return next((one.label for one in scale() if one.id == id_), id_)


def findings() -> Mapping[str, FindingKind]:
    """Return what an audit can find, by id."""
    made = map(_finding, listed("findings"))
    return {one.id: one for one in made}


def finding_words(id_: str) -> str:
    """Return a kind of finding in words; of one that the packs have no more, its id."""
    found = findings().get(id_)
    return found.label if found else id_.replace("-", " ").capitalize()


def post(id_: str) -> str:
    """Return the role of a post (team, service, assurance, head, training); perhaps none."""
    return next((str(one["role"]) for one in listed("posts") if one["id"] == id_), "")


def _finding(one: Mapping[str, Any]) -> FindingKind:
    def named(name: str, otherwise: str = "") -> str:
        return str(one.get(name, otherwise))

    return FindingKind(
        named("id"), named("label"), named("task"), named("copy"), texts(one, "clauses"),
        named("task-of", TEAM), named("action-of", TEAM), named("elsewhere"), named("offers"),
        named("now"), bool(one.get("needs-action")), bool(one.get("reopens")),
        bool(one.get("pattern")), bool(one.get("of-grade")),
    )  # fmt: skip
