"""My work: what waits, in which order, why, and that putting off or passing on moves no day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.facts.registry import BINDINGS
from evenhand.history.models import Entry, View
from evenhand.people.models import Child
from evenhand.promises import lines
from evenhand.promises.models import Aside
from evenhand.standards import standing
from evenhand.standards.models import Standing
from evenhand.work.actions import open_task
from tests import factories as make
from tests.clock import Clock
from tests.pages import links_of, main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20
MESSAGE = {"received_at_day": "20/4/2026", "received_at_time": "10am", "caller": "Jo Reed"}
REVIEWS = ("care_period.reviews_held", "care_period.started", "care_period.legal_statuses")
REVIEW = "Looked-after reviews are held"


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A social worker whose data reach far back and to this day."""
    clock.at("2026-04-22")
    make.coverage(*REVIEWS, complete_to=None)
    return Desk()


def in_care(desk: Desk, since: str) -> Child:
    """A child in care, whose first review is due after 20 working days."""
    child = desk.child()
    make.legal_status(make.care_period(child, date.fromisoformat(since)), "C2")
    return child


def stands(clock: Clock, day: str) -> None:
    standing.refresh(clock.at(day))


def rows(desk: Desk, **query: str) -> list[list[str]]:
    return table_of(desk.get("promises:mine", **query), "What waits")


def first_link(desk: Desk, within: str = "/my-work/child/") -> str:
    links = links_of(desk.get("promises:mine"))
    return next(link for link in links if link.startswith(within))


def test_one_list_of_promises_messages_tasks_and_what_is_missing(desk: Desk, clock: Clock) -> None:
    in_care(desk, "2026-03-02")
    desk.writes("phone-message", **MESSAGE)
    open_task(
        by=None, at=timezone.now(), kind="restriction-review", what="Look again", owner=desk.user,
        due_on=date(2026, 5, 5),
    )  # fmt: skip
    stands(clock, "2026-04-22")
    found = rows(desk)
    late = [row for row in found if row[3].startswith("Late")]
    assert [row[0].split("Within")[0] for row in late][:1] == [REVIEW]
    assert "ENG-CPPCR-33-1" in late[0][0]
    assert "The law's limit" in late[0][2]
    words = " ".join(row[0] for row in found)
    assert "A phone message is answered" in words
    assert "Look again" in words
    said = {row[0][:10]: row[-1] for row in found}
    assert said["Look again"] == "Say that it is done"
    assert said["A phone me"] == "Say when"
    assert said[REVIEW[:10]] == "In the case system"


def test_the_law_stands_before_a_promise_and_the_oldest_first(desk: Desk, clock: Clock) -> None:
    in_care(desk, "2026-03-09")
    in_care(desk, "2026-03-02")
    desk.writes("phone-message", **{**MESSAGE, "received_at_day": "1/4/2026"})
    stands(clock, "2026-04-22")
    late = [row for row in rows(desk) if row[3].startswith("Late")]
    kinds = ["The law" in row[2] for row in late]
    assert kinds == sorted(kinds, reverse=True)
    assert False in kinds
    assert "30 March" in late[0][2]


def test_putting_off_and_passing_on_move_no_day(desk: Desk, clock: Clock) -> None:
    in_care(desk, "2026-03-02")
    stands(clock, "2026-04-22")
    due = Standing.objects.get(standard="england/looked-after-review").due_on
    one = first_link(desk)
    reply = desk.client.post(f"{one}put-off/", {"until": "1/5/2026", "reason": "At school camp"})
    assert reply.status_code == 302
    assert "Put off until Fri 1 May 2026" in rows(desk, section="later")[0][3]
    assert str(due and due.day) in rows(desk, section="later")[0][2]
    colleague = Desk("Bo Reed", role=Role.TEAM_MANAGER, team=desk.team)
    desk.client.post(f"{one}pass-on/", {"owner": colleague.user.username})
    assert "Passed on to Bo Reed" in rows(desk, section="waiting")[0][3]
    assert any(row[0].startswith(REVIEW) for row in rows(colleague))
    stands(clock, "2026-05-02")
    assert Standing.objects.get(standard="england/looked-after-review").due_on == due
    assert Aside.objects.count() == 1
    told = Entry.objects.filter(action__startswith="promise.").order_by("pk")
    assert [one.action for one in told] == ["promise.put_off", "promise.passed_on"]


