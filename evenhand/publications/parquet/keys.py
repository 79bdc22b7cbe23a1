"""Keys that stand for records in one export, drawn anew each time and kept nowhere."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import QuerySet

from evenhand.facts.holding import Integers
from evenhand.facts.reading import fetch_integers
from evenhand.facts.registry import SUBJECTS, merged_children

NOBODY, LEFT_OUT = 0, -1


@dataclass(frozen=True)
class Keys:
    """The records of one subject in order of number, and the key drawn for each, from 1."""

    ids: Integers
    drawn: Integers

    def of(self, wanted: Integers) -> Integers:
        """Return the key of each record; ``NOBODY`` for 0, ``LEFT_OUT`` for one that has none."""
        if not len(self.ids):
            return np.where(wanted == 0, NOBODY, LEFT_OUT)
        places = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        found = np.where(self.ids[places] == wanted, self.drawn[places], LEFT_OUT)
        return np.where(wanted == 0, NOBODY, found)

    def in_turns(self, most: int) -> Iterator[list[int]]:
        """Yield the records in order of key, so many at once: order tells nothing either."""
        order = np.argsort(self.drawn)
        for start in range(0, len(order), most):
            yield self.ids[order[start : start + most]].tolist()


def draw(ids: Integers) -> Keys:
    """Draw a key for each record from the system's own source of chance.

    The keys are 1 to n in an order that nothing gives again: no salt is kept, so that the keys of
    two exports cannot be matched.
    """
    chance = np.frombuffer(secrets.token_bytes(8 * len(ids)), np.uint64)
    drawn = np.empty(len(ids), np.int64)
    drawn[np.argsort(chance)] = np.arange(1, len(ids) + 1)
    return Keys(ids, drawn)


def draw_for_every_subject() -> Mapping[str, Keys]:
    """Draw keys for the records of every bound subject; withdrawn and merged ones get none."""
    return {
        name: draw(_ids(each.model._default_manager.filter(each.where)))
        for name, each in SUBJECTS.items()
    }


def _ids(rows: QuerySet[Any]) -> Integers:
    return fetch_integers(rows.order_by("pk").values_list("pk"), 1)[0]


def children_of(keys: Keys, wanted: Integers) -> Integers:
    """Return the key of each child, a merged child's being that of the one that was kept."""
    merged = merged_children()
    return keys.of(np.array([merged.get(pk, pk) for pk in wanted.tolist()], np.int64))
