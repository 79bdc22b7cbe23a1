"""The strategy's priorities beside the three aims of the public sector equality duty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from evenhand import policy as packs
from evenhand.equality import grounds, priorities
from evenhand.policy import Policy
from tests import factories
from tests.pages import main_of, shown, table_of, words_of

pytestmark = pytest.mark.django_db
THIRD_AIM = ("engagement", "partnerships", "leadership", "communication")
UNSERVED = "No priority serves this aim"


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Adopt the packs with some of the strategy's priorities left out."""

    def leave_out(*priorities_: str) -> None:
        withheld = frozenset(f"priorities/{one}" for one in priorities_)
        left: Policy = packs.load(withhold=withheld)
        for module in (grounds, priorities):
            monkeypatch.setattr(module, "policy", lambda: left)

    return leave_out


@pytest.mark.clause("STR-frame-d", rests_on="priorities/communication")
def test_each_of_nine_priorities_serves_an_aim_and_an_aim_without_one_is_red(
    client: Client, without: Callable[..., None]
) -> None:
    client.force_login(factories.user("equality_lead"))
    page = client.get(reverse("equality:duty"))
    assert "The public sector equality duty, section 149 of the Equality Act 2010" in main_of(page)
    listed = table_of(page, "The strategy's priorities")
    assert [row[0].split(".")[0] for row in listed] == list("123456789")
    assert all(row[1].startswith("Aim ") for row in listed)
    assert UNSERVED not in main_of(page)

    without(*THIRD_AIM)
    page = client.get(reverse("equality:duty"))
    red = [words_of(tag) for tag in shown(page).iter("strong") if "red" in tag.get("class", "")]
    assert red == [UNSERVED]
    assert f"Aim 3 {UNSERVED}" in main_of(page)
