"""The Family Resource Team: seven criteria, the list with the urgent first, and how it went."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evenhand.accounts.models import Role, Worker
from evenhand.casework.models import Placement
from evenhand.people.models import Child
from evenhand.work.models import Task
from tests import factories as make
from tests.clock import Clock
from tests.pages import links_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
FORM, EPISODE = "family-resource-team", "family-resource-team-episode"
RESTS, RESTS_EPISODE = f"forms/{FORM}", f"forms/{EPISODE}"
ASKED = {"asked_on": "2/2/2026"}
RETURN = {"return_on": "2/3/2026"}
MAINLAND, LOCAL = "QX1 3AB", "IH1 3AB"


@pytest.fixture
def desk(clock: Clock) -> Desk:
    clock.at("2026-02-02")
    return Desk()


def placed(child: Child, *, kind: str = "U4", postcode: str = LOCAL, moves: int = 0) -> None:
    """Placements of a child in our care, with some moves before the one of now."""
    period = make.care_period(child, date(2025, 3, 1))
    starts = [date(2025, 3 + number, 1) for number in range(moves + 1)]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        Placement.objects.create(
            child=child, care_period=period, started_on=start, ended_on=end, kind=kind,
            provider="PR4", postcode=postcode,
        )  # fmt: skip


def asks(desk: Desk, child: Child, *criteria: str, **answers: Any) -> str:
    """What the page of a request with these criteria ticked says."""
    return desk.reads(desk.writes(FORM, child, criteria=list(criteria), **ASKED, **answers))


@pytest.mark.clause("IOW-2.3.38", rests_on=f"{RESTS}/no-case")
def test_a_request_says_which_of_the_open_case_and_the_worker_is_missing(desk: Desk) -> None:
    bare = desk.child(is_open=False)
    Child.objects.filter(pk=bare.pk).update(worker=None)
    manager = Desk("Lee Marsh", role=Role.TEAM_MANAGER, team=desk.team)
    page = manager.reads(manager.writes(FORM, bare, criteria=["relationships"], **ASKED))
    assert "Open case missing: Lee Marsh, Mon 2 February 2026" in page
    assert "Allocated worker missing: Lee Marsh, Mon 2 February 2026" in page
    child = desk.child()
    Worker.objects.filter(pk=desk.worker.pk).update(name="Ana Quay")
    made = desk.writes(FORM, child, criteria=["relationships"], **ASKED)
    page = desk.reads(made)
    assert "case missing" not in page
    assert "worker missing" not in page
    assert "Allocated worker: Ana Quay." in page
    assert f"/children/{child.ref}/" in links_of(desk.get("recording:one", made.ref))


@pytest.mark.clause("IOW-2.3.40", rests_on=f"{RESTS}/criteria")
def test_one_criterion_is_enough_and_none_is_not(desk: Desk) -> None:
    child = desk.child()
    page = asks(desk, child)
    assert "Not acceptedNone of the seven criteria counts." in page
    assert "Criteria that count 0 of 7" in page
    page = asks(desk, child, "relationships")
    assert "Can be acceptedAt least one of the seven criteria counts." in page
    assert "Criteria that count 1 of 7" in page


@pytest.mark.clause("IOW-2.3.40-a", rests_on=f"{RESTS}/breakdown_evidence")
def test_an_immediate_risk_stands_above_an_older_request(desk: Desk, clock: Clock) -> None:
    older, urgent = desk.child(surname="Older"), desk.child(surname="Urgent")
    asks(desk, older, "relationships")
    clock.at("2026-02-03")
    risk = {"breakdown_evidence": "Asked for care last night."}
    made = desk.writes(FORM, urgent, criteria=["breakdown"], asked_on="3/2/2026", **risk)
    rows = table_of(desk.get("eligibility:resource-team"), "Requests that wait")
    assert [row[0].split(",")[0] for row in rows] == ["Urgent", "Older"]
    assert rows[0][1] == "Can be accepted - urgent"
    client = Desk("Lee Marsh", role=Role.TEAM_MANAGER, team=desk.team).client
    accepted = {"decided": "urgent", "decided_by": "Lee Marsh", "decided_on": "3/2/2026"}
    client.post(f"/eligibility/advice/{made.ref}/decide/", accepted)
    rows = table_of(desk.get("eligibility:resource-team"), "Requests that wait")
    assert [row[0].split(",")[0] for row in rows] == ["Older"]
    assert "Evidence of the immediate risk missing: Ana Quay" in asks(desk, urgent, "breakdown")


@pytest.mark.clause("IOW-2.3.40-b", rests_on=f"{RESTS}/moves_evidence")
def test_two_moves_are_read_from_the_record(desk: Desk) -> None:
    child, other = desk.child(), desk.child()
    placed(child, moves=1)
    page = asks(desk, child, "moves")
    assert "Not borne out: 1 move" in page
    assert "Moves in this period of care, by the case system 1" in page
    assert "Criteria that count 0 of 7" in page
    placed(other, moves=2)
    page = asks(desk, other, "moves")
    assert "Not borne out" not in page
    assert "Evidence of the risk after two moves missing: Ana Quay" in page
    assert "Criteria that count 1 of 7" in page


@pytest.mark.clause("IOW-2.3.40-c", rests_on=f"{RESTS}/return_on")
def test_going_home_counts_from_foster_care_with_a_return_date(desk: Desk) -> None:
    child, other = desk.child(), desk.child()
    placed(child, kind="K2")
    page = asks(desk, child, "foster", **RETURN)
    assert "Not borne out: not foster care" in page
    assert "Criteria that count 0 of 7" in page
    placed(other, kind="U4")
    assert "Criteria that count 1 of 7" in asks(desk, other, "foster", **RETURN)
    page = asks(desk, other, "foster")
    assert "Return date missing: Ana Quay" in page
    assert "Criteria that count 0 of 7" in page


@pytest.mark.clause("IOW-2.3.40-d", rests_on=f"{RESTS}/not-agency")
def test_coming_back_counts_from_an_agency_on_the_mainland(desk: Desk) -> None:
    child, other = desk.child(), desk.child()
    placed(child, kind="K2", postcode=MAINLAND)
    assert "Criteria that count 1 of 7" in asks(desk, child, "mainland", **RETURN)
    placed(other, kind="K2", postcode=LOCAL)
    page = asks(desk, other, "mainland", **RETURN)
    assert "Not borne out: local" in page
    assert "Criteria that count 0 of 7" in page
    Placement.objects.filter(child=child).update(provider="PR1")
    page = asks(desk, child, "mainland", **RETURN)
    assert "Not borne out: not an agency's" in page


@pytest.mark.clause("IOW-2.3.40-e", rests_on=f"{RESTS}/placement_evidence")
def test_a_placement_at_risk_needs_no_moves(desk: Desk) -> None:
    child = desk.child()
    placed(child)
    page = asks(desk, child, "placement", placement_evidence="The carers asked for a break.")
    assert "Not borne out" not in page
    assert "Can be accepted" in page
    assert "Criteria that count 1 of 7" in page
    page = asks(desk, child, "placement")
    assert "Evidence of the risk to the placement missing: Ana Quay" in page


@pytest.mark.clause("IOW-2.3.40-f", rests_on=f"{RESTS}/school_evidence")
def test_a_risk_of_exclusion_counts_with_its_school_and_evidence(desk: Desk) -> None:
    child = desk.child()
    evidence = {"school_name": "Beacon School", "school_evidence": "Out for five days, twice."}
    assert "Criteria that count 1 of 7" in asks(desk, child, "school", **evidence)
    page = asks(desk, child, "school", school_evidence="Out for five days, twice.")
    assert "School missing: Ana Quay" in page
    assert "Criteria that count 0 of 7" in page


@pytest.mark.clause("IOW-2.3.40-g", rests_on=f"{RESTS}/relationships_who")
def test_difficulties_in_relationships_are_enough_and_are_shown(desk: Desk) -> None:
    page = asks(desk, desk.child(), "relationships", relationships_who="Parents, about money.")
    assert "Can be accepted" in page
    assert "Parents, about money." in page
    assert "Difficulties in the family's relationships Criterion met" in page


@pytest.mark.clause("IOW-2.3.39-a", rests_on=f"{RESTS_EPISODE}/welfare_at_end")
def test_the_report_shows_how_much_better_things_are(desk: Desk) -> None:
    manager = Desk("Lee Marsh", role=Role.TEAM_MANAGER, team=desk.team)
    remit = manager.words("eligibility:resource-team")
    assert "works for the welfare of families" in remit
    scored = {"started": "5/1/2026", "welfare_at_start": "3"}
    scored |= {"ended": "30/1/2026", "welfare_at_end": "7"}
    made = desk.writes(EPISODE, desk.child(), **scored)
    (row,) = table_of(manager.get("eligibility:resource-team-report"), "How it went")
    assert row[1:] == ["Mon 5 January 2026", "Fri 30 January 2026", "3", "7", "+4"]
    desk.puts_right(made, started="5/1/2026", ended="30/1/2026", welfare_at_start="3")
    (row,) = table_of(manager.get("eligibility:resource-team-report"), "How it went")
    assert row[3:] == ["3", "Missing", "Not known"]


@pytest.mark.clause("IOW-2.3.39-b", rests_on=RESTS_EPISODE)
def test_eight_of_ten_children_did_not_come_into_care_within_six_months(
    desk: Desk, clock: Clock
) -> None:
    children = [desk.child() for _ in range(14)]
    for child in children[:13]:
        desk.writes(EPISODE, child, started="5/1/2026")
    clock.at("2026-11-20")
    desk.writes(EPISODE, children[13], started="1/9/2026")
    make.care_period(children[0], date(2026, 2, 1))
    make.care_period(children[1], date(2026, 7, 5))
    make.care_period(children[2], date(2026, 7, 6))
    breaks = make.care_period(children[3], date(2026, 2, 1))
    make.legal_status(breaks, "V4")
    for child in children[10:13]:
        make.care_period(child, date(2025, 1, 1))
    manager = Desk("Lee Marsh", role=Role.TEAM_MANAGER, team=desk.team)
    page = manager.words("eligibility:resource-team-report")
    assert "80% not accommodated within 6 months: 8 of 10. 2 came into care." in page
    assert "Not counted yet: 1 that began less than 6 months ago." in page
    assert "Not counted: 3 where the child was in our care when it began." in page
    elsewhere = Desk("Sam Weir", role=Role.TEAM_MANAGER)
    assert "None of the team's work" in elsewhere.words("eligibility:resource-team-report")


@pytest.mark.clause("IOW-2.3.41", rests_on=f"{RESTS_EPISODE}/beyond-plan")
def test_a_seventh_session_of_six_is_beyond_the_plan_and_prompts_a_review(desk: Desk) -> None:
    planned = {
        "started": "5/1/2026", "lead": "Lee Marsh", "method": "brief-therapy",
        "planned_sessions": "6", "planned_end": "27/3/2026", "welfare_at_start": "3",
    }  # fmt: skip
    held = {f"row-{number}-session_on": f"{number + 10}/1/2026" for number in range(1, 7)}
    bare = desk.reads(desk.writes(EPISODE, desk.child(), started="5/1/2026", lead="Lee Marsh"))
    for lacks in ("Method", "Planned number of sessions", "Planned end"):
        assert f"{lacks} missing: Lee Marsh, Mon 5 January 2026" in bare
    made = desk.writes(EPISODE, desk.child(), **planned, **held)
    assert "eyond plan" not in desk.reads(made)
    reviews = Task.objects.filter(kind="therapy-review", state="open")
    assert not reviews.exists()
    desk.puts_right(made, **planned, **held, **{"row-7-session_on": "2/2/2026"})
    assert "Beyond plan: Lee Marsh, Mon 2 February 2026" in desk.reads(made)
    review = reviews.get()
    assert review.role == Role.TEAM_MANAGER
    assert review.team == desk.team
    tasks = Desk("Bo Finn", role=Role.TEAM_MANAGER, team=desk.team).words("work:tasks")
    assert "More sessions were held than were planned" in tasks
    (by_end,) = Task.objects.filter(kind="therapy-end", state="open")
    assert by_end.due_on == date(2026, 3, 27)
