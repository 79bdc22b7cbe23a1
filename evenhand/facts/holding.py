"""The values of one fact for many subjects, held as whole numbers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from evenhand.policy.vocabulary import Fact
from evenhand.rules.values import FactValue, Single

Integers = np.ndarray[Any, np.dtype[np.int64]]
NOTHING = -(2**62)
FIRST_DAY = date(1970, 1, 1).toordinal()
FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Values:
    """One fact's values: days or microseconds since 1970, 0 and 1, or places in ``codes``.

    A single fact has a value for each subject, ``NOTHING`` where it is not recorded. One of many
    values has ``offsets``: subject n's are ``numbers[offsets[n]:offsets[n + 1]]``, in order.
    """

    fact: Fact
    numbers: Integers
    offsets: Integers | None = None
    codes: tuple[str, ...] = ()

    @classmethod
    def single(cls, fact: Fact, column: Sequence[Any]) -> Values:
        """Hold a column of the subjects' own table."""
        numbers, codes = _numbers(fact, column)
        return cls(fact, numbers, codes=codes)

    @classmethod
    def gathered(
        cls,
        fact: Fact,
        ids: Integers,
        owners: Integers,
        column: Sequence[Any],
        pick: str | None,
    ) -> Values:
        """Hold rows of another table by their owner; rows of nobody in ``ids`` are left out.

        ``ids`` is in order. ``pick`` keeps the earliest or the latest of each subject's values.
        """
        numbers, codes = _numbers(fact, column)
        places = np.searchsorted(ids, owners)
        known = (places < len(ids)) & (numbers != NOTHING)
        known[known] = ids[places[known]] == owners[known]
        places, numbers = places[known], numbers[known]
        order = np.lexsort((numbers, places))
        offsets = np.zeros(len(ids) + 1, np.int64)
        np.cumsum(np.bincount(places, minlength=len(ids)), out=offsets[1:])
        if pick is None:
            return cls(fact, numbers[order], offsets, codes)
        return cls(fact, _picked(numbers[order], offsets, pick), codes=codes)

    def at(self, place: int) -> FactValue:
        """The value or values of the subject at a place, as the rules take them."""
        if self.offsets is None:
            return self._plain(int(self.numbers[place]))
        first, last = self.offsets[place], self.offsets[place + 1]
        return tuple(self._plain(number) for number in self.numbers[first:last].tolist())

    def _plain(self, number: int) -> Single | None:
        if number == NOTHING:
            return None
        if self.fact.type == "date":
            return date.fromordinal(number + FIRST_DAY)
        if self.fact.type == "moment":
            return FIRST_MOMENT + timedelta(microseconds=number)
        return bool(number) if self.fact.type == "yes_no" else self.codes[number]


def _numbers(fact: Fact, column: Sequence[Any]) -> tuple[Integers, tuple[str, ...]]:
    if fact.type in ("date", "moment", "yes_no"):
        return np.fromiter(column, np.int64, len(column)), ()
    places: dict[str, int] = {"": NOTHING}
    numbers = [places.setdefault(text, len(places) - 1) for text in column]
    return np.array(numbers, np.int64), tuple(places)[1:]


def _picked(numbers: Integers, offsets: Integers, pick: str) -> Integers:
    """The first or the last of each subject's values, ``NOTHING`` for those with none."""
    held = offsets[:-1] < offsets[1:]
    found = np.full(len(held), NOTHING, np.int64)
    found[held] = numbers[(offsets[:-1] if pick == "earliest" else offsets[1:] - 1)[held]]
    return found
