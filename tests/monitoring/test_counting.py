"""What is kept of open children and their needs is what one would count afresh."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from evenhand.accounts.models import User
from evenhand.casework.models import NeedPlan, Referral
from evenhand.equality import tallying
from evenhand.equality.pathway import dimension_called
from evenhand.facts.registry import BINDINGS
from evenhand.monitoring import counting
from evenhand.monitoring.actions import record_provision
from evenhand.monitoring.models import NeedTally, ServiceWaitTally
from evenhand.monitoring.queries.access import access_for
from evenhand.monitoring.queries.gaps import gaps_of
from evenhand.monitoring.queries.groups import Counted, afresh_for, counted_for
from evenhand.people import standings
from evenhand.people.models import Child
from tests import factories as make
from tests.equality.crowd import known, referred
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def children() -> list[Child]:
    """Children of two teams and of none, some of whom need an interpreter; counted."""
    chance = random.Random(3)
    make.coverage(*BINDINGS, complete_to=TODAY)
    teams = [make.team("Quay", parent=make.team("Harbour")), make.team("Quill"), None]
    found = [referred(chance.choice(["WBRI", "BAFR", ""])) for _ in range(30)]
    for child in found:
        known(child, chance.choice(["yes", "no"]), "interpreter")
        is_open, team = chance.random() < 0.8, chance.choice(teams)
        Child.objects.filter(pk=child.pk).update(team=team, is_open=is_open)
        Referral.objects.filter(child=child).update(
            team=team, no_further_action=chance.random() < 0.2
        )
        if chance.random() < 0.5:
            began_on = TODAY - timedelta(chance.randrange(1, 190))
            NeedPlan.objects.create(child=child, started_on=began_on)
    standings.restate([(child.pk, None) for child in found], ["ethnicity", "interpreter"])
    tallying.refresh(NOW)
    counting.refresh(NOW)
    return list(Child.objects.filter(is_open=True))


def _told(counted: Counted) -> list[object]:
    """Every count by the words that a page shows of it, of groups that anybody is of."""
    whats = sorted({what for way in counted.ways for what in way.numbers})
    rows = [
        (way.id, label, row)
        for way in counted.ways
        for label, row in zip(way.labels, way.counts(whats), strict=True)
        if any(row)
    ]
    return [rows, counted.exact, counted.below]


def _viewers() -> list[User]:
    service = Child.objects.exclude(team__parent=None).first().team.parent  # type: ignore[union-attr]
    return [
        make.user("director"), make.user("equality_lead"),
        make.user("service_manager", team=service),
    ]  # fmt: skip


@pytest.mark.usefixtures("children")
def test_what_is_kept_is_what_one_counts_afresh_for_whoever_looks() -> None:
    for viewer in _viewers():
        kept = counted_for(viewer, TODAY)
        assert _told(kept) == _told(afresh_for(viewer, TODAY))
        assert any(gap.has for gap in gaps_of(kept).gaps)


@pytest.mark.usefixtures("children")
def test_waits_that_are_kept_are_those_one_counts_afresh() -> None:
    dimension = dimension_called("ethnicity")
    assert dimension is not None
    for viewer in _viewers():
        kept = access_for(viewer, dimension)
        rows = list(ServiceWaitTally.objects.all())
        ServiceWaitTally.objects.all().delete()
        assert kept.waits
        assert access_for(viewer, dimension).waits == kept.waits
        ServiceWaitTally.objects.bulk_create(rows)


def test_a_service_recorded_is_counted_at_once_and_kept_again_within_a_minute(
    children: list[Child],
) -> None:
    director = make.user("director")
    before = {gap.need.id: gap.met for gap in gaps_of(counted_for(director, TODAY)).gaps}
    record_provision(
        children[0], by=director, at=NOW, service="interpreter-booked", outcome="supplied",
        starts_on=TODAY,
    )  # fmt: skip
    assert not NeedTally.objects.exists()
    for _ in ("afresh", "kept"):
        found = {gap.need.id: gap.met for gap in gaps_of(counted_for(director, TODAY)).gaps}
        assert found == before | {"interpreter": before["interpreter"] + 1}
        counting.refresh_if_stale()
    assert NeedTally.objects.exists()
    assert not counting.refresh_if_stale()
