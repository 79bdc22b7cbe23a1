"""Measures that can be taken again: who takes them is in one table of config, by name.

Rooms above this one write a function of a measure's parameters and a moment, and list it in
``config.measures``; nothing here knows what is counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string


class Taken(NamedTuple):
    """What was counted: n of ``of``, of what in words, and of whom it is compared.

    ``definition`` is a digest of what is counted, ``pack`` of the packs: the two tell later whether
    the same was counted. ``chance`` is that of such a difference, after correction; None where none
    was worked out. ``is_small``: shown only to those who are entitled to the cases.
    """

    as_at: date
    of_what: str
    n: int
    of: int
    definition: str
    pack: str
    since: date | None = None
    until: date | None = None
    against: str = ""
    others_n: int | None = None
    others_of: int | None = None
    chance: float | None = None
    is_small: bool = False


class Measure(NamedTuple):
    """What a task's effect is measured by: who takes it (a name of the table), and of what."""

    name: str
    params: Mapping[str, Any]


Take = Callable[[Mapping[str, Any], datetime], Taken | None]


def take(measure: Measure, now: datetime) -> Taken | None:
    """Take a measure; None where nothing of it is counted. LookupError for one that is not listed.

    ``params`` are plain JSON.
    """
    table: Mapping[str, Take] = import_string(settings.MEASURES)
    if measure.name not in table:
        raise LookupError(f"config.measures lists no measure called {measure.name!r}")
    return table[measure.name](measure.params, now)


def digest_of(definition: object) -> str:
    """Return a digest of what is counted: of plain values, dates and named tuples of them."""
    return hashlib.sha256(repr(definition).encode()).hexdigest()
