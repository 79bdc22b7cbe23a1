"""Equal access: how often referrals are taken up, by group, and who is told of a difference."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.facts.registry import BINDINGS
from tests import factories
from tests.equality.crowd import BLACK, count, referred
from tests.factories import TODAY
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db
REFERRED_ON = TODAY - timedelta(200)


def taken_up(code: str, accepted: int, of: int) -> None:
    """Refer children of one group, of whom some were then assessed."""
    for number in range(of):
        child = referred(code, 200)
        if number < accepted:
            factories.assessment(child, REFERRED_ON + timedelta(10))


@pytest.mark.clause("IOW-2.1.9-e", rests_on="pathway/assessed")
def test_half_as_many_referrals_taken_up_shows_0_50_and_the_equality_lead_is_told(
    client: Client,
) -> None:
    factories.coverage(*BINDINGS, complete_to=TODAY)
    taken_up("BAFR", 15, 50)
    taken_up("WBRI", 50, 80)
    taken_up("APKN", 40, 70)
    count()

    client.force_login(factories.user("director"))
    page = client.get(reverse("equality:step", args=["assessed"]))
    rows = {row[0]: row[1:] for row in table_of(page, "From a referral to an assessment: by ethn")}
    share, _, everyone_else, times, *_ = rows[BLACK]
    assert (share, everyone_else) == ("30%15 of 50", "60%")
    assert times.startswith("0.50 (0.")

    client.force_login(factories.user("equality_lead"))
    told = main_of(client.get(reverse("pages:home")))
    assert "Referrals about children of Black ethnic background led to an assessment less" in told
    assert "30% (15 of 50), against 60% for everyone else" in told
    for other in ("White", "Asian or Asian British"):
        assert f"children of {other} ethnic background led to an assessment less" not in told
