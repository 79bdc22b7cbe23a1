"""What is kept for a closer look is what one would count afresh, whatever changed in between."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest

from evenhand.accounts.models import Team, User
from evenhand.analytics.waits import LifeTable, between, life_table
from evenhand.casework.facts import UNACCOMPANIED
from evenhand.casework.models import ImmigrationStatus
from evenhand.equality import tallying
from evenhand.equality.crossing import Crossed
from evenhand.equality.events import day_number
from evenhand.equality.grouping import children, grouped
from evenhand.equality.keeping.closely import NEVER, NOT_WAITING
from evenhand.equality.keeping.crossed import Crossings, Layout, count, pairs_of, written
from evenhand.equality.models import CrossTally
from evenhand.equality.pathway import Dimension, dimension_called, dimensions
from evenhand.equality.queries import Asked
from evenhand.equality.queries.closer import crossable
from evenhand.equality.queries.seen import Seen, seen_for
from evenhand.equality.queries.waits import Waited, waits_for
from evenhand.facts.registry import BINDINGS
from evenhand.people import standings
from evenhand.people.models import Child
from evenhand.standards import standing
from evenhand.standards.models import Standing
from tests import factories as make
from tests.equality.crowd import CLOCK, enquiry, known
from tests.factories import NOW, TODAY

STEP = "assessed"


@pytest.fixture
def changed(db: None) -> User:
    """Children of two services with random answers; counted, changed at random, counted again."""
    chance = random.Random(7)
    make.coverage(*BINDINGS, complete_to=TODAY)
    teams = [make.team(f"Team {n}", parent=make.team(f"Service {n}")) for n in range(2)]
    everyone = []
    for _ in range(40):
        held = chance.choice([5, 30, None])
        child = enquiry(chance.choice(["WBRI", "BAFR", ""]), held, chance.randrange(60, 300))
        child.team = chance.choice([*teams, None])
        child.born_on = date(chance.choice([2010, 2018, 2024]), 3, 1)
        child.save()
        known(child, chance.choice("FM"), "sex")
        if chance.random() < 0.3:
            ImmigrationStatus.objects.create(child=child, status=UNACCOMPANIED)
        everyone.append(child)
    _count()
    for child in chance.sample(everyone, 15):
        known(child, chance.choice("FM"), "sex")
        Child.objects.filter(pk=child.pk).update(team=chance.choice(teams))
        make.assessment(child, TODAY - timedelta(chance.randrange(40, 300)))
    _count()
    return make.user("director")


def _count() -> None:
    whose = [(pk, None) for pk in Child.objects.values_list("pk", flat=True)]
    standings.restate(whose, ["ethnicity", "sex"])
    standing.refresh(NOW)
    tallying.refresh(NOW)


def _afresh(seen: Seen, first: Dimension, second: Dimension) -> dict[tuple[str, str], list[int]]:
    """Count event by event."""
    (rows, one), (columns, other) = seen.groups_of(first), seen.groups_of(second)
    found: dict[tuple[str, str], list[int]] = {}
    for row, column, went_on in zip(one.tolist(), other.tolist(), seen.reached, strict=True):
        cell = found.setdefault((rows[row], columns[column]), [0, 0])
        cell[0] += 1
        cell[1] += bool(went_on)
    return found


def _cells(table: Crossed) -> dict[tuple[str, str], list[int]]:
    return {
        (row, column): [int(table.of[x, y]), int(table.reached[x, y])]
        for x, row in enumerate(table.rows)
        for y, column in enumerate(table.columns)
        if table.of[x, y]
    }


def _all_asked() -> Iterator[Asked]:
    """The authority and each service, the unaccompanied in or out."""
    for team in (None, *Team.objects.filter(parent=None).order_by("pk")):
        for without in (False, True):
            yield Asked(dimensions()[0], team, without)


def _both(viewer: User, measure: str) -> Iterator[tuple[Seen, Crossings]]:
    """Afresh, and as it is kept."""
    for asked in _all_asked():
        kept = CrossTally.objects.filter(measure=measure, team=asked.team)
        bodies = list(kept.values_list("body", flat=True))
        seen = seen_for(viewer, measure, asked)
        assert (seen is None) == (not bodies)
        if seen is not None:
            yield seen, Crossings(bodies, without=asked.without_unaccompanied)


def test_two_ways_at_once_teams_and_waits_are_what_one_counts_afresh(changed: User) -> None:
    compared = 0
    for seen, kept in (pair for measure in (STEP, CLOCK) for pair in _both(changed, measure)):
        for way in dimensions():
            for also in crossable(way):
                found = kept.of(way, also)
                assert found is not None, (way.id, also.id)
                assert _cells(found) == _afresh(seen, way, also)
                compared += sum(len(pair) for pair in _cells(found))
        of_teams = Counter(seen.teams.tolist())
        assert {team: of for team, (of, _) in kept.teams().items()} == of_teams
    assert compared > 1000
    for asked in _all_asked():
        for way in filter(None, map(dimension_called, ("ethnicity", "age", "team"))):
            found = waits_for(changed, CLOCK, asked._replace(dimension=way))
            assert found is not None
            for ours, theirs in zip(found.table, _life_table(found, asked, way), strict=True):
                assert (ours == theirs).all(), (way, asked.team)


def _life_table(found: Waited, asked: Asked, dimension: Dimension) -> LifeTable:
    rows = Standing.objects.filter(
        standard=CLOCK, anchor_on__gt=TODAY - timedelta(365), due_on__isnull=False
    ).exclude(kind__in=NOT_WAITING)
    if asked.without_unaccompanied:
        rows = rows.exclude(child__in=ImmigrationStatus.objects.values("child"))
    rows = rows.filter(team__parent=asked.team) if asked.team else rows
    told = [
        (
            row.child_id,
            row.team_id or 0,
            day_number(row.anchor_on),
            day_number(row.done_on or NEVER),
        )
        for row in rows
    ]
    whose, teams, began, done = np.array(told, np.int64).T
    everyone = children()
    way = grouped(dimension, everyone)
    groups = way.of_events(everyone, whose, began, teams)
    waits = between(began, done, day_number(found.until))
    return life_table(waits, groups, len(found.groups))


def test_what_a_body_holds_is_all_that_is_read_again() -> None:
    """More events than a block; a pair is read either way round."""
    ages, sexes = dimension_called("age"), dimension_called("sex")
    assert ages is not None
    assert sexes is not None
    chance = np.random.default_rng(1)
    groups = {one.id: [*one.labels, "not known"] for one in (ages, sexes)}
    layout = Layout.of(groups, pairs_of([ages, sexes], []))
    places = {id_: chance.integers(len(names), size=10_000) for id_, names in groups.items()}
    alone, reached = chance.integers(2, size=10_000), chance.random(10_000) < 0.5
    body = written(layout, count(layout, places, alone, reached), [])
    table = Crossings([body, body], without=True).of(sexes, ages)
    assert table is not None
    chosen = (places["sex"] == 1) & (places["age"] == 2) & (alone == 0)
    cell = table.rows.index(groups["sex"][1]), table.columns.index(groups["age"][2])
    assert table.of[cell] == 2 * chosen.sum()
    assert table.reached[cell] == 2 * (chosen & reached).sum()
