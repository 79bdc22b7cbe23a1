"""Counting on one machine: numpy and polars, a batch at a time, in counters of one size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import polars as pl

from evenhand.analytics.arrays import Ints, Mask
from evenhand.regional import clocks
from evenhand.regional.counts import CLOCK, REACHED, STEP, together
from evenhand.regional.crowds import Codes, Crowd
from evenhand.regional.plans import ClockPlan, Plan, StepPlan
from evenhand.regional.profiles import AT_ONCE
from evenhand.regional.rows import View
from evenhand.regional.spilling import Spilled, named, spilled
from evenhand.regional.tallies import NEVER, Counted, Tally, Windows
from evenhand.regional.views import Views

SPREAD = 2**20  # more days than any two lie apart: a child and a day in one whole number
KEYS = 2**40  # more records than any authority has: an authority and a record in one number
Told = Callable[[str], None]


class Part(Protocol):
    """All the views of some children: a whole source, or one of the parts it was spilled in."""

    of: int

    def view(self, name: str) -> View:
        """Return one of the views of ``names_of``."""
        ...


class _Whole:
    """A source as one part, read from its own files."""

    of = 1

    def __init__(self, plan: Plan) -> None:
        self._views = dict(views_of(plan))

    def view(self, name: str) -> View:
        return self._views[name]


def views_of(plan: Plan) -> Iterator[tuple[str, View]]:
    """Yield every view that a plan needs, by name."""
    views = Views(plan)
    yield "children", views.children()
    for planned in plan.steps:
        yield f"events-{planned.step.id}", views.events(planned)
        if not planned.step.answered_by:
            yield f"next-{planned.step.id}", views.next(planned)
    if plan.stands:
        yield "standings", views.standings(sorted(plan.stands))
    for clock in plan.clocks:
        yield named(clock), views.clock(clock)


def count(plan: Plan, memory: int, room: Path, told: Told = lambda _: None) -> pl.DataFrame:
    """Count a source by group, in at most about ``memory`` MiB; the rest waits in ``room``."""
    found = spilled(plan, dict(views_of(plan)), memory, room, told)
    if found is None:
        return together(_count(plan, _Whole(plan), told))
    return together(frame for part in found for frame in _count(plan, part, told))


def _count(plan: Plan, part: Part | Spilled, told: Told) -> Iterator[pl.DataFrame]:
    crowd = Crowd(plan.authorities, plan.dimensions, part.of)
    crowd.fill(part.view("children").batches(AT_ONCE))
    yield from _steps(plan, part, crowd, told)
    if plan.stands:
        told("clocks")
        yield _standings(plan, part, crowd)
    for clock in plan.clocks:
        told(clock.standard.title)
        yield _clock(plan, part, crowd, clock)


def _steps(plan: Plan, part: Part | Spilled, crowd: Crowd, told: Told) -> Iterator[pl.DataFrame]:
    reached: dict[str, Ints] = {}
    for planned in plan.steps:
        told(planned.step.title)
        yield _step(plan, part, crowd, planned, reached)


def _step(
    plan: Plan, part: Part | Spilled, crowd: Crowd, planned: StepPlan, reached: dict[str, Ints]
) -> pl.DataFrame:
    step, names = planned.step, [one.name for one in plan.authorities]
    found = part.view(f"events-{step.id}").whole().collect(engine="streaming")
    authority = found["authority"].to_numpy().astype(np.int64)
    counted = np.isin(authority, [names.index(name) for name in planned.places])
    records = authority * KEYS + found["key"].to_numpy()
    if step.after:
        counted &= np.isin(records, reached[step.after])
    places = crowd.places(authority, found["child"].to_numpy())
    days = found["day"].to_numpy().astype(np.int64)
    how = found["how"].to_numpy().astype(np.int64)
    if not step.answered_by:
        within = np.array([planned.places[n].within if n in planned.places else 0 for n in names])
        view = part.view(f"next-{step.id}")
        how += _followed(crowd, places, days, within[authority], view)
    reached[step.id] = records[counted & (how == REACHED)]
    spans = {name: place.spans for name, place in planned.places.items()}
    period = Windows(names, spans).of(authority, days)
    chosen = np.flatnonzero(counted & (period != NEVER))
    tally = Tally(crowd, names, [Counted(STEP, step.id, spans)])
    tally.add(0, authority[chosen], places[chosen], period[chosen], how[chosen])
    return tally.rows(plan.dimensions)


def _followed(crowd: Crowd, places: Ints, days: Ints, within: Ints, view: View) -> Mask:
    """Which events were followed, for the same child, on the day or within so many days."""
    found = view.whole().collect(engine="streaming")
    their = crowd.places(found["authority"].to_numpy(), found["child"].to_numpy())
    keys = their * SPREAD + found["day"].to_numpy().astype(np.int64)
    keys.sort()
    first = np.searchsorted(keys, places * SPREAD + days, side="left")
    last = np.searchsorted(keys, places * SPREAD + days + within, side="right")
    return (last > first) & crowd.is_somebody(places)


def _standings(plan: Plan, part: Part | Spilled, crowd: Crowd) -> pl.DataFrame:
    names = [one.name for one in plan.authorities]
    measures = [Counted(CLOCK, standard, plan.spans) for standard in sorted(plan.stands)]
    tally, windows = Tally(crowd, names, measures), Windows(names, plan.spans)
    for batch in part.view("standings").batches(AT_ONCE):
        authority, days = batch["authority"].to_numpy(), batch["day"].to_numpy()
        period = windows.of(authority, days)
        chosen = np.flatnonzero(period != NEVER)
        whose = authority[chosen].astype(np.int64)
        places = crowd.places(whose, batch["child"].to_numpy()[chosen])
        measure = batch["measure"].to_numpy()[chosen].astype(np.int64)
        how = batch["how"].to_numpy()[chosen]
        tally.add(measure, whose, places, period[chosen], how)
    return tally.rows(plan.dimensions)


def _clock(plan: Plan, part: Part | Spilled, crowd: Crowd, clock: ClockPlan) -> pl.DataFrame:
    names = [one.name for one in plan.authorities]
    tables = [
        clocks.table(clock.standard, plan.calendar, one.as_at, clock.horizons[one.name])
        for one in plan.authorities
    ]
    tally = Tally(crowd, names, [Counted(CLOCK, clock.standard.id, plan.spans)])
    windows = Windows(names, plan.spans)
    for batch in part.view(named(clock)).batches(AT_ONCE):
        authority = batch["authority"].to_numpy().astype(np.int64)
        due, how = _judged(tables, authority, batch)
        period = windows.of(authority, due)
        chosen = np.flatnonzero((period != NEVER) & (how != clocks.NOT_COUNTED))
        places = crowd.places(authority[chosen], batch["child"].to_numpy()[chosen])
        tally.add(0, authority[chosen], places, period[chosen], how[chosen])
    return tally.rows(plan.dimensions)


def _judged(
    tables: list[clocks.Table], authority: Ints, batch: pl.DataFrame
) -> tuple[Codes, Codes]:
    """Judge each authority's own rows by its own table: each has its day and its horizon."""
    starts, stops = batch["day"].to_numpy(), batch["stop"]
    done, days = stops.is_not_null().to_numpy(), stops.fill_null(0).to_numpy()
    if len(tables) == 1:
        return clocks.judge(tables[0], starts, days, done)
    due, how = np.empty(len(batch), np.int32), np.empty(len(batch), np.uint8)
    for number in np.unique(authority).tolist():
        mine = np.flatnonzero(authority == number)
        due[mine], how[mine] = clocks.judge(tables[number], starts[mine], days[mine], done[mine])
    return due, how
