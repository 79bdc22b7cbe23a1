"""What the staff survey asks (survey.yaml), and its results by group with small groups hidden."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.feedback.pack import Choice

Answer = tuple[Mapping[str, str], Mapping[str, str]]
"""The groups of who answered, and what they said: both by key."""


class Grouping(NamedTuple):
    """One way to tell staff apart, with the groups to choose from."""

    id: str
    label: str
    options: tuple[Choice, ...]


class Share(NamedTuple):
    """How many of those who answered agree. ``gap`` is in points below everyone else's share;
    None where either is too few."""

    agree: int
    answered: int
    gap: float | None = None


class Result(NamedTuple):
    """One group's share of each statement, by its key; none of them where it is suppressed."""

    grouping: Grouping
    group: Choice
    shares: Mapping[str, Share]
    is_suppressed: bool


def statements() -> tuple[Choice, ...]:
    """Return what is put to staff."""
    return _choices(_survey().get("statements", ()))


def replies() -> tuple[Choice, ...]:
    """Return what can be said of a statement."""
    return _choices(_survey().get("answers", ()))


def groupings() -> tuple[Grouping, ...]:
    """Return the ways by which results are read."""
    return tuple(
        Grouping(each["id"], each["label"], _choices(each["options"]))
        for each in _survey().get("groups", ())
    )


def digest_of(token: str) -> str:
    """Return what is kept of an invitation."""
    return hashlib.sha256(token.encode()).hexdigest()


def whole(answers: Sequence[Answer]) -> Mapping[str, Share]:
    """Return how many of all agree with each statement."""
    return {each.id: _share(answers, each.id) for each in statements()}


def results(answers: Sequence[Answer], *, smallest: int) -> list[Result]:
    """Return each group that answered; those under ``smallest`` suppressed, and with them as many
    more as keep their answers from being worked out of the whole."""
    return [result for each in groupings() for result in _of(each, answers, smallest)]


def hidden(sizes: Mapping[str, int], smallest: int) -> set[str]:
    """Return which groups to suppress, those who said no group among the sizes under "".

    A hidden group alone, or several that together are few, could be told from the whole: the next
    smallest goes with them.
    """
    ranked = sorted((key for key, size in sizes.items() if size), key=lambda key: (sizes[key], key))
    found = {key for key in ranked if sizes[key] < smallest}
    for key in ranked:
        few = len(found) == 1 or sum(sizes[one] for one in found) < smallest
        if found and few and key not in found:
            found.add(key)
    return found


def _of(grouping: Grouping, answers: Sequence[Answer], smallest: int) -> list[Result]:
    by_group = {
        key: [one for one in answers if one[0].get(grouping.id, "") == key]
        for key in ("", *(option.id for option in grouping.options))
    }
    hides = hidden({key: len(found) for key, found in by_group.items()}, smallest)
    return [
        Result(grouping, option, {}, is_suppressed=True)
        if option.id in hides
        else Result(grouping, option, _shares(grouping, option, answers, smallest), False)
        for option in grouping.options
        if by_group[option.id]
    ]


def _shares(
    grouping: Grouping, group: Choice, answers: Sequence[Answer], smallest: int
) -> Mapping[str, Share]:
    mine = [one for one in answers if one[0].get(grouping.id) == group.id]
    others = [one for one in answers if one[0].get(grouping.id) != group.id]
    found = {}
    for each in statements():
        here, there = _share(mine, each.id), _share(others, each.id)
        enough = here.answered >= smallest and there.answered >= smallest
        found[each.id] = here._replace(gap=_points(there) - _points(here) if enough else None)
    return found


def _points(share: Share) -> float:
    return 100 * share.agree / share.answered


def _share(answers: Iterable[Answer], statement: str) -> Share:
    said = [one[1][statement] for one in answers if one[1].get(statement)]
    return Share(sum(reply in _agreeing() for reply in said), len(said))


def _agreeing() -> frozenset[str]:
    found = _survey().get("answers", ())
    return frozenset(str(each["id"]) for each in found if each.get("counts"))


def _choices(found: Iterable[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(str(each["id"]), str(each["label"])) for each in found)


def _survey() -> Mapping[str, Any]:
    document: Any = policy().document("survey")
    return document or {}
