"""Supervision by calendar month: supervised, missed, or excluded because they were away."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.accounts.models import Role, Worker
from evenhand.workforce.actions import record_absence, record_plan
from tests import factories as make
from tests.audits import making
from tests.clock import Clock
from tests.pages import table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
PACK = "isle-of-wight/"


@pytest.mark.clause("IOW-2.4.39-b", rests_on=PACK + "supervision")
def test_a_month_without_supervision_is_missed_on_the_first_of_the_next(clock: Clock) -> None:
    clock.at("2026-04-28")
    manager = Desk("Mo Tern", role=Role.TEAM_MANAGER)
    ana = make.worker("Ana Quay", team=manager.team)
    ben = make.worker("Ben Reed", team=manager.team)
    for one in (ana, ben):
        manager.client.post(f"/supervision/people/{one.ref}/supervised/", {"held_on": "28/4/2026"})
    record_absence(ben, by=manager.user, at=clock.at("2026-05-01"), since=date(2026, 5, 1),
                   until=date(2026, 5, 31))  # fmt: skip
    clock.at("2026-05-31")
    assert _months(manager, "Ana Quay")[-1] == "openNot yet this month"
    assert "Nobody in your line missed a month." in manager.words("workforce:supervision")
    clock.at("2026-06-01")
    assert _months(manager, "Ana Quay")[-2] == "lateMissed"
    assert _months(manager, "Ben Reed")[-2] == "excusedExcluded: away all month"
    gaps = table_of(manager.get("workforce:supervision"), "Not supervised")
    assert [(row[0], row[2]) for row in gaps] == [("Ana Quay", "May 2026")]


@pytest.mark.clause("IOW-2.4.39-b", rests_on=PACK + "supervision")
def test_the_gaps_stand_in_the_supervision_audit(clock: Clock) -> None:
    clock.at("2026-04-28")
    manager = Desk("Mo Tern", role=Role.SERVICE_MANAGER)
    ana = make.worker("Ana Quay", team=manager.team)
    manager.client.post(f"/supervision/people/{ana.ref}/supervised/", {"held_on": "28/4/2026"})
    clock.at("2026-06-01")
    slot = making.slot("supervision", date(2026, 5, 1), person=manager.user)
    shown = table_of(manager.get("audits:slot", slot.ref), "Not supervised in May 2026")
    assert [(row[0], row[2]) for row in shown] == [("Ana Quay", "May 2026")]


def _months(desk: Desk, name: str) -> list[str]:
    shown = table_of(desk.get("workforce:supervision"), "My people, month by month")
    return next(row for row in shown if row[0] == name)[1:]


STAFF, WITH_NEEDS = 50, 45


@pytest.mark.clause("IOW-2.4.48", rests_on="isle-of-wight/development-plan")
def test_the_audit_of_training_needs_shows_coverage_and_names_to_managers(clock: Clock) -> None:
    now = clock.at("2026-05-04")
    manager = Desk("Mo Tern", role=Role.TEAM_MANAGER)
    quality = Desk("Quinn Meadow", role=Role.QUALITY_ASSURANCE, team=make.team())
    Worker.objects.filter(pk__in=[manager.worker.pk, quality.worker.pk]).update(team=None)
    staff = [make.worker(f"Sam Reed {place}", team=manager.team) for place in range(STAFF)]
    for one in staff[:WITH_NEEDS]:
        record_plan(one, by=manager.user, at=now, agreed_on=date(2026, 5, 1), needs=["To listen"])
    record_plan(staff[-1], by=manager.user, at=now, agreed_on=date(2026, 5, 1), needs=[])
    slot = making.slot("training", date(2026, 5, 1), due_on=date(2026, 12, 31))
    coverage = "Of how many staff a development plan"
    page = quality.get("audits:slot", slot.ref)
    assert table_of(page, coverage)[0] == ["All teams together", "45 of 50", "90%"]
    assert table_of(page, "What people need to learn") == [["To listen", "45", str(manager.team)]]
    assert "Sam Reed" not in page.content.decode()
    missing = table_of(manager.get("workforce:needs"), "Your people whose needs are not known")
    assert [row[0] for row in missing] == [str(one) for one in staff[WITH_NEEDS:]]
    clock.at("2027-05-02")
    later = table_of(quality.get("workforce:needs"), coverage)
    assert later[0] == ["All teams together", "0 of 50", "0%"]
