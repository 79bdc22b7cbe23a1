"""Care leavers: what forms add to the case system's record, and how a standing changes."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.config import upkeep
from evenhand.design.wording import day
from evenhand.history.models import Entry
from evenhand.leaving_care import actions
from evenhand.people.models import Child
from evenhand.work.models import Task
from tests import factories as make
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A social worker whose records reach far back."""
    clock.at("2026-03-02")
    make.coverage("care_period.started", complete_from=date(1990, 1, 1), complete_to=None)
    return Desk()


def young(desk: Desk, born: str, care: tuple[str, str] | None = None, reason: str = "") -> Child:
    """A young person of this worker's, born on a day, perhaps in care between two days."""
    child = desk.child(born_on=date.fromisoformat(born))
    if care:
        first, last = (date.fromisoformat(each) for each in care)
        make.care_period(child, first, ended_on=last, end_reason=reason)
    return child


def reads(desk: Desk, child: Child) -> str:
    """What the page of one young person says."""
    return desk.words("leaving_care:one", child.ref)


def stood(kind: str, since: str, until: str = "") -> str:
    """A standing and its days, as the page says them."""
    last = f", until {day(date.fromisoformat(until))}" if until else ""
    return f"{kind}Since {day(date.fromisoformat(since))}{last}"


@pytest.mark.clause("IOW-2.3.42", rests_on="leaving-care/looked-after-for")
def test_one_status_with_its_facts_is_looked_at_again_and_the_change_is_kept(
    desk: Desk, clock: Clock
) -> None:
    child = young(desk, "2010-01-10", ("2025-01-01", "2026-04-01"))
    actions.tend(timezone.now())
    page = desk.get("leaving_care:one", child.ref)
    assert stood("Eligible", "2026-01-10", "2028-01-10") in main_of(page)
    facts = table_of(page, "The facts used")
    assert [row[:2] for row in facts] == [
        ["Born", "Sun 10 January 2010"], ["In care", "Wed 1 January 2025"],
    ]  # fmt: skip
    assert "Care Leavers (England) Regulations 2010" in main_of(page)
    clock.at("2026-04-01")
    actions.tend(timezone.now())
    said = reads(desk, child)
    assert stood("Relevant", "2026-04-01") in said
    assert said.rindex("Relevant") < said.rindex("Eligible")
    told = Entry.objects.filter(action="leaving_care.found", child_id=child.pk).order_by("pk")
    assert told[1].changes["kind"] == ["eligible", "relevant"]
    assert Task.objects.get(child=child).kind == "care-leaver"


@pytest.mark.clause("IOW-2.3.42-rel-a", rests_on="forms/hospital-or-detention")
def test_detained_on_the_birthday_straight_after_thirteen_weeks_is_relevant(desk: Desk) -> None:
    child = young(desk, "2010-02-01", ("2025-10-01", "2026-01-20"))
    assert "Relevant" not in reads(desk, child)
    held = {"kind": "custody", "began": "20/1/2026"}
    desk.writes("hospital-or-detention", child, **held)
    said = reads(desk, child)
    assert stood("Relevant", "2026-02-01", "2028-02-01") in said
    assert "In hospital or detained on the birthday at 16, straight after being in care" in said
    assert "111 nights in care since the age of 14; 91 are needed." in said
    short = young(desk, "2010-02-01", ("2025-10-22", "2026-01-20"))
    desk.writes("hospital-or-detention", short, **held)
    assert "None of the four" in reads(desk, short)


@pytest.mark.clause("IOW-2.3.42-rel-b", rests_on="leaving-care/returned-home-for")
def test_a_return_home_lapses_after_six_months_and_a_breakdown_restores(
    desk: Desk, clock: Clock
) -> None:
    child = young(desk, "2010-01-10", ("2025-01-01", "2026-03-01"), "E4A")
    assert stood("Relevant", "2026-03-01", "2026-09-01") in reads(desk, child)
    clock.at("2026-09-01")
    assert stood("Qualifying", "2026-09-01") in reads(desk, child)
    clock.at("2026-11-10")
    home = desk.writes("return-home", child, home_on="1/3/2026", broke_down="10/11/2026")
    assert stood("Relevant", "2026-11-10", "2028-01-10") in reads(desk, child)
    desk.puts_right(home, home_on="1/3/2026", broke_down="20/8/2026")
    assert stood("Relevant", "2026-03-01", "2028-01-10") in reads(desk, child)