def test_nobody_is_passed_what_they_may_not_open(desk: Desk, clock: Clock) -> None:
    in_care(desk, "2026-03-02")
    stands(clock, "2026-04-22")
    stranger = Desk("Cy Stone")
    reply = desk.client.post(f"{first_link(desk)}pass-on/", {"owner": stranger.user.username})
    assert "Cy Stone may not open this record." in main_of(reply)
    assert not Aside.objects.exists()


def test_a_look_at_a_promise_is_logged_and_a_stranger_finds_none(desk: Desk, clock: Clock) -> None:
    child = in_care(desk, "2026-03-02")
    stands(clock, "2026-04-22")
    one = first_link(desk)
    assert REVIEW in main_of(desk.client.get(one))
    assert View.objects.filter(child_id=child.pk, page="promise").exists()
    assert Desk("Cy Stone").client.get(one).status_code == 404
    assert desk.client.get(one[:-2] + "x/").status_code == 404


def test_a_manager_sees_the_teams_work_and_its_own_apart(desk: Desk, clock: Clock) -> None:
    in_care(desk, "2026-03-02")
    stands(clock, "2026-04-22")
    manager = Desk("Bo Reed", role=Role.TEAM_MANAGER, team=desk.team)
    assert "Nothing waits for you here." in manager.words("promises:mine")
    team = rows(manager, whose="team")
    assert team[0][0].startswith(REVIEW)
    assert "Ana Quay" in team[0][4]
    assert "My people's" not in desk.words("promises:mine")


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.EQUALITY_LEAD, Role.ADMINISTRATOR])
def test_with_nothing_to_do_it_says_so(clock: Clock, role: Role) -> None:
    clock.at("2026-04-22")
    assert "Nothing waits for you here." in Desk("Di Rook", role=role).words("promises:mine")


def test_it_costs_as_much_however_much_waits(desk: Desk, clock: Clock) -> None:
    for number in range(30):
        in_care(desk, f"2026-03-{number % 20 + 1:02}")
        desk.writes("phone-message", **MESSAGE)
    stands(clock, "2026-04-22")
    make.coverage(*BINDINGS, complete_to=None)
    client = desk.client
    client.get(reverse("promises:mine"))
    with CaptureQueriesContext(connection) as ran:
        found = main_of(client.get(reverse("promises:mine")))
    assert re.search(r"Everything: 6\d|Everything: [7-9]\d", found)
    assert len(ran) <= MOST_QUERIES, "\n".join(one["sql"][:200] for one in ran)


def test_the_first_page_leads_to_it(desk: Desk) -> None:
    assert reverse("promises:mine") in links_of(desk.get("pages:home"))
    assert User.objects.count() == 1


def _task(desk: Desk, what: str) -> None:
    open_task(
        by=None, at=timezone.now(), kind="restriction-review", what=what, owner=desk.user,
        due_on=date(2026, 5, 5),
    )  # fmt: skip


def test_what_is_not_listed_is_said_with_where_it_is(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that ends before all is shown says so: for promises, tasks and what is missing."""
    monkeypatch.setattr(lines, "MOST", 2)
    for number in range(3):
        in_care(desk, "2026-01-05")
        if number < 2:
            _task(desk, f"Task {number}")
    stands(clock, "2026-04-22")
    said = {row[0].split(":")[0]: row[-1] for row in rows(desk) if row[0].startswith("More than")}
    assert said == {"More than 2 promises to children wait": "See them all"}
    assert reverse("standards:overview") in links_of(desk.get("promises:mine"))
    _task(desk, "Task 3")
    assert "More than 2 tasks wait" in main_of(desk.get("promises:mine"))
