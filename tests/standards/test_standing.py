"""Standing says, for each cycle, what the reference engine says of the same facts."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from evenhand.accounts.models import Role
from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import case
from evenhand.facts.registry import BINDINGS
from evenhand.rules import State, evaluate
from evenhand.rules.london import london_day
from evenhand.rules.periods import months_before
from evenhand.standards import standing
from evenhand.standards.models import Standing, StandingTally
from evenhand.standards.queries import due_for
from evenhand.standards.states import FIELD_OF, horizons_by_standard, state_now
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
REVIEWS = "england/looked-after-review"


def _some_children(count: int = 6) -> None:
    """Children with dirty journeys: ends before starts, reviews twice a day, dates missing."""
    make.coverage(*BINDINGS, complete_to=date(2026, 10, 31))
    chance = random.Random(7)
    service = make.team()
    teams = [make.team(parent=service), make.team()]

    def day() -> date:
        return date(2024, 1, 1) + timedelta(chance.randrange(1100))

    def perhaps() -> date | None:
        return day() if chance.random() < 0.7 else None

    for _ in range(count):
        child = make.child(team=chance.choice(teams), born_on=date(2012, 2, 29))
        referral = make.referral(
            child, day(), closed_on=perhaps(), no_further_action=chance.choice([None, True, False])
        )
        make.assessment(child, day(), authorised_on=perhaps(), referral=referral)
        enquiry = make.section_47(child, day(), conference_needed=chance.choice([None, True]))
        held = make.conference(child, day(), section_47=enquiry)
        plan = make.protection_plan(child, day(), ended_on=perhaps(), conference=held)
        period = make.care_period(child, day(), ended_on=perhaps())
        make.legal_status(period, chance.choice(["C2", "V3", "V4"]))
        for _ in range(chance.randrange(5)):
            make.looked_after_review(period, day())
            make.visit(chance.choice([plan, period]), day())


def _by_reference(now: datetime) -> set[tuple[object, ...]]:
    found = set()
    oldest = months_before(now.date(), standing.MONTHS_SHOWN)
    for standard in standing.recorded_standards():
        known = horizons(standard.facts())
        for pk in standing.SUBJECTS[standard.subject].model.objects.values_list("pk", flat=True):
            facts = case(standard.subject, pk)
            for one in evaluate(standard, facts, policy().calendar, now, known):
                due = one.due and london_day(one.due)
                if due is None or (one.state == "not recorded" and due < oldest):
                    continue
                found.add(
                    (standard.id, pk, one.cycle, str(one.state), due, one.done, one.excused_by)
                )
    return found


def _as_it_stands(now: datetime) -> set[tuple[object, ...]]:
    known = horizons_by_standard()
    return {
        (
            row.standard,
            row.subject_id,
            row.cycle,
            str(state_now(row, now, known)),
            row.due_on,
            row.done_at or row.done_on,
            row.excused_by,
        )
        for row in Standing.objects.all()
    }


def test_standing_is_what_the_reference_engine_says() -> None:
    _some_children()
    standing.rebuild(now=make.NOW)
    assert _as_it_stands(make.NOW) == _by_reference(make.NOW)
    assert {row.standard for row in Standing.objects.all()} >= {REVIEWS}


def test_a_second_rebuild_writes_nothing() -> None:
    _some_children(4)
    standing.rebuild(now=make.NOW)
    ids = set(Standing.objects.values_list("pk", flat=True))
    again = standing.rebuild(now=make.NOW)
    assert (again.written, again.deleted) == (0, 0)
    assert set(Standing.objects.values_list("pk", flat=True)) == ids


def test_restating_one_child_gives_what_a_rebuild_of_all_gives_and_moves_the_tallies() -> None:
    _some_children(6)
    standing.refresh(make.NOW)
    period = standing.SUBJECTS["care_period"].model.objects.first()
    make.looked_after_review(period, period.started_on + timedelta(3))
    period.child.referrals.update(withdrawn=True)
    standing.restate([period.child_id], make.NOW)
    restated, tallies = _as_it_stands(make.NOW), _tallies()
    standing.refresh(make.NOW)
    assert _as_it_stands(make.NOW) == restated
    assert _tallies() == tallies


def _tallies() -> set[tuple[object, ...]]:
    fields = ("standard", "team", "month", *FIELD_OF.values(), "as_at")
    rows = StandingTally.objects.values_list(*fields)
    return {row for row in rows if any(row[3:-1])}


def test_tallies_count_each_cycle_for_its_team_the_services_above_and_the_authority() -> None:
    make.coverage(*BINDINGS)
    service = make.team()
    team, other = make.team(parent=service), make.team(parent=service)
    for whose in (team, team, other):
        period = make.care_period(make.child(team=whose), date(2026, 10, 1))
        make.looked_after_review(period, date(2026, 10, 20))
    standing.refresh(make.NOW)
    kept = StandingTally.objects.filter(standard=REVIEWS, kept__gt=0)
    counts = {tally.team_id: (tally.month, tally.kept) for tally in kept}
    month = date(2026, 10, 1)
    assert counts == {
        team.pk: (month, 2), other.pk: (month, 1), service.pk: (month, 3), None: (month, 3)
    }  # fmt: skip


def test_what_was_not_done_turns_late_when_its_day_has_passed() -> None:
    make.coverage(*BINDINGS, complete_to=date(2026, 12, 31))
    make.care_period(make.child(), date(2026, 11, 1))
    standing.refresh(make.NOW)
    tally = StandingTally.objects.get(standard=REVIEWS, team=None)
    assert (tally.open, tally.late) == (1, 0)
    after = make.NOW + timedelta(30)
    assert standing.refresh_if_stale(after) is True
    assert standing.refresh_if_stale(after) is False
    tally = StandingTally.objects.get(standard=REVIEWS, team=None)
    assert (tally.open, tally.late) == (0, 1)


def test_looking_whether_tallies_are_stale_takes_one_query(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    make.coverage(*BINDINGS)
    make.care_period(make.child(), date(2026, 11, 1))
    standing.refresh(make.NOW)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert standing.refresh_if_stale(make.NOW) is False


def test_what_no_source_holds_is_not_recorded_and_older_cycles_of_it_are_not_kept() -> None:
    make.coverage("care_period.legal_statuses", "care_period.started")
    make.care_period(make.child(), date(2026, 10, 1))
    make.care_period(make.child(), date(2020, 10, 1))
    standing.refresh(make.NOW)
    rows = Standing.objects.filter(standard=REVIEWS)
    assert [row.kind for row in rows] == [Standing.Kind.NOT_RECORDED]
    assert StandingTally.objects.get(standard=REVIEWS, team=None).not_recorded == 1


def test_short_breaks_are_out() -> None:
    make.coverage(*BINDINGS)
    make.legal_status(make.care_period(make.child(), date(2026, 10, 1)), "V4")
    standing.rebuild(now=make.NOW)
    assert not Standing.objects.filter(standard=REVIEWS).exists()


def test_a_failure_half_way_leaves_what_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    _some_children(3)
    standing.rebuild(now=make.NOW)
    before = _as_it_stands(make.NOW)
    make.care_period(make.child(), date(2026, 10, 1))
    monkeypatch.setattr(standing.storing, "write_rows", _fail)
    with pytest.raises(RuntimeError):
        standing.rebuild(now=make.NOW)
    assert _as_it_stands(make.NOW) == before


def _fail(*args: object) -> None:
    raise RuntimeError("the disk is full")


def test_an_event_that_moves_to_another_child_stands_there() -> None:
    make.coverage(*BINDINGS)
    first, second = make.child(), make.child()
    period = make.care_period(first, date(2026, 10, 1))
    standing.refresh(make.NOW)
    type(period).objects.update(child=second)
    standing.restate([second.pk], make.NOW)
    assert set(Standing.objects.values_list("child", flat=True)) == {second.pk}


def test_what_cannot_be_called_late_does_not_crowd_out_what_is() -> None:
    """Closed cases and days that no source covers come first by day, and are passed over."""
    team = make.team()
    make.coverage(*BINDINGS, complete_from=date(2026, 6, 1))
    for _ in range(3):
        make.care_period(make.child(team=team, is_open=False), date(2026, 7, 1))
        make.care_period(make.child(team=team), date(2026, 1, 5))
    waiting = make.child(team=team)
    make.care_period(waiting, date(2026, 9, 1))
    standing.refresh(make.NOW)

    found = due_for(make.user(Role.TEAM_MANAGER, team=team), now=make.NOW, most=1)

    assert [(one.row.child, one.state) for one in found] == [(waiting, State.LATE)]
