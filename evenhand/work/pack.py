"""What the adopted packs say of tasks (tasks.yaml): their kinds, days, owners and outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.policy.entries import that_holds
from evenhand.problems import Problem
from evenhand.rules.arithmetic import add_months, birthday

Entries = Sequence[Mapping[str, Any]]
PLAIN: Mapping[str, Any] = {"owner": "", "days": ()}


class Kind(NamedTuple):
    """One kind of task. ``outcomes`` are what can be found: key to words; perhaps none."""

    id: str
    words: str
    owner: str
    seen_with: str
    clauses: tuple[str, ...]
    checked: bool
    is_action: bool
    counts: str
    outcomes: Mapping[str, str]
    days: Entries
    review_after: Entries
    opens_before: Entries


class Reviews(NamedTuple):
    """Which findings open a review by themselves: of which measures and dimensions, which kind."""

    kind: str
    of: tuple[str, ...]
    dimensions: tuple[str, ...]


def kinds() -> Mapping[str, Kind]:
    """Return every kind of task, by key."""
    return _kinds(policy().digest)


def kind_called(key: str) -> Kind:
    """Return one kind. Problem, naming it, where no adopted pack has it."""
    found = kinds().get(key)
    if found is None:
        raise Problem(
            f'tasks.yaml has no kind of task called "{key}".',
            "Add it to the tasks.yaml of your pack, or take that file away.",
        )
    return found


def kind_of(task_kind: str) -> Kind:
    """Return the kind of a task; of one that the packs have no more, a plain one."""
    return kinds().get(task_kind) or _kind({"id": task_kind, "words": words_of(task_kind), **PLAIN})


def words_of(key: str) -> str:
    """Return a kind in words; of one that the packs have no more, its key."""
    found = kinds().get(key)
    return found.words if found else key.replace("-", " ").capitalize()


def outcome_in_words(kind: str, outcome: str) -> str:
    """Return what was found, in the packs' words."""
    found = kinds().get(kind)
    return found.outcomes.get(outcome, outcome) if found else outcome


def due_day(kind: Kind, day: date) -> date:
    """Return when a task of a kind that is opened on a day is due."""
    return _later(kind, "days", kind.days, day)


def review_day(kind: Kind, day: date) -> date | None:
    """Return when what is behind a task opened on a day is measured again; None: never."""
    return _later(kind, "review-after", kind.review_after, day) if kind.review_after else None


def opens_on(kind: Kind, due_on: date) -> date:
    """Return from which day Evenhand opens a task that is due on a day."""
    if not kind.opens_before:
        return due_on
    return due_on - (_later(kind, "opens-before", kind.opens_before, due_on) - due_on)


def action_kinds() -> list[str]:
    """Return the kinds that count as something being done."""
    return [kind.id for kind in kinds().values() if kind.is_action]


def reviews() -> Reviews | None:
    """Return which findings open a review by themselves; None where the packs say none."""
    found = _document().get("opens-reviews")
    if not found:
        return None
    return Reviews(str(found["kind"]), tuple(found["of"]), tuple(found["dimensions"]))


def confidence_on(day: date) -> float:
    """Return how sure one must be, from 0 to 1, that a change is more than chance."""
    entries = _document().get("confidence", ())
    held = that_holds(entries, day, 'tasks.yaml has no value of "confidence"')
    return float(held["value"]) / 100


def _later(kind: Kind, field: str, entries: Entries, day: date) -> date:
    value = that_holds(entries, day, f'tasks.yaml: "{kind.id}" has no value of "{field}"')
    if value["unit"] == "years of age":
        return birthday(day, int(value["value"]))
    if value["unit"] == "months":
        return add_months(day, int(value["value"]))
    return day + timedelta(int(value["value"]))


@cache
def _kinds(_digest: str) -> Mapping[str, Kind]:
    return {str(one["id"]): _kind(one) for one in _document().get("kinds", ())}


def _kind(one: Mapping[str, Any]) -> Kind:
    listed = _document().get("outcomes", {}).get(one.get("outcomes"), ())
    outcomes = {str(each["id"]): str(each["label"]) for each in listed}
    return Kind(
        str(one["id"]), str(one["words"]), str(one["owner"]), str(one.get("seen-with", "")),
        tuple(one.get("clauses", ())), bool(one.get("checked")), bool(one.get("is-action")),
        str(one.get("counts", "")), outcomes, tuple(one["days"]),
        tuple(one.get("review-after", ())), tuple(one.get("opens-before", ())),
    )  # fmt: skip


def _document() -> Mapping[str, Any]:
    found: Any = policy().document("tasks")
    return found or {}
