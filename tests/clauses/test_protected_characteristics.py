"""The nine protected characteristics, and what each of them takes in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.pages import main_of, shown, table_of, words_of

pytestmark = pytest.mark.django_db
NINE = [
    "Age", "Disability", "Gender reassignment", "Marriage and civil partnership",
    "Pregnancy and maternity", "Race", "Religion or belief", "Sex", "Sexual orientation",
]  # fmt: skip


def record(client: Client, ground: str, what_happened: str) -> None:
    """Record an incident of unfair treatment on its page."""
    day = f"{timezone.localdate():%d/%m/%Y}"
    given = {"ground": ground, "what_happened": what_happened, "received_on": day}
    response = client.post(reverse("equality:record"), given)
    assert response.status_code == 302, response.content.decode()


@pytest.mark.clause("WSP-law-a", rests_on="grounds/religion")
def test_nine_of_which_belief_takes_in_having_none_and_race_takes_in_nationality(
    client: Client,
) -> None:
    client.force_login(factories.user("equality_lead"))
    listed = table_of(client.get(reverse("equality:duty")), "Aim 1")
    assert sorted(row[0] for row in listed) == NINE

    form = client.get(reverse("equality:record"))
    offered = shown(form).find(".//select[@name='characteristic']")
    assert offered is not None
    assert sorted(words_of(one) for one in offered if one.get("value") not in {"", "none"}) == NINE
    said = main_of(form)
    assert "Religion includes having none: Equality Act 2010, section 10(1) and (2)." in said
    assert "Race includes nationality: Equality Act 2010, section 9(1)." in said

    record(client, "religion", "Mocked by a visitor for having no religion.")
    record(client, "nationality", "Told to go back to where they came from.")
    counted = table_of(
        client.get(reverse("equality:report")), "By characteristic in the Equality Act"
    )
    assert {name: n for name, n in counted if n != "0"} == {"Religion or belief": "1", "Race": "1"}
