"""The list of young people who move on, its sharing, the board, and the meetings."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.transitions.models import ListShare, MonitoringMeeting
from tests.clock import Clock
from tests.pages import main_of, shown, words_of
from tests.recording.desk import Desk
from tests.transitions import moving

pytestmark = pytest.mark.django_db
PACK = "isle-of-wight/"
POSTS = ("aldt-manager", "cdt-manager", "clinical-service-manager")


@pytest.mark.clause("IOW-2.3.5-a", rests_on=PACK + "on-transition-list")
def test_a_child_is_on_the_list_from_their_13th_birthday(clock: Clock) -> None:
    desk = moving.desk()
    child = moving.young(desk, "2013-04-18", surname="Harbour", forename="Ada")
    moving.young(desk, "2013-04-18", is_open=False)
    clock.at("2026-04-17")
    assert moving.listed(desk, "transitions:register", "The transition list") == []
    clock.at("2026-04-18")
    (row,) = moving.listed(desk, "transitions:register", "The transition list")
    assert row[0].startswith("Harbour, Ada")
    plan = moving.begin_plan(child, "ALDT", by=desk.user, at=clock.at("2026-04-18"))
    assert moving.step(desk, plan, "On the transition list") == [
        "By Sat 18 April 2026",
        "keptDone Sat 18 April 2026",
    ]


@pytest.mark.clause("IOW-2.3.5-b", rests_on="transitions/pdsi")
def test_a_shared_list_is_logged_and_none_is_shared_without_a_purpose(clock: Clock) -> None:
    desk = moving.desk()
    for day in range(12):
        moving.young(desk, f"2012-05-{day + 1:02}")
    clock.at("2026-05-11")
    told = {"recipient": "pdsi", "lawful_basis": "Care Act 2014, section 58"}
    refused = _post(desk, "transitions:shares", told)
    wrong = [one for one in shown(refused).iter("div") if one.get("class") == "govuk-error-summary"]
    assert "What is it for?" in words_of(wrong[0])
    assert not ListShare.objects.exists()
    reply = _post(desk, "transitions:shares", {**told, "purpose": "To plan for 2028"})
    assert reply.status_code == 302
    (row,) = moving.listed(desk, "transitions:shares", "What was shared")
    assert row[:4] == ["Mon 11 May 2026", "Adult Services (PDSI)", "12 records", "To plan for 2028"]
    assert row[5] == "Ana Quay"
    shared = ListShare.objects.get()
    names = moving.listed(desk, "transitions:one-share", "The list as it was shared", shared.ref)
    assert len(names) == 12
    assert len(names[0]) == 4


@pytest.mark.clause("IOW-2.3.16", rests_on="forms/team-meeting")
def test_how_often_pdsi_came_to_team_meetings_is_shown(clock: Clock) -> None:
    desk = moving.desk()
    clock.at("2026-06-30")
    for month in range(1, 7):
        guests = ["PDSI"] if month in (2, 5) else []
        desk.writes("team-meeting", held_on=f"12/{month}/2026", guests=guests)
    assert "PDSI came to 2 of 6 team meetings" in desk.words("transitions:register")


@pytest.mark.clause("IOW-2.3.19-a", rests_on="forms/transition-view")
def test_those_likely_to_meet_the_criteria_are_counted_by_year_of_birth(clock: Clock) -> None:
    desk = moving.desk()
    for year, many in ((2010, 3), (2011, 2)):
        for month in range(1, many + 1):
            plan = moving.plan(desk, clock, "2026-01-05", f"{year}-{month:02}-20", "ALDT")
            _likely(desk, plan, "yes")
    _likely(desk, moving.plan(desk, clock, "2026-01-05", "2011-08-20", "ALDT"), "unclear")
    found = moving.listed(desk, "transitions:register", "Likely to need adult services")
    assert found == [["2010", "0", "3"], ["2011", "0", "2"]]


@pytest.mark.clause("IOW-2.3.19-b", rests_on=PACK + "list-shared")
def test_the_list_is_shared_again_within_six_months(clock: Clock) -> None:
    desk = moving.desk()
    moving.young(desk, "2011-05-20")
    clock.at("2026-01-15")
    told = {"recipient": "aldt", "purpose": "To plan", "lawful_basis": "Care Act 2014"}
    _post(desk, "transitions:shares", told)
    words = "shared with adult services by Wed 15 July 2026: "
    clock.at("2026-07-15")
    assert f"{words}open" in desk.words("transitions:register")
    clock.at("2026-07-16")
    assert f"{words}late" in desk.words("transitions:register")


@pytest.mark.clause("IOW-2.3.20-a", rests_on=PACK + "monitoring-meeting")
def test_a_meeting_missing_in_july_is_overdue_on_1_august(clock: Clock) -> None:
    desk = moving.desk()
    moving.plan(desk, clock, "2026-01-01", "2010-05-20", "ALDT")
    _meets(desk, clock, "2026-01-20")
    clock.at("2026-07-31")
    assert _slots(desk)["July 2026"] == "open"
    clock.at("2026-08-01")
    assert _slots(desk) == {"January 2026": "kept", "July 2026": "late"}
    assert "No monitoring meeting is written down for July 2026" in desk.words(
        "transitions:register"
    )


@pytest.mark.clause("IOW-2.3.20-b", rests_on="transitions/clinical-service-manager")
def test_a_meeting_without_one_of_the_posts_is_not_quorate(clock: Clock) -> None:
    desk = moving.desk()
    clock.at("2026-07-20")
    whole = _meets(desk, clock, "2026-07-20")
    assert "not quorate" not in desk.words("transitions:meeting", whole.ref)
    short = _meets(desk, clock, "2026-07-21", **{"post_clinical-service-manager": "apologies"})
    shown = desk.words("transitions:meeting", short.ref)
    assert "not quorate" in shown
    assert "Clinical Service Manager LD Neither present nor deputised" in shown
    deputy = {"post_clinical-service-manager": "deputy",
              "deputy_clinical-service-manager": "Jo Reed"}  # fmt: skip
    stood_in = _meets(desk, clock, "2026-07-22", **deputy)
    shown = desk.words("transitions:meeting", stood_in.ref)
    assert "not quorate" not in shown
    assert "Jo Reed stood in" in shown


@pytest.mark.clause("IOW-2.3.20-c", rests_on="transitions/ALDT")
def test_a_case_that_is_not_discussed_is_carried_on_to_the_next_meeting(clock: Clock) -> None:
    desk = moving.desk()
    for day in range(9):
        moving.plan(desk, clock, "2026-01-05", f"2010-05-{day + 1:02}", "ALDT")
    meeting = _meets(desk, clock, "2026-01-20")
    *discussed, ninth = meeting.cases.order_by("plan__child__born_on")
    for place, case in enumerate(discussed):
        difficulty = "No flat to be had" if place == 0 else ""
        _post(desk, "transitions:case", {"note": "Going well", "difficulty": difficulty}, case.ref)
    _post(desk, "transitions:close-meeting", {}, meeting.ref)
    shown = desk.words("transitions:meeting", meeting.ref)
    assert "8 of 9 discussed" in shown
    assert f"For the next meeting: {ninth.plan.child.forename}" in shown
    assert "A difficulty on the way to adult services" in desk.words("work:tasks")
    following = _meets(desk, clock, "2026-07-20")
    agenda = moving.listed(desk, "transitions:meeting", "Agenda", following.ref)
    assert "carried on from the last meeting" in agenda[0][0]
    assert ninth.plan.child.surname in agenda[0][0]
    assert not any("carried on" in row[0] for row in agenda[1:])


@pytest.mark.clause("IOW-2.3.25-b", rests_on="forms/transition-review/transitional_worker_there")
def test_how_often_the_transitional_worker_came_at_16_is_a_rate(clock: Clock) -> None:
    desk = moving.desk()
    clock.at("2026-06-30")
    child = moving.young(desk, "2010-01-20")
    told = {"which": "post-16", "attended_by": "social-worker"}
    for day in range(1, 5):
        desk.writes("transition-review", child, held_on=f"{day}/6/2026",
                    transitional_worker_there="yes", **told)  # fmt: skip
    fifth = desk.writes("transition-review", child, held_on="5/6/2026",
                        transitional_worker_there="no", **told)  # fmt: skip
    assert "Reason missing: Ana Quay, Fri 5 June 2026" in desk.reads(fifth)
    shown = desk.words("transitions:register")
    assert "The transitional worker came to 4 of 5 reviews at 16 or over" in shown
    assert "80%" in shown


@pytest.mark.clause("IOW-2.3.28", rests_on="forms/transition-monitor")
def test_the_monitors_board_has_what_is_overdue_and_asks_for_a_monitor(clock: Clock) -> None:
    desk = moving.desk()
    for born in ("2010-05-20", "2010-05-21"):
        plan = moving.plan(desk, clock, "2026-01-05", born, "ALDT")
        _likely(desk, plan, "yes")
        desk.writes("transition-review", plan.child, held_on="5/1/2026",
                    attended_by="social-worker")  # fmt: skip
        desk.writes("education-leaving", plan.child, asked_on="5/1/2026", leaving="later",
                    leaving_on="20/7/2028")  # fmt: skip
    young = moving.plan(desk, clock, "2026-01-05", "2012-05-20", "PDSI")
    desk.writes("transition-review", young.child, held_on="5/1/2026", attended_by="assistant")
    _likely(desk, young, "no")
    clock.at("2026-05-22")
    overdue = moving.listed(desk, "transitions:board", "Overdue milestones")
    assert len(overdue) == 3, overdue
    shown = desk.words("transitions:board")
    assert "No senior practitioner is named" in shown
    desk.writes("transition-monitor", named_on="22/5/2026", monitor="Ana Quay")
    shown = desk.words("transitions:board")
    assert "Monitored by Ana Quay" in shown
    assert "The board of April 2026 is not signed off" in shown
    reader = Desk("Jo Reed", role=Role.SOCIAL_WORKER)
    assert moving.listed(reader, "transitions:board", "Overdue milestones") == []


def _likely(desk: Desk, plan: moving.TransitionPlan, likely: str) -> None:
    told = {"decided_on": "5/1/2026", "likely": likely, "reasons": "What we know"}
    desk.writes("transition-view", plan.child, plan.pk, **told)


def _meets(desk: Desk, clock: Clock, on: str, **told: str) -> MonitoringMeeting:
    clock.at(on)
    year, month, day = on.split("-")
    posts = {f"post_{post}": "present" for post in POSTS}
    reply = _post(desk, "transitions:new-meeting",
                  {"held_on": f"{day}/{month}/{year}", **posts, **told})  # fmt: skip
    assert reply.status_code == 302, main_of(reply)
    return MonitoringMeeting.objects.latest("pk")


def _slots(desk: Desk) -> dict[str, str]:
    rows = moving.listed(desk, "transitions:meetings", "January and July")
    return {row[0]: row[1] for row in rows}


def _post(desk: Desk, route: str, told: dict[str, str], *args: str) -> moving.Any:
    return desk.client.post(reverse(route, args=args), told)
