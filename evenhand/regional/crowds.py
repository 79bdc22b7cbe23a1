"""The children of a part of a source, by number: which group each belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from evenhand.analytics.arrays import Ints
from evenhand.regional.definitions import Dimension
from evenhand.regional.profiles import Authority

Codes = NDArray[Any]
NOBODY = 0


class Crowd:
    """Every child's group on each dimension, twice itself and one more if unaccompanied.

    A child's place is found from the key, not looked for: each authority's children stand one after
    another from its ``bases``, of which the first place is nobody's. ``of`` parts of a source are
    told apart by the remainder of the key.
    """

    def __init__(
        self, authorities: Sequence[Authority], dimensions: Sequence[Dimension], of: int = 1
    ) -> None:
        self.of = of
        rooms = [one.most // of + 2 for one in authorities]
        self.bases: Ints = np.concatenate(([0], np.cumsum(rooms))).astype(np.int64)
        self.most: Ints = np.array([one.most for one in authorities], np.int64)
        self.sizes = [2 * len(way.groups) for way in dimensions]
        room = int(self.bases[-1])
        self.groups = [np.full(room, 2 * way.unknown, _small(way)) for way in dimensions]
        self.there = np.zeros(room, bool)
        self._whole = False

    @property
    def room(self) -> int:
        """Return how many places there are."""
        return int(self.bases[-1])

    def fill(self, batches: Iterable[pl.DataFrame]) -> None:
        """Take in children: columns authority, child and, by number, the group on each dimension.

        The group is twice its place in the dimension's groups, and one more if unaccompanied.
        """
        for batch in batches:
            places = self._places(batch["authority"].to_numpy(), batch["child"].to_numpy())
            self.there[places] = True
            for number, groups in enumerate(self.groups):
                groups[places] = batch[f"group_{number}"].to_numpy()
        self.there[self.bases[:-1]] = False
        some = int(self.there.sum()) + len(self.most)
        self._whole = self.of == 1 and some + len(self.most) >= self.room

    def places(self, authority: Codes, child: Codes) -> Ints:
        """Return each child's place; nobody's where the key is 0 or of no child we hold."""
        known = (child > 0) & (child <= self.most[authority])
        if known.all():
            places = self._places(authority, child)
        else:
            places = np.where(known, self._places(authority, np.where(known, child, 0)), 0)
            places = np.where(known, places, self.bases[authority])
        return places if self._whole else np.where(self.there[places], places, self._nobody(places))

    def authority_of(self, places: Ints) -> Ints:
        """Return the number of the authority that each place is of."""
        return np.searchsorted(self.bases, places, side="right") - 1

    def is_somebody(self, places: Ints) -> NDArray[np.bool_]:
        """Return which places are a child's."""
        return self.there[places]

    def _places(self, authority: Codes, child: Codes) -> Ints:
        number = child if self.of == 1 else child // self.of + 1
        return self.bases[authority] + number

    def _nobody(self, places: Ints) -> Ints:
        return self.bases[self.authority_of(places)]


def _small(way: Dimension) -> type[np.unsignedinteger[Any]]:
    return np.uint8 if 2 * len(way.groups) <= np.iinfo(np.uint8).max else np.uint16
