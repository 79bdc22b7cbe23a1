"""The group that the answer which leads gives each child; a refusal and no answer are groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
from django.db.models import Value
from django.db.models.functions import Coalesce

from evenhand.equality.dimensions import DECLINED, NOT_ASKED, NOT_KNOWN, Dimension
from evenhand.equality.grouping.everyone import Children
from evenhand.facts.holding import Integers, integers
from evenhand.facts.reading import Row, fetch
from evenhand.people.models import IdentityStanding

ANSWERED, SAID_NO = "answered", "declined"


def group_of(dimension: Dimension, status: str, answer: str) -> str:
    """Return the group that one leading statement gives: a group, declined or not known."""
    if status == SAID_NO:
        return DECLINED
    return dimension.of_answer(answer) if status == ANSWERED else NOT_KNOWN


def of_answers(dimension: Dimension, groups: tuple[str, ...], everyone: Children) -> Integers:
    """Return the place in ``groups`` of each child; without any statement, not asked."""
    found = np.full(len(everyone.ids), groups.index(NOT_ASKED), np.int64)
    rows = answers(dimension.characteristic, everyone)
    if rows:
        ids, statuses, said = zip(*rows, strict=True)
        places, known = everyone.places_of(integers(ids))
        found[places[known]] = _places(dimension, groups, statuses, said)[known]
    return found


def read_together(characteristics: Iterable[str], everyone: Children) -> None:
    """Read the leading answers to several questions in one query, and keep them for a page."""
    wanted = {name for name in characteristics if name and _key(name) not in everyone.read}
    found: dict[str, list[Row]] = {name: [] for name in wanted}
    for name, *row in _leading(wanted, everyone) if wanted else ():
        found[name].append(tuple(row))
    everyone.read.update({_key(name): rows for name, rows in found.items()})


def answers(characteristic: str, everyone: Children) -> list[Row]:
    """Return child, status and answer of everybody of whom a question's answer leads."""
    kept: list[Row] | None = everyone.read.get(_key(characteristic))
    return [row[1:] for row in _leading({characteristic}, everyone)] if kept is None else kept


def _leading(characteristics: Collection[str], everyone: Children) -> list[Row]:
    rows = IdentityStanding.objects.filter(
        characteristic__in=sorted(characteristics), child__isnull=False
    ).order_by()
    if everyone.are_some:
        rows = rows.filter(child__in=everyone.ids.tolist())
    return fetch(
        rows.values_list("characteristic", "child_id", "status", Coalesce("answer", Value("")))
    )


def _key(characteristic: str) -> str:
    return f"answers to {characteristic}"


def _places(
    dimension: Dimension,
    groups: tuple[str, ...],
    statuses: tuple[str, ...],
    answers: tuple[str, ...],
) -> Integers:
    """Each different answer is read once: there are few, and many who gave them."""
    pairs = list(zip(statuses, answers, strict=True))
    place = {pair: groups.index(group_of(dimension, *pair)) for pair in set(pairs)}
    return integers([place[pair] for pair in pairs])
