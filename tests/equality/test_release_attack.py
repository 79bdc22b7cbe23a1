"""An attacker with every release before them works out no small number.

The attacker is a linear programme of its own: it thinks in single events by quarter, ethnic
background, sex and how far they went, and reads nothing but what was let out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import NamedTuple

import numpy as np
import pytest
from scipy.optimize import linprog

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.analytics.profiles import Profile
from evenhand.equality import queries
from evenhand.equality.actions import propose_figures, release_figures
from evenhand.equality.models import GroupTally, Release
from evenhand.equality.pathway import dimension_called
from evenhand.equality.queries import Asked
from evenhand.equality.releasing.figures import Compared
from evenhand.equality.releasing.profiles import profile_called
from evenhand.problems import Problem
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
CODES = ("WBRI", "WIRI", "WROM", "APKN", "AIND", "BAFR", "BCRB", "OOTH")
SEXES = ("F", "M", "U")
QUARTERS = tuple(date(2025 + place // 4, 1 + place % 4 * 3, 1) for place in range(7))
BY = ("ethnicity", "ethnicity-detail", "sex")
STEPS = ("assessed", "enquiry")  # who reached the first is counted at the second
FARTHEST = 3  # not assessed; assessed and no more; an enquiry too
SMALL_SHARE = np.array([40, 6, 1, 8, 3, 5, 2, 1]) / 66
Events = np.ndarray  # by quarter, code, sex and how far


class Cell(NamedTuple):
    """One number of one release: which events it counts, and what of it was let out."""

    release: str
    label: str
    events: Events
    low: float
    high: float
    is_hidden: bool


def events_of(seed: int) -> Events:
    """Made-up events of six quarters, many groups of them small."""
    draw = np.random.default_rng(seed)
    mean = 25 * SMALL_SHARE[None, :, None, None] * np.array([0.49, 0.49, 0.02])[:, None]
    return draw.poisson(mean * np.array([0.5, 0.3, 0.2]), (6, len(CODES), 3, FARTHEST))


def picked(step: str, by: str, first: int) -> Iterator[tuple[str, Events, Events]]:
    """Yield each group with the events counted and, of these, those that reached, in a year."""
    dimension = dimension_called(by)
    assert dimension is not None
    for place, code in enumerate(CODES):
        for other, sex in enumerate(SEXES):
            group = sex if by == "sex" else code
            if by == "ethnicity":
                detail = dimension_called("ethnicity-detail")
                assert detail is not None
                group = detail.parent_of(code)
            counted = np.zeros((6, len(CODES), len(SEXES), FARTHEST))
            counted[first : first + 4, place, other, STEPS.index(step) :] = 1
            reached = counted.copy()
            reached[..., : STEPS.index(step) + 1] = 0
            yield group, counted, reached


def groups_of(step: str, by: str, first: int) -> dict[str, tuple[Events, Events]]:
    """Return which events each group counts, and which of them reached."""
    found: dict[str, tuple[Events, Events]] = {}
    for group, counted, reached in picked(step, by, first):
        before = found.get(group, (0, 0))
        found[group] = (before[0] + counted, before[1] + reached)
    return found


def tally(events: Events, first: int) -> None:
    """Count the year that begins with a quarter anew."""
    since, until = QUARTERS[first], date.fromordinal(QUARTERS[first + 4 if first < 3 else 6]
                                                     .toordinal() - 1)  # fmt: skip
    GroupTally.objects.all().delete()
    GroupTally.objects.bulk_create(
        GroupTally(
            kind="step", measure=step, dimension=by, group=group, period="year", since=since,
            until=until, as_at=until, of=(events * of).sum(), reached=(events * reached).sum(),
            of_squared=(events * of).sum(), reached_squared=(events * reached).sum(),
            reached_by_of=(events * reached).sum(),
        )
        for step, by in product(STEPS, BY)
        for group, (of, reached) in groups_of(step, by, first).items()
        if (events * of).sum()
    )  # fmt: skip


def let_out(step: str, by: str, profile: Profile, people: tuple[User, User]) -> Release | None:
    """Propose and release through the actions; None where that was refused."""
    dimension = dimension_called(by)
    assert dimension is not None
    one = queries.counts_to_release(people[0], step, Asked(dimension))
    assert one is not None
    try:
        made = propose_figures(
            by=people[0], at=NOW, ref=new_reference(), figures=Compared(one), profile=profile,
            for_whom="All", why="Asked", as_at=queries.counted_on(),
        )  # fmt: skip
    except Problem:
        return None
    found: Release = release_figures(made, by=people[1], at=NOW)
    return found


def cells_of(release: Release, events: Events, profile: Profile, first: int) -> Iterator[Cell]:
    """Yield what a reader has of a release: counts as they are, or rounded, or hidden."""
    dimension = dimension_called(release.dimension)
    assert dimension is not None
    labels = {row[0]: row[1:] for row in release.figures[1:]}
    groups = groups_of(release.measure, release.dimension, first)
    rows = {dimension.label_of(group): pair for group, pair in groups.items()}
    rows["All together"] = tuple(sum(parts) for parts in zip(*groups.values(), strict=True))  # type: ignore[assignment]
    for label, (of, reached) in rows.items():
        row = labels.get(label, ["0", "0"])
        for which, text in ((of, row[1]), (reached, row[0]), (of - reached, "")):
            count, is_hidden = float((events * which).sum()), row[0] == "[c]"
            if is_hidden:
                least = 1.0 if which is of else 0.0
                yield Cell(release.ref, label, which, least, np.inf, is_hidden=True)
            elif text and profile.shares_of_rounded:
                half = profile.base // 2
                shown = int(text)
                low, high = (0, 0) if shown == 0 else (max(shown - half, profile.threshold),
                                                       shown + half)  # fmt: skip
                yield Cell(release.ref, label, which, low, high, is_hidden=False)
            elif text:
                yield Cell(release.ref, label, which, count, count, is_hidden=False)


def extent(cells: list[Cell], aim: Events) -> tuple[float, float]:
    """The least and the greatest that some events could be, given all that was let out."""
    rows = np.array([cell.events.ravel() for cell in cells])
    low, high = (np.array([getattr(cell, end) for cell in cells]) for end in ("low", "high"))
    same, under = low == high, (low != high) & np.isfinite(high)
    parts = {
        "A_eq": rows[same], "b_eq": low[same],
        "A_ub": np.concatenate([rows[under], -rows[~same]]),
        "b_ub": np.concatenate([high[under], -low[~same]]),
    }  # fmt: skip
    down = linprog(aim.ravel(), **parts)
    up = linprog(-aim.ravel(), **parts)
    assert down.status == 0
    return float(down.fun), np.inf if up.status == 3 else float(-up.fun)


@pytest.mark.parametrize(("seed", "name"), [(5, "own"), (2, "health")])
def test_no_small_number_can_be_worked_out_of_all_that_was_released(seed: int, name: str) -> None:
    """A year by three ways and two steps, then the year a quarter on: every release there is."""
    events = events_of(seed)
    people = (make.user("equality_lead"), make.user("director"))
    draw = np.random.default_rng(seed)
    cells: list[Cell] = []
    hidden = 0
    for first in (0, 1):
        tally(events, first)
        wanted = list(product(STEPS, BY))
        for place in draw.permutation(len(wanted)):
            profile = profile_called(name, queries.counted_on())
            made = let_out(*wanted[place], profile, people)
            if made is not None:
                cells += cells_of(made, events, profile, first)
    limit = profile.threshold
    for cell in cells:
        count = (events * cell.events).sum()
        if cell.is_hidden and 0 < count < limit:
            hidden += 1
            low, high = extent(cells, cell.events)
            assert low <= count + 1e-6
            assert high - low >= 1 - 1e-6, (cell.release, cell.label, low, high)
    assert hidden > 4
    assert len({cell.release for cell in cells}) > 2


def test_the_attacker_finds_what_is_hidden_badly() -> None:
    """Each table hidden well for itself, and the two together give a small number away."""
    events = events_of(1)
    cells = []
    for group, (of, _) in groups_of("assessed", "ethnicity-detail", 0).items():
        count = float((events * of).sum())
        few = count < 20
        ends = (1.0, np.inf) if few else (count, count)
        cells.append(Cell("one", group, of, *ends, is_hidden=few))
    coarse = groups_of("assessed", "ethnicity", 0)
    alone = groups_of("assessed", "ethnicity-detail", 0)["OOTH"][0]
    for group, (of, _) in coarse.items():
        count = float((events * of).sum())
        cells.append(Cell("two", group, of, count, count, is_hidden=False))
    low, high = extent(cells, alone)
    assert high - low < 1
