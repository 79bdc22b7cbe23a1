"""Pages of the uses of monitoring: with nothing, with little, and for whom numbers are hidden."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.monitoring.pack import uses
from tests import factories as make
from tests.pages import main_of

pytestmark = pytest.mark.django_db
PLAIN = [
    "uses", "needs", "baselines", "freeze", "resources", "new-resource", "benchmarks", "bring-in",
    "judgements", "new-judgement", "plan", "strategy",
]  # fmt: skip


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(make.user("equality_lead"))
    return client


@pytest.mark.parametrize("name", PLAIN)
def test_a_page_says_so_where_there_is_nothing(lead: Client, name: str) -> None:
    assert main_of(lead.get(reverse(f"monitoring:{name}")))


def test_the_eight_uses_are_there_each_with_its_question(lead: Client) -> None:
    words = main_of(lead.get(reverse("monitoring:uses")))
    assert len(uses().uses) == 8
    for use in uses().uses:
        assert use.title in words
        assert use.question in words


def test_a_service_manager_sees_what_is_of_their_teams_alone(client: Client) -> None:
    service = make.team("Harbour")
    make.child(team=make.team("Quay", parent=service))
    make.child(team=make.team("Quill"))
    client.force_login(make.user("service_manager", team=service))
    words = main_of(client.get(reverse("monitoring:needs")))
    assert "We work with 1 child now." in words
    assert "Quay" in words
    assert "Quill" not in words
    assert "Release the children" not in words


def test_what_staff_outcomes_there_are_is_said_where_one_looks(lead: Client) -> None:
    for name in ("monitoring:strategy", "feedback:surveys"):
        words = main_of(lead.get(reverse(name)))
        assert "How many stay, and how they move on, by group, is not counted" in words
