"""How to see one's records: what the public is told, and a request with its day."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.pages import links_of, main_of, table_of

pytestmark = pytest.mark.django_db


@pytest.mark.clause("IOW-2.4.22-a", rests_on="england/access-to-records")
def test_anybody_reads_how_to_ask_and_a_request_of_3_april_is_due_on_5_may(client: Client) -> None:
    told = client.get("/your-records/")
    assert "See what we have written about you" in main_of(told)
    assert "You have it within 1 month" in main_of(told)
    assert "/your-records/form/" in links_of(told)
    assert "Please show me my records" in main_of(client.get("/your-records/form/"))

    child = factories.child()
    client.force_login(factories.user("data_protection_officer"))
    asked = {
        "received_on": "3/4/2026", "came_by": "The printed form", "asked_by": "child",
        "wanted": "Everything",
    }  # fmt: skip
    page = client.post(reverse("records:new", args=[child.ref]), asked, follow=True)
    assert "Due Tue 5 May 2026" in main_of(page)
    listed = table_of(client.get(reverse("records:requests")), "Requests to see records")
    assert [row[0] for row in listed] == ["Of Fri 3 April 2026"]
    assert listed[0][3].startswith("Tue 5 May 2026")
