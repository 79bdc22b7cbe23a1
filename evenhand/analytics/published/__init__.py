"""Published figures to set beside an authority's own: its neighbours', its region's, England's.

Copied into short tables from what the Department for Education and the Office for National
Statistics publish; show `LICENCE` wherever a figure is shown. A figure that its publisher hides or
lacks is missing, never nought.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evenhand.analytics.published.tables import (
    Area,
    Figure,
    Measure,
    area,
    areas,
    by_area,
    measures,
    neighbours,
)

__all__ = [
    "LICENCE",
    "Area",
    "Figure",
    "Figures",
    "Measure",
    "area",
    "figures",
    "measures",
    "years",
]

LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0 "
    "(Department for Education, Office for National Statistics)."
)
ENGLAND = "E92000001"
NO_CODE = "No authority code is set, so only England's figures are shown."
UNKNOWN = "No authority in England has the code {code}."
NOT_LOCAL = "This is published for England only."
NOT_FOR_YEAR = "Nothing is published for {name} for {year}."


@dataclass(frozen=True)
class Figures:
    """One measure of one year, for an authority and what lies beside it.

    Each of `authority`, `neighbours`, `region` and `england` has a figure for each group (one, with
    group "", where the measure has none), and is empty where nothing is published; `reason` then
    says why in a sentence, and is "" where all is there. `neighbours` is ordered by closeness, then
    group; `median` holds for each group the middle of the neighbours' values, None unless more than
    half of them are published, for those that are not are mostly the small.
    """

    measure: Measure
    year: int
    authority: tuple[Figure, ...] = ()
    neighbours: tuple[Figure, ...] = ()
    median: tuple[tuple[str, float | None], ...] = ()
    region: tuple[Figure, ...] = ()
    england: tuple[Figure, ...] = ()
    reason: str = ""


def years(measure: str) -> tuple[int, ...]:
    """The years for which a measure is published, the latest last. KeyError: no such measure."""
    return tuple(sorted({year for _, year in _held(measure)}))


def figures(measure: str, authority_code: str, year: int | None = None) -> Figures:
    """The published figures of `measure` beside an authority, for a year or the latest.

    `authority_code` is the nine-character code, or the Department's three-digit one; empty, or
    unknown, leaves England's figures and the reason. KeyError: no such measure.
    """
    held = _held(measure)
    when = years(measure)[-1] if year is None else year
    bare = Figures(measures()[measure], when, england=held.get((ENGLAND, when), ()))
    place = area(authority_code)
    if place is None:
        return replace(bare, reason=_unknown(authority_code))
    own = held.get((place.code, when), ())
    near = [held.get((each.code, when), ()) for each in neighbours(place.code)]
    return replace(
        bare,
        authority=own,
        neighbours=tuple(figure for each in near for figure in each),
        median=_medians(near),
        region=_region(measure, place, when),
        reason="" if own else _missing(measure, place, when),
    )


def _held(measure: str) -> Mapping[tuple[str, int], tuple[Figure, ...]]:
    if measure not in measures():
        raise KeyError(f"There is no published measure {measure}.")
    return by_area(measure)


def _unknown(code: str) -> str:
    return UNKNOWN.format(code=code.strip()) if code.strip() else NO_CODE


def _missing(measure: str, place: Area, year: int) -> str:
    local = any(areas()[code].number for code, _ in by_area(measure))
    return NOT_FOR_YEAR.format(name=place.name, year=year) if local else NOT_LOCAL


def _region(measure: str, place: Area, year: int) -> tuple[Figure, ...]:
    """The nearest area round the authority, short of England, for which figures are published."""
    within = areas().get(place.within)
    while within is not None and within.code != ENGLAND:
        if found := by_area(measure).get((within.code, year)):
            return found
        within = areas().get(within.within)
    return ()


def _medians(near: Sequence[tuple[Figure, ...]]) -> tuple[tuple[str, float | None], ...]:
    values: dict[str, list[float | None]] = {}
    for figure in (each for some in near for each in some):
        values.setdefault(figure.group, []).append(figure.value)
    return tuple((group, _median(some)) for group, some in values.items())


def _median(values: Sequence[float | None]) -> float | None:
    """The middle of the values that are published; None unless they are more than half."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if 2 * len(known) > len(values) else None
