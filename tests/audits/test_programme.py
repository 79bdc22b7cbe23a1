"""The year's programme: drawn up once, counted from its audits, moved with a reason, closed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from evenhand.accounts.models import Role
from evenhand.audits.actions import programme as actions
from evenhand.audits.models import Slot
from evenhand.audits.queries import programme as queries
from evenhand.audits.tables.programme import whose
from evenhand.problems import Problem
from evenhand.rules.states import State
from evenhand.versions import Superseded
from tests import factories as make
from tests.audits import making

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2026, 1, 5, 9, tzinfo=UTC)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def _team(name: str = "") -> Any:
    found = make.team(name)
    make.child(team=found)
    return found


def _assurance() -> Any:
    return make.user(Role.QUALITY_ASSURANCE)


@pytest.mark.both_databases
def test_a_year_drawn_up_again_is_the_same_year() -> None:
    _team()
    make.user(Role.SERVICE_MANAGER)
    by = _assurance()
    first = actions.generate(2026, by=by, at=NEW_YEAR)
    again = actions.generate(2026, by=by, at=NEW_YEAR)
    assert (len(first), again) == (Slot.objects.count(), [])
    assert {slot.month.month for slot in first} == set(range(1, 13))


def test_a_team_that_is_new_in_june_owes_nothing_for_may() -> None:
    by = _assurance()
    _team()
    actions.generate(2026, by=by, at=NEW_YEAR)
    new = _team()
    actions.generate(2026, by=by, at=datetime(2026, 6, 9, tzinfo=UTC))
    months = Slot.objects.filter(team=new, line="team-manager").values_list("month", flat=True)
    assert sorted(one.month for one in months) == [6, 7, 8, 9, 10, 11, 12]


def test_a_slot_of_a_person_names_them() -> None:
    manager = make.user(Role.SERVICE_MANAGER)
    slot = making.slot("supervision", MAY, person=manager)
    assert whose(slot) == manager.name


def test_services_and_teams_that_work_with_nobody_have_no_slot() -> None:
    service = make.team("Service")
    make.child(team=service)
    team = make.team("Harbour", parent=service)
    make.worker(team=make.team("Reviewing"))
    make.user(Role.TEAM_MANAGER, team=team)
    actions.generate(2026, by=_assurance(), at=NEW_YEAR)
    assert set(Slot.objects.filter(line="team-manager").values_list("team", flat=True)) == {team.pk}


@pytest.mark.parametrize(
    ("done", "on", "state"),
    [(5, "2026-05-31", State.OPEN), (5, "2026-06-01", State.LATE), (6, "2026-06-01", State.KEPT)],
)
def test_a_slot_is_late_the_day_after_its_month(done: int, on: str, state: State) -> None:
    slot = making.slot("team-manager", MAY, files=6, due_on=date(2026, 5, 31), team=_team())
    assert queries.state_of(slot, done, datetime.fromisoformat(f"{on}T12:00+00:00")) is state


def test_what_was_done_after_the_month_is_kept_late_and_twins_count_once() -> None:
    team, auditor = _team(), make.user(Role.TEAM_MANAGER)
    slot = making.slot("team-manager", MAY, files=2, due_on=date(2026, 5, 31), team=team)
    first = making.audit(auditor, slot=slot, team=team, done_on=date(2026, 5, 12))
    making.audit(auditor, slot=slot, team=team, done_on=date(2026, 5, 13), twin_of=first)
    late = datetime(2026, 6, 9, tzinfo=UTC)
    assert queries.standings_of([slot], late)[slot.pk][1:] == (1, 1, State.LATE)
    making.audit(auditor, slot=slot, team=team, done_on=date(2026, 6, 1))
    assert queries.standings_of([slot], late)[slot.pk][1:] == (2, 1, State.KEPT_LATE)


@pytest.mark.both_databases
def test_the_data_officers_file_counts_toward_the_teams_number() -> None:
    team, officer = _team(), make.user(Role.DATA_OFFICER)
    mine = making.slot("team-manager", MAY, files=6, team=team)
    theirs = making.slot("data-officer", MAY, team=team)
    other = making.slot("data-officer", MAY, team=_team())
    making.audit(officer, slot=theirs, team=team, done_on=date(2026, 5, 4))
    making.audit(officer, slot=other, done_on=date(2026, 5, 4))
    assert queries.done_of([mine, theirs]) == {mine.pk: 1, theirs.pk: 1}


def test_a_slot_is_moved_with_a_reason_and_to_no_month_that_is_over() -> None:
    by, slot = _assurance(), making.slot("senior", MAY)
    now = datetime(2026, 5, 6, tzinfo=UTC)
    for month, why in ((JUNE, " "), (date(2026, 4, 1), "Leave"), (MAY, "Leave")):
        with pytest.raises(Problem):
            actions.move(slot, month, by=by, at=now, version=slot.version, why=why)
    actions.move(slot, JUNE, by=by, at=now, version=slot.version, why="Two are on leave")
    slot.refresh_from_db()
    assert (slot.month, slot.due_on, slot.moved_why) == (
        JUNE,
        date(2026, 6, 30),
        "Two are on leave",
    )
    with pytest.raises(Superseded):
        actions.move(slot, date(2026, 7, 1), by=by, at=now, version=1, why="Again")


def test_only_who_manages_the_programme_changes_it() -> None:
    slot = making.slot("threshold", MAY)
    manager = make.user(Role.TEAM_MANAGER, team=make.team())
    with pytest.raises(Problem, match="quality assurance"):
        actions.close(slot, by=manager, at=NEW_YEAR, version=1)
    with pytest.raises(Problem, match="quality assurance"):
        actions.generate(2027, by=manager, at=NEW_YEAR)
    actions.close(slot, by=_assurance(), at=NEW_YEAR, version=1)
    with pytest.raises(Problem, match="closed"):
        actions.close(slot, by=_assurance(), at=NEW_YEAR, version=2)
