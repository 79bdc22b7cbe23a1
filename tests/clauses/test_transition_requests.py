"""A school asks us to come to a young person's transition review: what is decided, and told."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from evenhand.accounts.models import Role, Team
from evenhand.people.models import Child
from evenhand.recording.models import Recording
from evenhand.sources.models import SourceReference
from evenhand.work.models import Task
from tests import factories as make
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
ASKED: dict[str, Any] = {
    "received": "2/3/2026", "school": "Harbour School", "routes": ["PDSI"],
    "review_on": "10/6/2026",
}  # fmt: skip
DECIDED = {"deemed": "yes", "decided_by": "Cal Tern", "decided_on": "4/3/2026"}
NOT_DEEMED = {**DECIDED, "deemed": "no"}


class Asked:
    """A request for a child of 14 of another team, and the disability team's manager."""

    def __init__(self, clock: Clock, **answers: Any) -> None:
        clock.at("2026-03-04")
        self.desk = Desk()
        self.child: Child = self.desk.child(born_on=clock.at("2011-09-14").date())
        clock.at("2026-03-04")
        team = Team.objects.create(ref="cdtcdtcdtcdt", code="CDT", name="Disabled Children's Team")
        self.manager = Desk("Cal Tern", role=Role.TEAM_MANAGER, team=team)
        self.answers = {**ASKED, **answers}
        self.record: Recording = self.desk.writes("transition-request", self.child, **self.answers)

    def says(self, **answers: Any) -> str:
        """Add these answers, and read what the page says then."""
        self.answers |= answers
        self.desk.puts_right(self.record, **self.answers)
        return self.desk.reads(self.record)

    def refused(self, **answers: Any) -> str:
        """Add these answers, which is refused: what the page says."""
        where = reverse("recording:change", args=[self.record.ref])
        reply: Any = self.desk.client.post(where, {**self.answers, **answers})
        assert reply.status_code == 200
        return main_of(reply)

    def letter(self, id_: str) -> str:
        """What a letter of the request says."""
        return self.desk.words("recording:letter", self.record.ref, id_)

    def tasks(self) -> list[Task]:
        """The open tasks of whoever wrote the request down."""
        return list(Task.objects.filter(owner=self.desk.user, state=Task.State.OPEN))


@pytest.mark.clause("IOW-2.3.11", rests_on="forms/transition-request/undecided")
def test_a_request_waits_for_the_disability_teams_manager_until_it_is_decided(clock: Clock) -> None:
    asked = Asked(clock)
    queue = asked.manager.words("transitions:requests")
    assert "Harbour School" in queue
    assert "To be decided" in queue
    assert Task.objects.get(kind="transition-request").team == asked.manager.team
    assert "Decide that, then close the request" in asked.refused(closed="4/3/2026")
    asked.says(**DECIDED, worker="Ana Quay", closed="4/3/2026")
    assert "Harbour School" not in asked.manager.words("transitions:requests")
    assert "Harbour School" in asked.manager.words("transitions:requests", closed="yes")


def test_the_manager_opens_a_record_out_of_reach_to_decide_and_that_is_told(clock: Clock) -> None:
    asked = Asked(clock)
    assert asked.manager.get("recording:one", asked.record.ref).status_code == 404
    where = reverse("transitions:request-open", args=[asked.record.ref])
    assert asked.manager.client.post(where, {"reason": "A school asked us."}).status_code == 302
    assert "Harbour School" in asked.manager.reads(asked.record)
    asked.manager.puts_right(asked.record, **ASKED, **DECIDED)
    assert Task.objects.get(kind="transition-request").state == Task.State.DONE
    stranger = Desk("Ada Lark", role=Role.TEAM_MANAGER)
    assert "Harbour School" not in stranger.words("transitions:requests")
    assert stranger.client.post(where, {"reason": "I am curious."}).status_code == 403


@pytest.mark.clause("IOW-2.3.11-a", rests_on="forms/transition-request/worker-not-named")
def test_a_worker_who_attends_is_named_and_has_a_task_for_the_day(clock: Clock) -> None:
    asked = Asked(clock)
    assert "Worker not named: Cal Tern, Wed 4 March 2026" in asked.says(**DECIDED)
    assert "not named" not in asked.says(worker="Ana Quay")
    (task,) = asked.tasks()
    assert (task.kind, task.due_on.isoformat()) == ("transition-review", "2026-06-10")


@pytest.mark.clause("IOW-2.3.11-b", rests_on="forms/transition-request/referral-awaited")
def test_a_referral_is_awaited_until_the_extract_holds_it(clock: Clock) -> None:
    asked = Asked(clock)
    make.coverage("child.referrals")
    awaited = "Referral awaited: Cal Tern, Wed 4 March 2026"
    make.referral(asked.child, clock.at("2026-02-02").date())
    clock.at("2026-03-04")
    assert awaited in asked.says(**DECIDED, referral_needed="yes")
    assert awaited in asked.desk.words("transitions:requests")
    referral = make.referral(asked.child, clock.at("2026-03-09").date())
    _numbered(referral.pk, "R-2041")
    assert "awaited" not in asked.desk.reads(asked.record)
    queue = asked.desk.words("transitions:requests")
    assert "awaited" not in queue
    assert "Referral R-2041 of Mon 9 March 2026" in queue
    no = asked.says(referral_needed="no")
    assert "Reason for no referral missing: Ana Quay" in no
    assert "Help at school is enough" in asked.says(referral_not_needed="Help at school is enough")


