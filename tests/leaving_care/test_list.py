"""The page of young people who leave care: who is on it, in which order, and what it says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User, Worker
from evenhand.casework.models import CareLeaver, CarePeriod
from evenhand.people.models import Child
from evenhand.rules.arithmetic import add_days, add_months
from tests import factories
from tests.pages import links_of, main_of, table_of

pytestmark = pytest.mark.django_db
CAPTION = "Young people who are or were in care"
ENOUGH, TOO_FEW = 91, 90
MOST_QUERIES = 20


@pytest.fixture
def worker() -> Worker:
    return factories.worker("Wren Pebble", team=factories.team("Quay Team"))


@pytest.fixture
def viewer(worker: Worker) -> User:
    return factories.user("social_worker", worker=worker)


@pytest.fixture
def pages(client: Client, viewer: User) -> Client:
    factories.coverage("care_period.started", complete_from=date(2000, 1, 1), complete_to=None)
    client.force_login(viewer)
    return client


def today() -> date:
    return timezone.localdate()


def aged(years: int, worker: Worker | None, **fields: Any) -> Child:
    """A young person whose birthday at that age was 150 days ago."""
    born = add_months(today() - timedelta(days=150), -12 * years)
    return factories.child(
        born_on=born, worker=worker, team=worker.team if worker else None, **fields
    )


def in_care(child: Child, nights: int, *, left_days_ago: int | None = None) -> CarePeriod:
    """A period of so many nights, to today and on, or until some days ago."""
    end = add_days(today(), -(left_days_ago or 0))
    ended = None if left_days_ago is None else end
    return factories.care_period(child, end - timedelta(days=nights), ended_on=ended)


def recorded(child: Child, eligibility: str) -> None:
    CareLeaver.objects.create(child=child, eligibility=eligibility)


def rows(pages: Client, number: int = 1) -> list[list[str]]:
    return table_of(pages.get(reverse("leaving_care:list"), {"page": number}), CAPTION)


def test_what_the_records_show_stands_beside_what_the_case_system_says(
    pages: Client, worker: Worker
) -> None:
    agreed, other = aged(16, worker, surname="Aspen"), aged(16, worker, surname="Birch")
    silent, short = aged(17, worker, surname="Cedar"), aged(16, worker, surname="Dale")
    for child in (agreed, other):
        in_care(child, ENOUGH)
    in_care(silent, ENOUGH, left_days_ago=3)
    in_care(short, TOO_FEW)
    recorded(agreed, "Eligible")
    recorded(other, "Qualifying")
    found = rows(pages)
    assert [row[0].split(",")[0] for row in found] == ["Birch", "Cedar", "Aspen", "Dale"]
    assert found[0][1].startswith("Eligible")
    assert found[0][2:4] == ["Qualifying", "Differs: look at both"]
    assert "91 nights in care since the age of 14; 91 are needed." in found[0][4]
    assert found[1][1].startswith("Relevant")
    assert found[1][2:4] == ["Nothing", "Not in the case system"]
    assert found[2][3] == "Nothing to settle"
    assert found[3][1] == "None of the four, by our records"
    assert "90 nights in care since the age of 14; 91 would be needed." in found[3][4]


def test_it_says_that_a_person_decides_and_links_to_the_child(
    pages: Client, worker: Worker
) -> None:
    child = aged(16, worker)
    in_care(child, ENOUGH)
    recorded(child, "Relevant")
    response = pages.get(reverse("leaving_care:list"))
    assert "a named person looks at the whole story and decides" in main_of(response)
    assert "1 differs from the case system." in main_of(response)
    assert reverse("pages:child", args=[child.ref]) in links_of(response)


def test_what_came_before_the_data_is_not_shown_and_not_denied(
    client: Client, viewer: User, worker: Worker
) -> None:
    factories.coverage("care_period.started", complete_from=today() - timedelta(days=60))
    child = aged(16, worker)
    in_care(child, 50)
    recorded(child, "Eligible")
    client.force_login(viewer)
    row = rows(client)[0]
    assert row[1] == "Not shown by our records"
    assert row[3] == "Cannot be compared"
    assert "do not reach back" in row[4]


def test_who_is_not_listed(pages: Client, worker: Worker) -> None:
    in_care(aged(15, worker), 400)
    in_care(aged(25, worker), 400, left_days_ago=2_900)
    in_care(aged(17, worker), 100, left_days_ago=900)
    in_care(aged(16, None), 100)
    aged(16, worker)
    withdrawn = in_care(aged(16, worker), 100)
    CarePeriod.objects.filter(pk=withdrawn.pk).update(withdrawn=True)
    response = pages.get(reverse("leaving_care:list"))
    assert "Nobody of 16 or over whom you may see was in care" in main_of(response)


def test_somebody_without_a_day_of_birth_is_listed_where_the_case_system_names_them(
    pages: Client, worker: Worker
) -> None:
    child = factories.child(worker=worker, team=worker.team)
    recorded(child, "Qualifying")
    assert "The day of birth is not recorded." in rows(pages)[0][4]


def test_short_breaks_do_not_count(pages: Client, worker: Worker) -> None:
    child = aged(16, worker)
    factories.legal_status(in_care(child, 120, left_days_ago=10), "V4")
    in_care(child, 9)
    row = rows(pages)[0]
    assert "9 nights" in row[4]
    assert "Short breaks planned in a series are left out." in row[4]
    assert "(short breaks)" in row[4]


def test_the_periods_of_two_records_of_one_child_are_added(pages: Client, worker: Worker) -> None:
    child = aged(16, worker)
    twin = factories.child(born_on=child.born_on, merged_into=child)
    in_care(child, 31)
    in_care(twin, 60, left_days_ago=40)
    found = rows(pages)
    assert len(found) == 1
    assert found[0][1].startswith("Eligible")


def test_a_page_costs_as_much_however_many_there_are(pages: Client, worker: Worker) -> None:
    for _ in range(30):
        in_care(aged(16, worker), ENOUGH)
    with CaptureQueriesContext(
        connection,
    ) as ran:
        assert len(rows(pages)) == 25
    assert len(ran) <= MOST_QUERIES
    assert len(rows(pages, 2)) == 5


@pytest.mark.parametrize("role", ["data_officer", "equality_lead"])
def test_those_who_see_no_children_see_no_list(client: Client, role: str) -> None:
    client.force_login(factories.user(role))
    assert client.get(reverse("leaving_care:list")).status_code == 403
