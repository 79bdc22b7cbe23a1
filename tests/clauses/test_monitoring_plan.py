"""The monitoring plan: what is looked at, how often, by whom, and what is overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.monitoring.actions import record_run
from evenhand.monitoring.overdue import open_overdue
from tests import factories as make
from tests.pages import links_of, main_of, table_of

pytestmark = pytest.mark.django_db
OVERDUE = "Ethnicity of children: nobody looked at how complete it is by Sun 31 May 2026"


def looked(by: User, on: date) -> None:
    """Record a look at who is known by ethnicity."""
    at = datetime(on.year, on.month, on.day, 15, tzinfo=UTC)
    record_run(by=by, at=at, dataset="ethnicity", done_on=on, words="We looked: 6 still to ask.")


def tended(on: date) -> int:
    """How many owners are asked, as upkeep does it early on a day."""
    return open_overdue(datetime(on.year, on.month, on.day, 6, tzinfo=UTC))


@pytest.mark.clause("STR-1", rests_on="monitoring/ethnicity")
def test_ethnicity_last_looked_at_in_april_is_overdue_to_its_owner_on_the_first_of_june(
    client: Client,
) -> None:
    lead = make.user("equality_lead")
    client.force_login(lead)
    looked(lead, date(2026, 4, 30))
    assert tended(date(2026, 5, 31)) == 0
    assert OVERDUE not in main_of(client.get(reverse("work:tasks")))

    assert tended(date(2026, 6, 1)) == 1
    assert tended(date(2026, 6, 1)) == 0
    assert OVERDUE in main_of(client.get(reverse("work:tasks")))
    row = next(
        row for row in table_of(client.get(reverse("monitoring:plan")), "What is looked at")
        if row[0] == "Ethnicity of children"
    )  # fmt: skip
    assert row[1:3] == ["Monthly", "Equality lead"]
    assert row[5:] == ["95%", "Thu 30 April 2026", "Overdue since Mon 1 June 2026"]

    today = timezone.localdate()
    given = {"done_on": f"{today:%d/%m/%Y}", "words": "We looked, and nobody is left out."}
    said = client.post(reverse("monitoring:look", args=["ethnicity"]), given)
    assert said.status_code == 302, said.content.decode()
    assert "We looked, and nobody is left out." in main_of(client.get(said.url))
    assert "Overdue" not in main_of(client.get(said.url))
    assert OVERDUE not in main_of(client.get(reverse("work:tasks")))


@pytest.mark.parametrize(("role", "is_led"), [("director", True), ("social_worker", False)])
def test_a_clause_leads_on_only_to_a_page_that_is_open(
    client: Client, role: str, is_led: bool
) -> None:
    client.force_login(make.user(role))
    page = client.get(reverse("pages:clause", args=["NOR-ofsted-f"]))
    assert (reverse("monitoring:judgements") in links_of(page)) is is_led
    assert ("not open to your role" in main_of(page)) is not is_led
