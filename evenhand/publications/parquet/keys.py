"""Keys that stand for records in one export, drawn anew each time and kept nowhere."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from evenhand.facts.holding import Integers
from evenhand.facts.reading import columns
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


def draw_for_every_subject(left_out: Integers) -> Mapping[str, Keys]:
    """Draw keys for the records of every bound subject.

    Withdrawn and merged ones get none, nor does any record of a child who is ``left_out``: what
    has no key stands in no file, and the keys of the rest have no gap that would tell of it.
    """
    return {name: draw(_ids(name, left_out)) for name in SUBJECTS}


def _ids(subject: str, left_out: Integers) -> Integers:
    found = columns(subject, [])
    return np.sort(found.ids[~np.isin(found.children, left_out)])


def children_of(keys: Keys, wanted: Integers) -> Integers:
    """Return the key of each child, a merged child's being that of the one that was kept."""
    merged = merged_children()
    return keys.of(np.array([merged.get(pk, pk) for pk in wanted.tolist()], np.int64))
