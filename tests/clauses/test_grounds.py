"""The policy's grounds are for concerns alone, and the duty covers nine characteristics."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.people.pack import ask_set
from tests import factories
from tests.pages import labels_of, main_of, table_of

pytestmark = pytest.mark.django_db
SEVENTEEN = [
    "Age", "Gender", "HIV status", "Marital status", "Nationality", "Religion", "Sexual identity",
    "Race or ethnicity", "Long-term illness", "Physical or mental ability", "Appearance",
    "Caring responsibilities", "Class", "Political beliefs", "Immigration status",
    "Unrelated criminal conviction", "Trade union activity",
]  # fmt: skip


@pytest.fixture
def lead() -> User:
    return factories.user("equality_lead")


@pytest.fixture
def pages(client: Client, lead: User) -> Client:
    client.force_login(lead)
    return client


def raise_concern(pages: Client, ground: str) -> None:
    """Record a concern on its page."""
    day = f"{timezone.localdate():%d/%m/%Y}"
    given = {"ground": ground, "what_happened": "Turned away at the desk.", "received_on": day}
    response = pages.post(reverse("equality:record"), given)
    assert response.status_code == 302, response.content.decode()


def counts(pages: Client, caption: str) -> dict[str, int]:
    """The concerns counted in one table of the report, those that are not nought."""
    rows = table_of(pages.get(reverse("equality:report")), caption)
    return {name: int(count) for name, count in rows if count != "0"}


def rows_about_people() -> int:
    """How many rows there are about children and adults, in every table."""
    names = {"people", "casework"}
    models = [model for model in apps.get_models() if model._meta.app_label in names]
    return sum(model._default_manager.count() for model in models)


@pytest.mark.clause("IOW-2.1.3-a", rests_on="grounds/hiv-status")
def test_a_concern_about_hiv_counts_once_on_each_list_and_touches_no_profile(
    pages: Client,
) -> None:
    child = factories.child()
    before = rows_about_people()
    raise_concern(pages, "hiv-status")

    assert counts(pages, "By ground in our policy") == {"HIV status": 1}
    assert counts(pages, "By characteristic in the Equality Act") == {"Disability": 1}
    assert rows_about_people() == before
    manager = factories.user("team_manager")
    pages.force_login(manager)
    for name in ("hiv", "hiv-status", "hiv_status"):
        assert pages.get(reverse("people:ask", args=[child.ref, name])).status_code == 404
        listed = pages.get(reverse("people:worklist"), {"item": name})
        assert "Nothing is waiting to be asked" in main_of(listed)


@pytest.mark.clause("IOW-2.1.3-b", rests_on="grounds/class")
def test_there_are_seventeen_grounds_and_class_is_none_of_the_acts(pages: Client) -> None:
    assert labels_of(pages.get(reverse("equality:record")), "ground") == SEVENTEEN

    raise_concern(pages, "class")
    assert counts(pages, "By ground in our policy") == {"Class": 1}
    assert counts(pages, "By characteristic in the Equality Act") == {}


@pytest.mark.clause("IOW-2.1.3-b", rests_on="grounds/trade-union-activity")
def test_no_form_asks_a_child_or_parent_about_politics_unions_or_convictions(
    pages: Client,
) -> None:
    raise_concern(pages, "trade-union-activity")
    worker = factories.worker(team=factories.team())
    child = factories.child(team=worker.team, worker=worker)
    mother = factories.parent(child)
    pages.force_login(factories.user("social_worker", worker=worker))
    asked = 0
    for item in ask_set():
        for route, args in (
            ("people:ask", [child.ref, item.characteristic]),
            ("people:ask-adult", [child.ref, mother.ref, item.characteristic]),
        ):
            page = pages.get(reverse(route, args=args))
            if page.status_code == 404:
                continue
            asked += 1
            words = main_of(page).lower()
            for never in ("politic", "trade union", "conviction", "hiv"):
                assert never not in words
    assert asked > len(ask_set())


@pytest.mark.clause("STR-frame-e", rests_on="characteristics/marriage-and-civil-partnership")
def test_the_duty_has_nine_rows_for_its_first_aim_and_eight_for_the_others(
    pages: Client,
) -> None:
    page = pages.get(reverse("equality:duty"))
    marriage = "Marriage and civil partnership"
    first = [row[0] for row in table_of(page, "Aim 1")]
    assert len(first) == 9
    assert marriage in first
    for number in (2, 3):
        rows = [row[0] for row in table_of(page, f"Aim {number}")]
        assert rows == [name for name in first if name != marriage]
    note = f"{marriage} is not in this table. Counts for the first aim only: section 149(7)"
    assert main_of(page).count(note) == 2
