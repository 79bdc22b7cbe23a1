"""Who is in a service beside who lives here: the index of disproportionality."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.facts.registry import BINDINGS
from tests import factories
from tests.equality.crowd import BLACK, count, known
from tests.factories import TODAY
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db


def in_our_care(code: str, many: int, *, status: str = "C2", ended: bool = False) -> None:
    """Children of one group who are looked after; ``ended``, no more."""
    for _ in range(many):
        child = factories.child()
        known(child, code)
        period = factories.care_period(
            child, TODAY - timedelta(90), ended_on=TODAY - timedelta(1) if ended else None
        )
        factories.legal_status(period, status)


@pytest.mark.clause("STR-1-b", rests_on="thresholds/disproportionality")
def test_18_of_100_in_our_care_against_9_per_cent_who_live_here_is_2_00_and_flagged(
    client: Client,
) -> None:
    factories.coverage(*BINDINGS, complete_to=TODAY)
    for code, many in (("BAFR", 18), ("WBRI", 72), ("MWBC", 7), ("OOTH", 3)):
        in_our_care(code, many)
    in_our_care("BAFR", 5, status="V4")  # short breaks, which are not being looked after
    in_our_care("BAFR", 4, ended=True)
    count()
    for role in ("director", "equality_lead"):
        client.force_login(factories.user(role))
        page = client.get(reverse("equality:step", args=["looked-after"]))
        rows = {
            row[0]: row[1:]
            for row in table_of(page, "Children in our care and who lives here, by e")
        }
        assert rows[BLACK][:3] == ["18%18 of 100", "9%", "2.00"]
        assert rows[BLACK][3:] == ["1.30 to 2.96", "Over 1.50: for a person to look at"]
        assert rows["White"] == ["72%72 of 100", "75%", "0.96", "0.83 to 1.06", ""]
        assert rows["Other ethnic group"][0] == "suppressed"
        assert (rows["Mixed or multiple ethnic groups"][0] == "suppressed") == (
            role == "equality_lead"
        )
        said = main_of(page)
        assert (
            "the index is over 1.50 for Black, Black British, Caribbean or African (2.00)." in said
        )
        assert "It does not show how anybody was treated, and nothing here is tested for" in said
        assert "more often than chance" not in said
    client.force_login(factories.user("service_manager", team=factories.team()))
    page = client.get(reverse("equality:step", args=["looked-after"]))
    assert "who lives here" not in main_of(page)