@pytest.mark.clause("IOW-2.3.11-c", rests_on="forms/transition-request/not-considered")
def test_a_transitional_worker_is_considered_and_the_adult_service_is_asked(clock: Clock) -> None:
    asked = Asked(clock)
    missing = "Transitional worker not considered: Cal Tern, Wed 4 March 2026"
    assert missing in asked.says(**DECIDED)
    yes = asked.says(transitional_worker="yes", transitional_worker_why="Moves at 16")
    assert missing not in yes
    assert "Adult service not told: Ana Quay" in yes
    assert "Moves at 16" in asked.letter("pdsi-request")


@pytest.mark.clause("IOW-2.3.11-d", rests_on="forms/transition-request/school-not-told")
def test_a_request_closes_with_no_further_action_once_the_school_was_told(clock: Clock) -> None:
    asked = Asked(clock)
    clock.at("2026-03-12")
    assert "School not told: Ana Quay" in asked.says(**NOT_DEEMED)
    notice = asked.letter("school")
    assert "Harbour School" in notice
    assert "2 March 2026" in notice
    refused = asked.refused(closed="12/3/2026")
    assert "The school has not been told" in refused
    closed = asked.says(notice_sent="12/3/2026", closed="12/3/2026")
    assert "Closed: no further action" in closed
    clock.at("2026-06-11")
    assert "No promise runs from this." in asked.desk.reads(asked.record)


@pytest.mark.clause("IOW-2.3.29", rests_on="forms/transition-request/undecided")
def test_a_request_of_the_other_route_waits_and_cannot_be_closed_undecided(clock: Clock) -> None:
    asked = Asked(clock, routes=["ALDT"])
    (waits,) = table_of(asked.manager.get("transitions:requests"), "Open requests")
    assert "Harbour School" in " ".join(waits)
    assert "ALDT" in " ".join(waits)
    assert "PDSI" not in " ".join(waits)
    assert "Decide that, then close the request" in asked.refused(closed="4/3/2026")


@pytest.mark.clause("IOW-2.3.29-a", rests_on="forms/transition-request/attend")
def test_the_task_is_late_the_day_after_a_review_that_nobody_wrote_down(clock: Clock) -> None:
    asked = Asked(clock, routes=["ALDT"])
    asked.says(**DECIDED, worker="Ana Quay")
    clock.at("2026-06-11")
    assert "Late: it was due yesterday" in asked.desk.words("work:tasks")
    due, _ = asked.desk.promise(asked.record, "Whether the named worker attended")
    assert due == "Wed 10 June 2026"
    asked.says(attended="attended", attendance_recorded="11/6/2026")
    assert asked.tasks() == []


@pytest.mark.clause("IOW-2.3.29-b", rests_on="forms/transition-request/referral-awaited")
def test_the_linked_referral_says_where_it_came_from(clock: Clock) -> None:
    asked = Asked(clock, routes=["ALDT"])
    says = asked.says(**DECIDED, referral_needed="yes", information="She signs.")
    assert "Referral awaited: Cal Tern, Wed 4 March 2026" in says
    printed = asked.letter("request")
    assert "Source: transition review request" in printed
    assert "She signs." in printed
    make.referral(asked.child, clock.at("2026-03-09").date())
    queue = asked.desk.words("transitions:requests")
    assert "Referral of Mon 9 March 2026, source: transition review request" in queue
    assert "awaited" not in queue


@pytest.mark.clause("IOW-2.3.29-c", rests_on="forms/transition-request/aldt-request")
def test_a_draft_asks_the_learning_disability_team_for_a_transitional_worker(clock: Clock) -> None:
    asked = Asked(clock, routes=["ALDT"])
    blank = asked.says(**DECIDED)
    assert "not considered: Cal Tern, Wed 4 March 2026" in blank
    assert "draft" not in blank
    yes = asked.says(transitional_worker="yes", transitional_worker_why="Leaves school at 16")
    assert "Request for a transitional worker, adult learning disability team (draft)" in yes
    assert "Leaves school at 16" in asked.letter("aldt-request")


@pytest.mark.clause("IOW-2.3.29-d", rests_on="forms/transition-request/resend")
def test_a_notice_that_came_back_keeps_the_request_open(clock: Clock) -> None:
    asked = Asked(clock, routes=["ALDT"])
    clock.at("2026-03-12")
    back = asked.says(**NOT_DEEMED, notice_sent="10/3/2026", came_back="yes")
    assert "The notice came back: resend" in back
    assert "Resend it, write down when, then close" in asked.refused(closed="12/3/2026")
    assert "resend" in asked.desk.words("transitions:requests")
    closed = asked.says(notice_sent="12/3/2026", came_back="no", closed="12/3/2026")
    assert "Closed: no further action" in closed


def _numbered(referral: int, number: str) -> None:
    SourceReference.objects.create(
        source=make.source(), kind="referral", key=number, target="casework.referral",
        target_id=referral, last_batch_id=make.batch().pk,
    )  # fmt: skip
