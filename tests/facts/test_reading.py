"""Facts are read the same for one case and for all, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.casework.models import CoreGroup, ImmigrationStatus
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import case, columns
from evenhand.facts.registry import BINDINGS, SUBJECTS
from evenhand.rules.states import Horizon
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MANY = ("care_period.reviews_held", "care_period.legal_statuses", "care_period.participation")


def test_a_case_holds_the_subjects_own_facts_and_its_related_rows_in_order() -> None:
    make.coverage(*MANY)
    period = make.care_period(make.child(), date(1999, 12, 31))
    make.looked_after_review(period, date(2026, 3, 1), participation="PN1")
    make.looked_after_review(period, date(2026, 1, 1))
    make.legal_status(period, "C2")
    read = case("care_period", period.pk)
    assert read["care_period.started"] == date(1999, 12, 31)
    assert read["care_period.ended"] is None
    assert read["care_period.reviews_held"] == (date(2026, 1, 1), date(2026, 3, 1))
    assert read["care_period.legal_statuses"] == ("C2",)
    assert read["care_period.participation"] == ("PN1",)


def test_every_subject_reads_the_same_one_by_one_and_in_columns() -> None:
    make.coverage(*MANY)
    child = make.child(born_on=date(1969, 7, 1))
    for started in (date(2025, 1, 1), date(2026, 1, 1)):
        period = make.care_period(child, started)
        make.looked_after_review(period, started)
    names = [n for n, b in BINDINGS.items() if b.fact.subject == "care_period"]
    whole = columns("care_period", names)
    assert [whole.case(i) for i in (0, 1)] == [case("care_period", pk) for pk in whole.ids.tolist()]


def test_every_bound_fact_can_be_read_with_nothing_there() -> None:
    for subject in SUBJECTS:
        names = [n for n, b in BINDINGS.items() if b.fact.subject == subject]
        assert len(columns(subject, names).ids) == 0


def test_a_fact_of_many_values_that_no_source_holds_is_not_recorded_rather_than_none() -> None:
    period = make.care_period(make.child(), date(2026, 1, 1))
    assert "care_period.reviews_held" not in case("care_period", period.pk)
    make.coverage("care_period.reviews_held")
    assert case("care_period", period.pk)["care_period.reviews_held"] == ()


def test_withdrawn_and_cancelled_rows_are_out() -> None:
    make.coverage(*MANY)
    period = make.care_period(make.child(), date(2026, 1, 1))
    make.looked_after_review(period, date(2026, 1, 10), withdrawn=True)
    make.looked_after_review(period, date(2026, 1, 11), cancelled=True)
    make.looked_after_review(period, date(2026, 1, 12), cancelled=False)
    make.care_period(make.child(), date(2026, 1, 1), withdrawn=True)
    assert columns("care_period", ()).ids.tolist() == [period.pk]
    assert case("care_period", period.pk)["care_period.reviews_held"] == (date(2026, 1, 12),)


def test_an_event_of_a_merged_child_belongs_to_the_canonical_one() -> None:
    kept = make.child()
    merged = make.child(merged_into=kept)
    make.referral(merged, date(2026, 1, 1))
    assert columns("referral", ()).children.tolist() == [kept.pk]
    assert columns("child", ()).ids.tolist() == [kept.pk]
    assert len(columns("referral", (), children=[kept.pk]).ids) == 1


def test_an_event_is_its_own_teams_and_else_the_childs() -> None:
    own, childs = make.team(), make.team()
    worker = make.worker(team=childs)
    child = make.child(team=childs, worker=worker)
    make.referral(child, date(2026, 1, 1), team=own)
    make.referral(child, date(2026, 1, 2))
    read = columns("referral", ())
    assert read.teams.tolist() == [own.pk, childs.pk]
    assert read.workers.tolist() == [worker.pk, worker.pk]
    assert columns("care_period", ()).teams.tolist() == []


def test_the_earliest_conference_that_followed_an_enquiry() -> None:
    child = make.child()
    enquiry = make.section_47(child, date(2026, 1, 1))
    make.conference(child, date(2026, 1, 20), section_47=enquiry)
    make.conference(child, date(2026, 1, 15), section_47=enquiry)
    make.conference(child, date(2026, 1, 2), section_47=enquiry, withdrawn=True)
    assert case("section_47", enquiry.pk)["section_47.conference_held"] == date(2026, 1, 15)


def test_unaccompanied_is_what_the_latest_status_says() -> None:
    child, other, unknown = make.child(), make.child(), make.child()
    said = "Unaccompanied Asylum Seeking Child"
    for who, status, day in (
        (child, said, date(2025, 1, 1)),
        (other, said, date(2025, 1, 1)),
        (other, "Refugee Status", date(2026, 1, 1)),
    ):
        ImmigrationStatus.objects.create(child=who, status=status, started_on=day)
    read = {pk: case("child", pk)["child.unaccompanied"] for pk in (child.pk, other.pk, unknown.pk)}
    assert read == {child.pk: True, other.pk: False, unknown.pk: None}


def test_the_best_ranked_source_gives_the_horizon() -> None:
    make.coverage("care_period.started", complete_to=date(2026, 6, 1), key="ssda903", rank=2)
    make.coverage("care_period.started", complete_to=date(2026, 11, 20), key="ssd", rank=1)
    found = horizons(["care_period.started", "care_period.ended"])
    assert found["care_period.started"] == Horizon(make.LONG_AGO, date(2026, 11, 20))
    assert found["care_period.ended"] is None


def test_a_table_of_ours_holds_its_fact_from_the_first_day_it_is_used() -> None:
    name = "protection_plan.core_groups_held"
    assert horizons([name])[name] is None
    plan = make.protection_plan(make.child(), date(2026, 1, 1))
    CoreGroup.objects.create(child=plan.child, plan=plan, held_on=date(2026, 2, 3))
    assert horizons([name])[name] == Horizon(date(2026, 2, 3), None)
