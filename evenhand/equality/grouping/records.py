"""The group that running records put a child in, as it stood when the day of an event began."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.equality.dimensions import NOT_KNOWN, Dimension, Layer
from evenhand.equality.grouping.ages import years_on
from evenhand.equality.grouping.everyone import Children
from evenhand.equality.grouping.spells import LONG, NONE, Spells, spells
from evenhand.facts.holding import NOTHING, Integers
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import columns
from evenhand.facts.registry import SUBJECTS, is_bound
from evenhand.rules.moments import to_day
from evenhand.rules.table import AnyColumn, Column, ManyColumn, Mask


class Running(NamedTuple):
    """A layer with its spells, and the first day from which our records of it are whole.

    ``held_from`` beyond any day: no source tells of it.
    """

    layer: Layer
    spells: Spells
    held_from: int


def running(dimension: Dimension) -> tuple[Running, ...]:
    """Read the records of every layer, in the pack's order."""
    return tuple(_running(layer) for layer in dimension.layers)


def of_records(
    found: tuple[Running, ...],
    groups: tuple[str, ...],
    otherwise: str,
    everyone: Children,
    at: tuple[Integers, Integers, Integers],
) -> Integers:
    """Return the place in ``groups`` for events ``at`` children, their places and days.

    The first layer that held on the day before counts: what the event itself led to would else
    seem to have been there already. Where none held, and our records are not whole, not known.
    """
    whose, places, days = at
    before = np.where(days == NOTHING, NOTHING, days - 1)
    place = np.full(len(days), groups.index(otherwise), np.int64)
    for each in reversed(found):
        applies = _old_enough(each.layer, everyone.born[places], days)
        place[applies & (before < each.held_from)] = groups.index(NOT_KNOWN)
    for each in reversed(found):
        applies = _old_enough(each.layer, everyone.born[places], days)
        place[applies & (each.spells.on(whose, before) != NONE)] = groups.index(each.layer.group)
    place[days == NOTHING] = groups.index(NOT_KNOWN)
    return place


def _old_enough(layer: Layer, born: Integers, days: Integers) -> Mask:
    if not layer.from_age:
        return np.ones(len(days), bool)
    known = (born != NOTHING) & (days != NOTHING)
    years = years_on(np.where(known, born, 0), np.where(known, days, 0))
    mask: Mask = known & (years >= layer.from_age)
    return mask


def _running(layer: Layer) -> Running:
    needed = layer.starts or layer.ends or f"{layer.subject}.born"
    if layer.subject not in SUBJECTS or not is_bound(needed):
        return Running(layer, _laid_out(np.zeros((4, 0), np.int64)), LONG)
    names = [name for name in (layer.starts, layer.ends, *layer.unless) if name]
    found = columns(layer.subject, names)
    counted = np.ones(len(found.ids), bool)
    for name, codes in layer.unless.items():
        counted &= ~wholly(found.facts.get(name), codes)
    starts, ends = (_days(found.facts.get(name), len(found.ids)) for name in names_of(layer))
    if layer.starts:
        counted &= starts != NOTHING
    rows = np.stack([found.children, starts, ends, np.zeros(len(starts), np.int64)])
    return Running(layer, _laid_out(rows[:, counted]), held_from(needed))


def names_of(layer: Layer) -> tuple[str, str]:
    """Return the facts of a layer's first and last day; either may be empty."""
    return layer.starts, layer.ends


def _laid_out(rows: Integers) -> Spells:
    return spells(rows[0], rows[1], rows[2], rows[3])


def _days(column: AnyColumn | None, count: int) -> Integers:
    if not isinstance(column, Column):
        return np.full(count, NOTHING, np.int64)
    return np.where(column.valid, column.days().astype(np.int64), NOTHING)


def held_from(name: str) -> int:
    """Return the first day of which a source tells a fact in full; beyond any day if none does."""
    horizon = horizons([name])[name]
    if horizon is None:
        return LONG
    first: date | None = horizon.complete_from
    return -LONG if first is None else to_day(first)


def wholly(column: object, codes: tuple[str, ...]) -> Mask:
    """Return which rows hold codes, and none but these; of what no source holds, none does."""
    if not isinstance(column, ManyColumn):
        return np.zeros(1, bool)
    places = [place for place, code in enumerate(column.codes) if code in codes]
    among = column.per_row(np.isin(column.values, places))
    held = np.diff(column.offsets)
    mask: Mask = (held > 0) & (among == held)
    return mask
