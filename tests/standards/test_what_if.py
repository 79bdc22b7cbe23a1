"""The page that says who it would change for, if a standard's value were another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from evenhand.accounts.models import Role
from evenhand.sources.models import Coverage
from evenhand.standards.models import Standing
from tests import factories as make
from tests.pages import table_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ASSESSMENT = "/standards/england/single-assessment/what-if/"
REVIEW = "/standards/england/looked-after-review/what-if/"


@pytest.fixture
def lead() -> Client:
    client = Client()
    client.force_login(make.user(Role.EQUALITY_LEAD))
    return client


@pytest.fixture
def assessments() -> None:
    team = make.team("Quay Team")
    make.coverage("assessment.authorised", "assessment.started")
    began = make.TODAY - timedelta(days=200)
    for days in (7, 28, 29):
        child = make.child()
        make.assessment(child, began, authorised_on=began + timedelta(days=days), team=team)


def _text(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def test_it_says_how_many_would_change_from_what_to_what_and_where(
    lead: Client, assessments: None
) -> None:
    reply = lead.get(f"{ASSESSMENT}?value=10")
    page = reply.content.decode()
    assert "2 results would change, of the 3 that there are today." in page
    assert table_of(reply, "What they would change to") == [["kept", "kept late", "2"]]
    assert table_of(reply, "Where they are") == [["Quay Team", "2"]]
    assert "Nothing has been changed" in page


def test_the_same_value_changes_nothing(lead: Client, assessments: None) -> None:
    page = _text(lead, f"{ASSESSMENT}?value=45")
    assert "None of its 3 results would change." in page


def test_asking_changes_no_standing(lead: Client, assessments: None) -> None:
    _text(lead, f"{ASSESSMENT}?value=1")
    assert not Standing.objects.exists()
    assert Coverage.objects.exists()


def test_it_says_that_the_law_is_not_the_authoritys_to_change(lead: Client) -> None:
    assert "Only Parliament or the government can change it" in _text(lead, ASSESSMENT)


def test_a_recurrence_asks_which_of_its_intervals(lead: Client) -> None:
    page = _text(lead, REVIEW)
    assert "First: 20 working days" in page
    assert "Third: 6 months" in page


@pytest.mark.parametrize("value", ["soon", "-1", "99999999999999"])
def test_what_is_no_number_is_said_in_words(lead: Client, value: str) -> None:
    page = _text(lead, f"{ASSESSMENT}?value={value}")
    assert "There is a problem" in page
    assert "would change" not in page


def test_a_check_without_a_number_has_no_such_page(lead: Client) -> None:
    page = lead.get("/standards/isle-of-wight/kept-until-18/what-if/")
    assert page.status_code == 404


def test_the_standards_page_leads_to_it_for_those_who_may(lead: Client, assessments: None) -> None:
    assert ASSESSMENT in _text(lead, "/standards/england/single-assessment/")
    worker = Client()
    worker.force_login(make.user(Role.SOCIAL_WORKER))
    assert ASSESSMENT not in _text(worker, "/standards/england/single-assessment/")
    assert worker.get(ASSESSMENT).status_code == 403
