"""Whose referrals are accepted: the comparison turned round, the alert, and odd data."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.equality import tallying
from evenhand.monitoring import alerting
from evenhand.people import standings
from evenhand.people.models import Child
from evenhand.work.models import Task
from tests import factories as make
from tests.equality.crowd import known
from tests.factories import NOW, TODAY
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db
RECEIVED = TODAY - timedelta(days=200)


def referred(code: str, accepted: int, of: int, **fields: object) -> None:
    """So many children of a group, of whom the first few were accepted."""
    for place in range(of):
        child = make.child(born_on=date(2015, 3, 1))
        known(child, code)
        make.referral(child, RECEIVED, no_further_action=place >= accepted, **fields)


def count() -> None:
    """Count by group, as an import does."""
    make.coverage("referral.received", "referral.no_further_action")
    everyone = [(pk, None) for pk in Child.objects.values_list("pk", flat=True)]
    standings.restate(everyone, ["ethnicity"])
    tallying.refresh(NOW)


def test_the_equality_lead_is_asked_once() -> None:
    referred("BAFR", 6, 20)
    referred("WBRI", 54, 60)
    count()
    assert alerting.open_alerts(NOW) == 1
    assert alerting.open_alerts(NOW) == 0
    task = Task.objects.get(about__contains="Black")
    assert (task.role, task.readings.get().n) == ("equality_lead", 14)


def test_chance_asks_nobody() -> None:
    referred("BAFR", 15, 20)
    referred("WBRI", 50, 60)
    count()
    assert alerting.open_alerts(NOW) == 0


@pytest.mark.parametrize("groups", [[], [("WBRI", 3, 3)], [("", 5, 20)], [("WBRI", 0, 30)]])
def test_one_group_all_unknown_and_nobody_are_sentences(
    client: Client, groups: list[tuple[str, int, int]]
) -> None:
    for code, accepted, of in groups:
        referred(code or "REFU", accepted, of)
    count()
    client.force_login(make.user("equality_lead"))
    words = main_of(client.get(reverse("monitoring:uses"), {"by": "ethnicity"}))
    assert "nan" not in words.lower().split()
    assert "inf" not in words.lower().split()
    assert alerting.open_alerts(NOW) == 0


def test_an_open_case_counts_in_the_wait_and_a_service_before_the_referral_does_not(
    client: Client,
) -> None:
    for days in (10, 20, None):
        child = make.child(born_on=date(2015, 3, 1))
        known(child, "WBRI")
        make.referral(child, RECEIVED, no_further_action=False)
        make.need_plan(child, RECEIVED - timedelta(days=5))
        if days is not None:
            make.care_period(child, RECEIVED + timedelta(days=days))
    count()
    client.force_login(make.user("director"))
    page = client.get(reverse("monitoring:uses"), {"by": "ethnicity"})
    rows = table_of(page, "Referrals accepted")
    assert rows[0][0] == "White"
    assert rows[0][-1] == "20 days"
