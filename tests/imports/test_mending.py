"""Rows in quarantine are mended, tried again or discarded, and the decision holds afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from evenhand.accounts.models import Role, User
from evenhand.casework import models as casework
from evenhand.history.models import Entry
from evenhand.imports.actions import discard, mend, retry
from evenhand.people.models import Child, IdentityStatement
from evenhand.problems import Problem
from evenhand.sources.models import ImportBatch, Mend, RowFinding
from tests import factories
from tests.imports.conftest import NOW, Import
from tests.imports.extracts import Extract

pytestmark = pytest.mark.both_databases
LATER = NOW + timedelta(days=1)


@pytest.fixture
def officer(db: None) -> User:
    """Return a data officer."""
    return factories.user(Role.DATA_OFFICER)


def found(rule: str, standing: str = "open") -> RowFinding:
    """The one finding of a rule that has a standing."""
    return RowFinding.objects.get(rule=rule, standing=standing)


def a_plan(extract: Extract, ends: str) -> Extract:
    extract.person("1")
    return extract.row("ssd_cin_plans", "P1", "1", cinp_cin_plan_end_date=ends)


def test_a_mended_value_is_taken_and_history_shows_both(
    extract: Extract, run: Import, officer: User
) -> None:
    run(a_plan(extract, "0202-05-01"))
    report = mend(found("SSD-D02"), value="2026-05-01", everywhere=False, by=officer, at=LATER)
    assert report.total("created") == 1
    assert casework.NeedPlan.objects.get().ended_on == date(2026, 5, 1)
    assert found("SSD-D02", "mended").mended_by == officer
    entry = Entry.objects.get(action="import.mended")
    assert entry.changes == {"cinp_cin_plan_end_date": ["0202-05-01", "2026-05-01"]}
    assert entry.actor == officer


def test_a_mend_holds_for_later_files(extract: Extract, run: Import, officer: User) -> None:
    run(a_plan(extract, "0202-05-01"))
    mend(found("SSD-D02"), value="2026-05-01", everywhere=False, by=officer, at=LATER)
    report = run(extract)
    assert (report.total("quarantined"), report.total("unchanged")) == (0, 2)
    run(extract.change("ssd_cin_plans", "P1", cinp_cin_plan_end_date="2026-06-01"))
    assert casework.NeedPlan.objects.get().ended_on == date(2026, 6, 1), "the source corrected it"


def test_a_mend_of_one_row_leaves_another_of_the_same_value(
    extract: Extract, run: Import, officer: User
) -> None:
    a_plan(extract, "0202-05-01")
    extract.row("ssd_cin_plans", "P2", "1", cinp_cin_plan_end_date="0202-05-01")
    run(extract)
    first = RowFinding.objects.get(key="P1")
    mend(first, value="2026-05-01", everywhere=False, by=officer, at=LATER)
    assert found("SSD-D02").key == "P2"


def test_a_check_that_fails_again_is_found_again_and_can_be_mended_again(
    extract: Extract, run: Import, officer: User
) -> None:
    run(a_plan(extract, "2026-03-01"))
    again = mend(found("SSD-T01"), value="2026-03-02", everywhere=False, by=officer, at=LATER)
    assert again.has_problems
    assert not casework.NeedPlan.objects.exists()
    mend(found("SSD-T01"), value="2026-04-02", everywhere=False, by=officer, at=LATER)
    assert casework.NeedPlan.objects.get().ended_on == date(2026, 4, 2)
    assert run(extract).total("unchanged") == 2, "the chain of mends leads to the last word"


def test_one_meaning_for_every_row_of_a_local_code(
    extract: Extract, run: Import, officer: User
) -> None:
    for n in range(1, 4):
        extract.person(str(n), ethnicity="A1" if n < 3 else "WIRI")
    run(extract)
    finding = RowFinding.objects.filter(rule="SSD-C01").first()
    assert finding is not None
    report = mend(finding, value="WBRI", everywhere=True, by=officer, at=LATER)
    assert report.total("changed") == 2
    said = IdentityStatement.objects.filter(characteristic="ethnicity")
    assert sorted(said.values_list("answer", flat=True)) == ["WBRI", "WBRI", "WIRI"]
    assert not RowFinding.objects.filter(standing="open").exists()
    extract.person("9", ethnicity="a1")
    run(extract)
    assert not RowFinding.objects.filter(rule="SSD-C01", standing="open").exists()


@pytest.mark.parametrize("value", ["32/13/2026", "0203-01-01"])
def test_a_mend_that_is_itself_wrong_is_refused_and_not_kept(
    extract: Extract, run: Import, officer: User, value: str
) -> None:
    run(a_plan(extract, "0202-05-01"))
    with pytest.raises(Problem):
        mend(found("SSD-D02"), value=value, everywhere=False, by=officer, at=LATER)
    assert not Mend.objects.exists()
    assert found("SSD-D02")


def test_rows_that_wait_for_a_child_are_tried_with_the_childs(
    extract: Extract, run: Import, officer: User
) -> None:
    extract.person("1").person("2", dob="0202-01-01").row("ssd_contacts", "K1", "2")
    run(extract)
    report = mend(found("SSD-D02"), value="2012-01-01", everywhere=False, by=officer, at=LATER)
    assert report.total("created") == 2
    assert casework.Contact.objects.get().child.born_on == date(2012, 1, 1)
    assert not RowFinding.objects.filter(standing="open").exists()


def test_of_two_children_with_one_identifier_one_is_discarded_and_the_other_tried_again(
    extract: Extract, run: Import, officer: User
) -> None:
    extract.person("1", forename="Ada").person("1", forename="Bo").person("2")
    run(extract)
    ada, bo = RowFinding.objects.filter(rule="SSD-K03").order_by("line")
    discard(bo, reason="Typed twice.", by=officer, at=LATER)
    retry([ada], by=officer, at=LATER)
    assert set(Child.objects.values_list("forename", flat=True)) == {"Ada", ""}
    report = run(extract)
    assert (report.total("ignored"), report.total("quarantined")) == (1, 0)
    assert "Typed twice." in found("SSD-I04", "noted").sentence


def test_a_discarded_row_that_the_source_corrects_is_taken(
    extract: Extract, run: Import, officer: User
) -> None:
    run(a_plan(extract, "2026-03-01"))
    discard(found("SSD-T01"), reason="Made in error.", by=officer, at=LATER)
    assert run(extract).total("ignored") == 1
    run(extract.change("ssd_cin_plans", "P1", cinp_cin_plan_end_date="2026-04-01"))
    assert casework.NeedPlan.objects.exists()


def test_a_discard_needs_a_reason_and_an_open_row(
    extract: Extract, run: Import, officer: User
) -> None:
    run(a_plan(extract, "2026-03-01"))
    finding = found("SSD-T01")
    with pytest.raises(Problem, match="No reason"):
        discard(finding, reason=" ", by=officer, at=LATER)
    discard(finding, reason="Made in error.", by=officer, at=LATER)
    with pytest.raises(Problem, match="no longer open"):
        discard(finding, reason="Again.", by=officer, at=LATER)


def test_mended_rows_withdraw_nothing_and_leave_the_day_of_the_data(
    extract: Extract, run: Import, officer: User
) -> None:
    a_plan(extract, "0202-05-01")
    extract.row("ssd_cin_plans", "P2", "1", cinp_cin_plan_start_date="2026-01-01")
    run(extract)
    at: datetime = LATER
    mend(found("SSD-D02"), value="2026-05-01", everywhere=False, by=officer, at=at)
    assert not casework.NeedPlan.objects.filter(withdrawn=True).exists()
    assert ImportBatch.objects.latest("pk").as_at == date(2026, 11, 20)
