"""Of whom the items of the ask set are asked, and from when. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from evenhand.policy import Ask
from evenhand.rules.arithmetic import birthday

CHILD, PARENT = "child", "parent"
ANY_DAY = date(1900, 1, 1)


@dataclass(frozen=True)
class Person:
    """Whom the ask set is put to: a child with the groups they belong to, or a parent."""

    kind: str
    born_on: date | None = None
    groups: frozenset[str] = frozenset()


def applies(item: Ask, person: Person) -> bool:
    """Say whether the item is counted for this person at all (what is volunteered never is)."""
    return (
        item.chased
        and person.kind in item.about
        and (not item.only_for or item.only_for in person.groups)
    )


def applicable(items: Collection[Ask], person: Person) -> list[Ask]:
    """Return the items that are chased and counted for this person."""
    return [item for item in items if applies(item, person)]


def asked_from(item: Ask, person: Person) -> date:
    """Return the day from which somebody may be asked: at once, unless only the child answers."""
    if person.kind == PARENT or PARENT in item.asked_of or person.born_on is None:
        return ANY_DAY
    return birthday(person.born_on, item.from_age or 0)


def whom_to_ask(item: Ask, person: Person, today: date) -> str:
    """Return "child" or "parent": who is to be asked today. A parent answers for themselves."""
    if person.kind == PARENT or CHILD not in item.asked_of:
        return PARENT
    if PARENT not in item.asked_of:
        return CHILD
    old_enough = (
        person.born_on is not None and birthday(person.born_on, item.from_age or 0) <= today
    )
    return CHILD if old_enough else PARENT


def child_asked_again_from(item: Ask, person: Person, refused_on: date) -> date | None:
    """Return the day from which a refusal by somebody else is put to the child; None: never."""
    if item.ask_child_again_at is None or person.born_on is None or CHILD not in item.asked_of:
        return None
    return max(birthday(person.born_on, item.ask_child_again_at), refused_on)


def child_asked_from(item: Ask, person: Person) -> date | None:
    """Return the day from which the child can be asked what another did not know; None: never."""
    if person.born_on is None or CHILD not in item.asked_of:
        return None
    return birthday(person.born_on, item.from_age or 0)
