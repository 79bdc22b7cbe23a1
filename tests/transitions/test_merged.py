"""Plans of a child whose two records are merged, and parted again."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.people.actions import merge_children, unmerge
from evenhand.people.models import Child
from evenhand.transitions.actions import begin_plan
from evenhand.transitions.models import TransitionPlan
from evenhand.transitions.queries.board import board_for
from tests.clock import Clock
from tests.pages import main_of
from tests.recording.desk import Desk
from tests.transitions import moving

pytestmark = pytest.mark.django_db
BORN = "2010-05-20"


def _open(desk: Desk, *children: Child) -> None:
    """Their cases are the team's again: what says so in an extract is not made up here."""
    ours = {"is_open": True, "team": desk.team}
    Child.objects.filter(pk__in=[one.pk for one in children]).update(**ours)


def test_plans_follow_a_merge_and_its_undoing(clock: Clock) -> None:
    """What was written of either counts for the plan, which is on the list once."""
    desk, now = moving.desk(), clock.at("2026-01-05")
    kept, other = moving.young(desk, BORN), moving.young(desk, BORN)
    plan = begin_plan(kept, "ALDT", by=desk.user, at=now)
    begin_plan(other, "ALDT", by=desk.user, at=now)
    only = begin_plan(other, "PDSI", by=desk.user, at=now)
    desk.writes("education-leaving", other, asked_on="5/1/2026", leaving="later",
                leaving_on="20/7/2028")  # fmt: skip
    assert board_for(desk.user, now).watched == 3
    merge_children(kept, other, by=desk.user, at=now, reason="One child.")
    _open(desk, kept, other)
    plan.refresh_from_db()
    assert plan.leaving_on == date(2028, 7, 20)
    assert board_for(desk.user, now).watched == 2
    assert main_of(desk.get("transitions:register")).count("ALDT") == 1
    assert desk.get("transitions:plan", only.ref).status_code == 200
    unmerge(other, by=desk.user, at=now, reason="Two children.")
    _open(desk, kept, other)
    plan.refresh_from_db()
    assert plan.leaving_on is None
    assert board_for(desk.user, now).watched == 3
    assert TransitionPlan.objects.count() == 3