@pytest.mark.clause("IOW-2.3.42-frel", rests_on="ages/former-relevant-until")
def test_former_relevant_from_eighteen_until_twenty_one(desk: Desk, clock: Clock) -> None:
    child = young(desk, "2008-06-15", ("2023-01-01", "2026-06-15"))
    clock.at("2026-06-14")
    assert "EligibleSince" in reads(desk, child)
    clock.at("2026-06-15")
    assert stood("Former relevant", "2026-06-15", "2029-06-15") in reads(desk, child)
    clock.at("2029-06-15")
    later = reads(desk, child)
    assert "From 21 the full duties go on only in an agreed course" in later
    assert "support may be asked for until 25" in later


@pytest.mark.clause("IOW-2.3.42-frel-e", rests_on="forms/education-or-training")
def test_an_agreed_course_prolongs_it_past_twenty_one(desk: Desk, clock: Clock) -> None:
    child = young(desk, "2005-05-10", ("2021-01-01", "2023-05-10"))
    course = {"is_one": "yes", "began": "1/9/2025", "ends": "16/7/2027", "agreed": "yes"}
    desk.writes("education-or-training", child, **course)
    clock.at("2026-05-11")
    assert stood("Former relevant", "2023-05-10", "2027-07-16") in reads(desk, child)
    clock.at("2027-07-16")
    assert "From 21 the full duties go on only" in reads(desk, child)


@pytest.mark.clause("IOW-2.3.42-qual", rests_on="leaving-care/qualifying-in-education-until")
def test_past_twenty_one_it_depends_on_education_or_training(desk: Desk, clock: Clock) -> None:
    clock.at("2026-03-01")
    trained, other, silent = (
        young(desk, "2005-03-01", ("2021-11-26", "2022-01-05")) for _ in range(3)
    )
    course = {"is_one": "yes", "began": "1/9/2025", "ends": "16/7/2026", "agreed": "no"}
    desk.writes("education-or-training", trained, **course)
    desk.writes("education-or-training", other, is_one="no", began="1/9/2025")
    assert stood("Qualifying", "2022-01-05", "2026-07-16") in reads(desk, trained)
    assert "None of the four, by our records" in reads(desk, other)
    assert "Not shown by our records" in reads(desk, silent)


@pytest.mark.clause("IOW-2.3.42-qual-s", rests_on="forms/fostered-or-accommodated")
def test_private_fostering_past_sixteen_qualifies_and_before_it_does_not(
    desk: Desk, clock: Clock
) -> None:
    clock.at("2027-02-01")
    after, before = (young(desk, "2010-01-10") for _ in range(2))
    fostered = {"kind": "private-fostering", "began": "1/2/2024"}
    desk.writes("fostered-or-accommodated", after, **fostered, ended="10/3/2026")
    desk.writes("fostered-or-accommodated", before, **fostered, ended="10/12/2025")
    assert stood("Qualifying", "2026-03-10", "2031-01-10") in reads(desk, after)
    assert "None of the four, by our records" in reads(desk, before)


@pytest.mark.clause("IOW-2.3.42-qual-b", rests_on="leaving-care/scheme-from")
def test_who_left_before_october_2001_was_of_the_historic_group(desk: Desk) -> None:
    child = young(desk, "1984-09-01", ("1999-01-01", "2001-08-15"))
    said = reads(desk, child)
    assert "Historic qualifying group: entitlement ended by age" in said
    assert f"until {day(date(2005, 9, 1))}" in said


def test_upkeep_looks_each_day_and_opens_no_task_on_the_first(desk: Desk, clock: Clock) -> None:
    child = young(desk, "2010-01-10", ("2025-01-01", "2026-04-01"))
    upkeep.tend(clock.at("2026-03-03"))
    assert Task.objects.filter(child=child).count() == 0
    assert "Eligible" in reads(desk, child)
    assert Entry.objects.filter(action="leaving_care.found", child_id=child.pk).count() == 1
    upkeep.tend(clock.at("2026-03-04"))
    assert Entry.objects.filter(action="leaving_care.found", child_id=child.pk).count() == 1


def test_another_worker_finds_no_such_page(desk: Desk, client: Client) -> None:
    child = young(desk, "2010-01-10", ("2025-01-01", "2026-04-01"))
    client.force_login(Desk("Bo Reed").user)
    assert client.get(reverse("leaving_care:one", args=[child.ref])).status_code == 404
