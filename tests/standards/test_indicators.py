"""Indicators and fields reach as far as the viewer's counts, and lists as far as their cases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from evenhand.accounts.models import Role, Team, User, Worker
from evenhand.facts.registry import BINDINGS
from evenhand.people.actions import answer
from evenhand.people.models import Child
from evenhand.standards import queries, standing
from evenhand.standards.indicators import Definition, Indicator, InTime, fields, indicators
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FIRST = "first-reviews-in-time"
TOOK_PART = "reviews-with-participation"
BEGAN = TODAY - timedelta(60)


class Two(NamedTuple):
    """Two teams with a child each, and the worker of the first."""

    team: Team
    worker: Worker
    child: Child
    others: Child


@pytest.fixture
def two() -> Two:
    """In the first team a review was held in time; in the other it was late, and says nothing."""
    make.coverage(*BINDINGS)
    team, other = make.team(), make.team()
    worker = make.worker(team=team)
    child, others = make.child(team=team, worker=worker), make.child(team=other)
    for one, days, code in ((child, 14, "PN1"), (others, 50, "")):
        period = make.care_period(one, BEGAN)
        make.legal_status(period, "C2")
        make.looked_after_review(period, BEGAN + timedelta(days), participation=code)
    standing.refresh(NOW)
    return Two(team, worker, child, others)


def figures(viewer: User, name: str, team: Team | None = None) -> tuple[int, int, int]:
    """N of m, and of how many it is not known."""
    found = queries.indicators_for(viewer, indicators(), team, as_at=TODAY)
    (one,) = [each for each in found if each.indicator.id == name]
    return one.part, one.whole, one.not_known


def unfilled(viewer: User) -> list[Child]:
    """The children of the reviews that do not say how the child took part."""
    (field,) = [each for each in fields() if each.id == "review-participation"]
    rows = queries.unfilled_for(viewer, field, as_at=TODAY)
    return [one.child for one in queries.unfilled_of(list(rows), field)]


def test_a_director_sees_all_and_a_team_or_worker_their_own(two: Two) -> None:
    director = make.user(Role.DIRECTOR)
    manager = make.user(Role.TEAM_MANAGER, team=two.team)
    worker = make.user(Role.SOCIAL_WORKER, worker=two.worker)

    assert figures(director, FIRST) == (1, 2, 0)
    assert figures(director, FIRST, two.team) == (1, 1, 0)
    assert figures(director, TOOK_PART) == (1, 1, 1)
    for viewer in (manager, worker):
        assert figures(viewer, FIRST) == (1, 1, 0)
        assert figures(viewer, TOOK_PART) == (1, 1, 0)
        assert unfilled(viewer) == []
    assert unfilled(director) == [two.others]


def test_a_referral_of_a_merged_child_is_read_as_the_one_that_was_kept(two: Two) -> None:
    merged = make.child(merged_into=two.others)
    period = make.care_period(merged, BEGAN)
    make.looked_after_review(period, BEGAN + timedelta(5))

    assert unfilled(make.user(Role.DIRECTOR)) == [two.others, two.others]


def test_the_newest_definition_in_force_is_used() -> None:
    old, new = (Definition(date(year, 4, 1), "", "law", "") for year in (2005, 2011))
    one = Indicator("x", "X", InTime("england/looked-after-review", 1), (old, new))

    assert one.defined_on(date(2005, 3, 31)) is None
    assert one.defined_on(date(2011, 3, 31)) == old
    assert one.defined_on(date(2011, 4, 1)) == new


def test_what_is_known_of_the_kept_child_is_known_of_every_referral(two: Two) -> None:
    director, today = make.user(Role.DIRECTOR), TODAY
    merged = make.child(merged_into=two.child)
    for child in (two.child, merged, two.others):
        make.referral(child, today, source_code="1A")
    answer(
        two.child, by=director, at=NOW, characteristic="ethnicity", status="answered",
        answer="WBRI", said_by="child", asked_on=today,
    )  # fmt: skip

    found = {one.field.id: one[1:3] for one in queries.filled_for(director, fields(), as_at=today)}
    assert found["referral-ethnicity"] == (3, 2)
    assert found["referral-source"] == (3, 3)
    assert found["referral-need"] == (3, 0)
    assert found["review-participation"] == (2, 1)
