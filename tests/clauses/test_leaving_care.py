"""Leaving care: the standing of a young person, on the page that lists them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.casework.models import CarePeriod
from evenhand.people.models import Child
from evenhand.rules.arithmetic import add_months, birthday
from tests import factories
from tests.pages import table_of

pytestmark = pytest.mark.django_db
CAPTION = "Young people who are or were in care"


@pytest.fixture
def pages(client: Client) -> Client:
    """A client signed in as a director, whose data reach far back."""
    factories.coverage("care_period.started", complete_from=date(2000, 1, 1), complete_to=None)
    client.force_login(factories.user("director"))
    return client


@pytest.fixture
def child() -> Child:
    """A young person who was sixteen a hundred days ago."""
    return factories.child(born_on=add_months(ago(100), -12 * 16), surname="Lantern")


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def care(child: Child, first: date, last: date | None = None) -> CarePeriod:
    return factories.care_period(child, first, ended_on=last)


def row(pages: Client) -> list[str]:
    """The one young person of the page."""
    (only,) = table_of(pages.get(reverse("leaving_care:list")), CAPTION)
    return only


@pytest.mark.clause("IOW-2.3.42-el", rests_on="leaving-care/looked-after-for")
def test_eligible_once_91_nights_are_complete_and_not_at_90(pages: Client, child: Child) -> None:
    period = care(child, ago(90))
    assert row(pages)[1] == "None of the four, by our records"
    assert "90 nights in care since the age of 14; 91 would be needed." in row(pages)[4]
    CarePeriod.objects.filter(pk=period.pk).update(started_on=ago(91))
    assert row(pages)[1].startswith("Eligible")
    assert "91 nights in care since the age of 14; 91 are needed." in row(pages)[4]


@pytest.mark.clause("IOW-2.3.42-el-13", rests_on="leaving-care/looked-after-for")
def test_nights_are_added_from_the_fourteenth_birthday_on(pages: Client, child: Child) -> None:
    assert child.born_on is not None
    fourteen = birthday(child.born_on, 14)
    care(child, fourteen - timedelta(days=40), fourteen + timedelta(days=30))
    later = care(child, ago(60))
    assert row(pages)[1] == "None of the four, by our records"
    assert "90 nights in care since the age of 14; 91 would be needed." in row(pages)[4]
    CarePeriod.objects.filter(pk=later.pk).update(started_on=ago(61))
    assert row(pages)[1].startswith("Eligible")


@pytest.mark.clause("IOW-2.3.42-rel", rests_on="leaving-care/looked-after-for")
def test_relevant_from_the_day_of_leaving_until_eighteen(pages: Client, child: Child) -> None:
    assert child.born_on is not None
    period = care(child, ago(500))
    assert row(pages)[1].startswith("Eligible")
    left, adult = ago(50), birthday(child.born_on, 18)
    CarePeriod.objects.filter(pk=period.pk).update(ended_on=left)
    said = row(pages)[1]
    assert said.startswith("Relevant")
    assert f"{left.day} {left:%B %Y}, until" in said
    assert said.endswith(f"{adult.day} {adult:%B %Y}")
    Child.objects.filter(pk=child.pk).update(born_on=add_months(ago(0), -12 * 18))
    CarePeriod.objects.filter(pk=period.pk).update(started_on=ago(900))
    assert row(pages)[1].startswith("Former relevant")


@pytest.mark.clause("IOW-2.3.42-qual-a", rests_on="leaving-care/qualifying-until")
def test_with_fifty_nights_qualifying_and_not_relevant(pages: Client, child: Child) -> None:
    care(child, ago(80), ago(30))
    assert row(pages)[1].startswith("Qualifying")
    assert "50 nights in care since the age of 14; 91 would be needed." in row(pages)[4]
