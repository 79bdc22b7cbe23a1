"""Which files are audited: drawn by chance, added by name, picked, or every one of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from evenhand.accounts.models import Role, User
from evenhand.audits import picking
from evenhand.audits.models import Sample, SampledFile, Slot
from evenhand.work.models import Task
from tests import factories as make
from tests.audits import making
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)


def _sent(desk: Desk, route: str, ref: str, query: str = "", **told: Any) -> HttpResponse:
    reply: Any = desk.client.post(reverse(route, args=[ref]) + query, told)
    return reply


def _drawn(desk: Desk, slot: Slot, **told: Any) -> Sample:
    reply = _sent(desk, "audits:draw", slot.ref, **({"do": "draw", "method": "simple"} | told))
    assert reply.status_code == 302, main_of(reply)
    return Sample.objects.latest("pk")


def _files(desk: Desk, sample: Sample) -> list[list[str]]:
    return table_of(desk.get("audits:sample", sample.ref), "Files")


@pytest.mark.clause("IOW-2.4.32-a", rests_on="audits/senior")
def test_a_senior_list_is_of_chosen_teams_and_marks_what_is_added(clock: Clock) -> None:
    clock.at("2026-08-20")
    desk = Desk(role=Role.QUALITY_ASSURANCE)
    north, south = make.team("North"), make.team("South")
    for _ in range(4):
        make.child(team=north)
    extra = make.child(team=south, forename="Ada", surname="Reed")
    make.user(Role.DIRECTOR)
    slot = making.slot("senior", SEPTEMBER, files=4)
    sample = _drawn(desk, slot, teams=[str(north.pk)], size=4)
    add = ("audits:add-file", sample.ref, "?words=Reed")
    refused = _sent(desk, *add, child=extra.ref)
    assert "Why this file?" in main_of(refused)
    assert _sent(desk, *add, child=extra.ref, why_this="A complaint of May").status_code == 302
    rows = _files(desk, sample)
    assert [row[1] for row in rows] == ["North"] * 4 + ["South"]
    assert rows[-1][0] == "5. Reed, Ada"
    assert rows[-1][2] == "Added by nameA complaint of May"
    assert {row[2] for row in rows[:4]} == {"Drawn by chance"}


@pytest.mark.parametrize(
    ("published", "stands"), [("2026-09-07", "kept"), ("2026-09-08", "kept late")]
)
@pytest.mark.clause("IOW-2.4.32-b", rests_on="isle-of-wight/case-list-ready")
def test_the_list_of_a_senior_audit_is_ready_a_week_before(
    clock: Clock, published: str, stands: str
) -> None:
    clock.at("2026-08-20")
    desk = Desk(role=Role.QUALITY_ASSURANCE)
    manager = Desk(role=Role.TEAM_MANAGER)
    manager.child(forename="Ada", surname="Reed")
    slot = making.slot("senior", SEPTEMBER, files=1, audit_on=date(2026, 9, 14))
    sample = _drawn(desk, slot, size=1)
    assert manager.get("audits:sample", sample.ref).status_code == 404
    clock.at(published)
    assert _sent(desk, "audits:publish-sample", sample.ref).status_code == 302
    words = desk.words("audits:sample", sample.ref)
    assert f"{stands}To be ready by Mon 7 September 2026" in words
    assert "Reed, Ada" in manager.words("audits:sample", sample.ref)


@pytest.mark.clause("IOW-2.4.37-b", rests_on="isle-of-wight/file-picked-for-data-officer")
def test_the_team_manager_picks_the_file_of_the_data_officer(clock: Clock) -> None:
    clock.at("2026-06-01")
    desk = Desk(role=Role.TEAM_MANAGER)
    child = desk.child(forename="Ada", surname="Reed")
    officer = make.user(Role.DATA_OFFICER)
    slot = making.slot("data-officer", JUNE, team=desk.team)
    upkeep_of(clock, "2026-06-09")
    assert not Task.objects.filter(kind="audit-pick-file").exists()
    upkeep_of(clock, "2026-06-10")
    upkeep_of(clock, "2026-06-11")
    reminder = Task.objects.get(kind="audit-pick-file")
    assert "Pick a file of June for the data officer" in desk.words("promises:mine")
    assert _asked(officer, "audits:pick", slot.ref, child=child.ref) == 403
    assert not SampledFile.objects.exists()
    clock.at("2026-06-12")
    assert "late To be picked by Wed 10 June 2026" in desk.words("audits:pick", slot.ref)
    assert _sent(desk, "audits:pick", slot.ref, child=child.ref).status_code == 302
    file = SampledFile.objects.get()
    assert not file.is_random
    assert "Picked by the team's manager" in desk.words("audits:sample", file.sample.ref)
    reminder.refresh_from_db()
    assert reminder.state == Task.State.DONE


def upkeep_of(clock: Clock, day: str) -> None:
    """What is done without being asked about picking, on a day."""
    picking.tend(clock.at(day))


def _asked(user: User, route: str, ref: str, **told: Any) -> int:
    """What somebody who has no desk is answered."""
    desk = Desk.__new__(Desk)
    desk.user = user
    return _sent(desk, route, ref, **told).status_code


@pytest.mark.clause("IOW-2.4.38", rests_on="audits/record")
def test_the_same_seed_draws_the_same_files_and_both_are_kept(clock: Clock) -> None:
    clock.at("2026-06-03")
    service = make.team("Fieldwork")
    desk = Desk(role=Role.SERVICE_MANAGER, team=service)
    teams = [make.team(parent=service), make.team(parent=service)]
    for number in range(40):
        make.child(team=teams[number % 2])
    slot = making.slot("record", JUNE, person=desk.user, files=3)
    told = {"teams": [str(teams[0].pk)], "size": 3, "seed": "summer"}
    first, second = _drawn(desk, slot, **told), _drawn(desk, slot, **told)
    assert [row[0] for row in _files(desk, first)] == [row[0] for row in _files(desk, second)]
    assert len(_files(desk, first)) == 3
    assert {row[1] for row in _files(desk, first)} == {teams[0].name}
    assert "Word drawn with summer" in desk.words("audits:sample", first.ref)
    assert "It is the same list" in desk.words("audits:sample-again", first.ref)


@pytest.mark.clause("IOW-2.4.40-a", rests_on="audits/threshold")
def test_every_referral_of_the_chosen_days_is_audited(clock: Clock) -> None:
    clock.at("2026-02-05")
    desk = Desk(role=Role.QUALITY_ASSURANCE)
    child = make.child(team=desk.team)
    for number in range(84):
        make.referral(child, date(2026, 1, 1) + timedelta(number % 31))
    make.referral(child, date(2025, 12, 31))
    make.referral(child, date(2026, 2, 1))
    make.referral(child, date(2026, 1, 9), withdrawn=True)
    slot = making.slot("threshold", date(2026, 2, 1))
    days = {"since": "1/1/2026", "until": "31/1/2026"}
    looked = _sent(desk, "audits:draw", slot.ref, do="look", **days)
    assert "84 files fit" in main_of(looked)
    sample = _drawn(desk, slot, **days)
    assert len(_files(desk, sample)) == 84
    assert "From 84 referrals" in desk.words("audits:sample", sample.ref)
