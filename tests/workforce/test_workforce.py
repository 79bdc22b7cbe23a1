"""Supervision, absences, posts and plans: who sees whom, and what is refused in a sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.accounts.models import Role, Worker
from evenhand.rules.states import State
from evenhand.workforce import actions
from evenhand.workforce.judging import Away, Told, has_plan, months, months_away
from evenhand.workforce.models import Absence, Supervision
from evenhand.workforce.queries.months import months_of
from tests import factories as make
from tests.clock import Clock
from tests.pages import table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
NOTES = "He finds the court work hard."
MAY = date(2026, 5, 1)
MOST_QUERIES = 24


def test_a_month_is_away_where_no_working_day_was_worked() -> None:
    """1 May 2026 is a Friday, 4 May a bank holiday, 30 and 31 May a week-end."""
    june = date(2026, 6, 30)
    assert list(months_away([Away(MAY, date(2026, 5, 29))], MAY, june)) == [MAY]
    assert list(months_away([Away(date(2026, 5, 2), date(2026, 5, 31))], MAY, june)) == []
    halves = [Away(MAY, date(2026, 5, 15)), Away(date(2026, 5, 18), None)]
    assert list(months_away(halves, MAY, june)) == [MAY, date(2026, 6, 1)]


def test_nothing_is_known_of_months_before_supervision_was_written_down(clock: Clock) -> None:
    now, told = clock.at("2026-06-01"), Told(started_on=date(2020, 1, 1))
    found = months(told, since=date(2026, 3, 1), began=date(2026, 4, 10), now=now)
    assert [one.state for one in found] == [
        State.NOT_KNOWN, State.NOT_KNOWN, State.LATE, State.OPEN,
    ]  # fmt: skip
    assert months(Told(), since=MAY, began=None, now=now) == []


def test_months_end_when_somebody_leaves_and_begin_when_they_come(clock: Clock) -> None:
    now = clock.at("2026-08-15")
    told = Told(started_on=date(2026, 5, 1), left_on=date(2026, 7, 10))
    found = months(told, since=date(2026, 3, 1), began=date(2026, 3, 1), now=now)
    assert [one.first for one in found] == [MAY, date(2026, 6, 1)]


def test_a_plan_is_in_force_for_its_time_and_no_longer(clock: Clock) -> None:
    told = Told(plans=(date(2026, 5, 1),))
    assert has_plan(told, began=None, now=clock.at("2027-05-01"))
    assert not has_plan(told, began=None, now=clock.at("2027-05-02"))
    assert not has_plan(Told(), began=None, now=clock.at("2026-05-02"))


def test_notes_are_read_by_the_person_and_their_line_alone(clock: Clock) -> None:
    clock.at("2026-05-10")
    manager = Desk("Mo Tern", role=Role.TEAM_MANAGER)
    ana = Desk("Ana Quay", team=manager.team)
    form = {"held_on": "8/5/2026", "notes": NOTES}
    manager.client.post(f"/supervision/people/{ana.worker.ref}/supervised/", form)
    held = Supervision.objects.get()
    assert (held.supervisor, held.worker) == (manager.worker, ana.worker)
    for desk in (manager, ana):
        assert NOTES in desk.words("workforce:held", held.ref)
    ben, other = Desk("Ben Reed", team=manager.team), Desk("Jo Gull", role=Role.TEAM_MANAGER)
    quality = Desk("Quinn Meadow", role=Role.QUALITY_ASSURANCE)
    for desk in (ben, other, quality):
        assert desk.get("workforce:held", held.ref).status_code == 404
    assert "Ana Quay" not in quality.words("workforce:supervision")
    assert "8 May" in ana.words("workforce:mine")
    assert ana.get("workforce:worker", ana.worker.ref).status_code == 403
    assert other.get("workforce:worker", ana.worker.ref).status_code == 404


def test_bad_input_gets_a_sentence_and_changes_nothing(clock: Clock) -> None:
    clock.at("2026-05-10")
    manager = Desk("Mo Tern", role=Role.TEAM_MANAGER)
    ana = make.worker("Ana Quay", team=manager.team)
    page = f"/supervision/people/{ana.ref}"
    tries = (
        ("supervised", {"held_on": "11/5/2026"}, "must be on or before 10/5/2026"),
        ("supervised", {"held_on": "8/5/2026", "by_name": "ana quay"}, "cannot supervise them"),
        ("away", {"since": "8/5/2026", "until": "7/5/2026"}, "is before the first day away"),
        ("post", {"started_on": "8/5/2026", "left_on": "7/5/2026"}, "is before they began"),
        ("plan", {"agreed_on": "soon"}, "The date must"),
    )
    for step, given, words in tries:
        reply = manager.client.post(f"{page}/{step}/", given)
        assert reply.status_code == 200
        assert words in reply.content.decode()
    assert not Supervision.objects.exists()
    assert not Absence.objects.exists()


def test_what_was_written_by_mistake_counts_no_more_and_stays(clock: Clock) -> None:
    now = clock.at("2026-06-02")
    manager = Desk("Mo Tern", role=Role.TEAM_MANAGER)
    ana = make.worker("Ana Quay", team=manager.team)
    for on in (date(2026, 4, 28), date(2026, 5, 20)):
        actions.record_supervision(ana, by=manager.user, at=now, held_on=on,
                                   supervisor=manager.worker)  # fmt: skip
    assert months_of(ana, MAY, now)[0].state is State.KEPT
    wrong = Supervision.objects.get(held_on=date(2026, 5, 20))
    manager.client.post(f"/supervision/written/{wrong.ref}/in-error/", {"reason": "Another's."})
    assert months_of(ana, MAY, now)[0].state is State.LATE
    assert "written down by mistake" in manager.words("workforce:held", wrong.ref)
    again = manager.client.post(f"/supervision/written/{wrong.ref}/in-error/", {"reason": "Twice"})
    assert "taken back already" in again.content.decode()


def test_somebody_who_is_back_is_counted_again(clock: Clock) -> None:
    now = clock.at("2026-06-02")
    manager = Desk("Mo Tern", role=Role.TEAM_MANAGER)
    ana, ben = (make.worker(name, team=manager.team) for name in ("Ana Quay", "Ben Reed"))
    actions.record_supervision(ben, by=manager.user, at=now, held_on=date(2026, 4, 1),
                               supervisor=manager.worker)  # fmt: skip
    manager.client.post(f"/supervision/people/{ana.ref}/away/", {"since": "27/4/2026"})
    assert months_of(ana, MAY, now)[0].state is State.EXCUSED
    absence = Absence.objects.get()
    manager.client.post(f"/supervision/away/{absence.ref}/", {"until": "15/5/2026"})
    assert months_of(ana, MAY, now)[0].state is State.LATE
    row = table_of(manager.get("workforce:worker", ana.ref), "Away")[0]
    assert row[:2] == ["Mon 27 April 2026", "Fri 15 May 2026"]


def test_who_left_is_asked_of_no_more_and_can_be_put_right(clock: Clock) -> None:
    clock.at("2026-06-02")
    manager = Desk("Mo Tern", role=Role.TEAM_MANAGER)
    ana = make.worker("Ana Quay", team=manager.team)
    manager.client.post(f"/supervision/people/{ana.ref}/post/", {"left_on": "1/6/2026"})
    assert "Ana Quay" not in manager.words("workforce:supervision")
    manager.client.post(f"/supervision/people/{ana.ref}/post/", {"left_on": ""})
    assert "Ana Quay" in manager.words("workforce:supervision")


def test_the_page_costs_the_same_for_many(clock: Clock) -> None:
    now = clock.at("2026-06-02")
    manager = Desk("Mo Tern", role=Role.SERVICE_MANAGER)
    numbers = []
    for place in range(20):
        one = make.worker(f"Sam {place}", team=manager.team)
        actions.record_supervision(one, by=manager.user, at=now, held_on=MAY + timedelta(place),
                                   supervisor=manager.worker)  # fmt: skip
        if place in (1, 19):
            numbers.append(_queries(manager))
    assert numbers[0] == numbers[1] <= MOST_QUERIES


def _queries(desk: Desk) -> int:
    client = desk.client
    with CaptureQueriesContext(connection) as found:
        assert client.get(reverse("workforce:supervision")).status_code == 200
    return len(found)


def test_nothing_is_said_of_a_team_in_which_no_supervision_is_known(clock: Clock) -> None:
    """One team that writes supervision down does not turn the others red."""
    now = clock.at("2026-06-02")
    one, other = make.team(name="Team One"), make.team(name="Team Two")
    ana = make.worker("Ana Quay", team=one)
    make.worker("Ben Reed", team=other)
    director = Desk("Dee Hill", role=Role.DIRECTOR)
    Worker.objects.filter(pk=director.worker.pk).update(team=None)
    actions.record_supervision(ana, by=director.user, at=now, held_on=date(2026, 4, 28),
                               supervisor=None, supervisor_name="Mo Tern")  # fmt: skip
    teams = {row[0]: row[-2:] for row in table_of(
        director.get("workforce:supervision"), "Supervised, team by team")}  # fmt: skip
    assert teams == {"Team One": ["0 of 1", "0 of 1"], "Team Two": ["Not known", "Not known"]}
    gaps = {row[0]: row[1] for row in table_of(
        director.get("pages:inspection"), "What an inspector would find")}  # fmt: skip
    assert gaps["Staff who were not supervised last month"] == "1 of 1"
    assert gaps["Staff of teams of whose supervision nothing is known here"] == "1 of 2"
