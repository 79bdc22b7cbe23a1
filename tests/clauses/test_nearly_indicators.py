"""National indicators, the fields behind them, participation, and the policy's six areas."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.casework.models import CoreGroup
from evenhand.design.wording import day
from evenhand.facts.adopted import policy
from evenhand.facts.registry import BINDINGS
from evenhand.imports.actions import import_paths
from evenhand.people.actions import answer, rebuild_lists
from evenhand.standards import standing
from tests import factories
from tests.imports.extracts import Extract
from tests.pages import main_of, shown, table_of, words_of

pytestmark = pytest.mark.django_db
IN_TIME, LATE = 18, 2


def all_is_held() -> date:
    """Say that every fact is held up to today; return today."""
    today = timezone.localdate()
    factories.coverage(*BINDINGS, complete_to=today)
    return today


@pytest.mark.clause("IOW-2.4.5-a", rests_on="indicators/first-reviews-in-time")
def test_18_of_20_first_reviews_are_90_0_per_cent_on_the_page_and_in_the_file(
    client: Client,
) -> None:
    today = all_is_held()
    for number in range(IN_TIME + LATE):
        period = factories.care_period(factories.child(), today - timedelta(days=90))
        factories.legal_status(period, "C2")
        held_after = 14 if number < IN_TIME else 60
        factories.looked_after_review(period, period.started_on + timedelta(days=held_after))
    standing.refresh(timezone.now())

    client.force_login(factories.user("director"))
    address = reverse("standards:indicators")
    assert address in client.get(reverse("standards:overview")).content.decode()
    rows = {row[0]: row[1:] for row in table_of(client.get(address), "National indicators")}
    (first,) = [named for named in rows if named.startswith("First looked-after reviews")]
    assert "The law's limit, from April 2011" in first
    assert rows[first] == ["90.0%", "18", "20", "0"]

    file = client.get(address, {"as": "csv"}).content.decode("utf-8-sig")
    exported = {row["Indicator"]: row for row in csv.DictReader(file.splitlines())}
    told = exported["First looked-after reviews held in time"]
    assert (told["Share"], told["Counted"], told["Out of"]) == ("90.0%", "18", "20")
    assert told["To"] == today.isoformat()


@pytest.mark.clause("IOW-2.4.27-lac-p", rests_on="indicators/reviews-with-participation")
def test_nine_reviews_of_ten_with_participation_are_90_per_cent(client: Client) -> None:
    today = all_is_held()
    period = factories.care_period(factories.child(), today - timedelta(days=200))
    took_part = ["PN1", "PN1", "PN1", "PN1", "PN2", "PN3", "PN5", "PN6", "PN6"]
    for number, code in enumerate([*took_part, "PN7", "PN0", ""]):
        held_on = today - timedelta(days=number)
        factories.looked_after_review(period, held_on, participation=code)

    client.force_login(factories.user("reviewing_officer"))
    assert counted(client) == ["none yet", "0", "0", "0"]
    client.force_login(factories.user("director"))
    assert counted(client) == ["90.0%", "9", "10", "1"]


def counted(client: Client) -> list[str]:
    """What the indicator of participation shows: its share, n, m and of how many not known."""
    rows = table_of(client.get(reverse("standards:indicators")), "National indicators")
    (found,) = [row[1:] for row in rows if row[0].startswith("Looked-after reviews in which")]
    return found


@pytest.mark.clause("IOW-2.4.2", rests_on="indicators/referral-ethnicity")
def test_ethnicity_is_known_for_96_7_per_cent_of_referrals_and_the_four_are_listed(
    client: Client, tmp_path: Path
) -> None:
    unlisted = Extract(tmp_path / "files").person("1", ethnicity="ZZZZ").write()
    import_paths([unlisted], by=None, now=timezone.now(), as_at=timezone.localdate())
    today, by = all_is_held(), factories.user("team_manager")
    for number in range(120):
        child = factories.child(surname=f"Pier{number}", forename="Robin")
        factories.referral(child, today - timedelta(days=number))
        if number >= 4:
            answer(
                child, by=by, at=timezone.now(), characteristic="ethnicity", status="answered",
                answer="WBRI", said_by="child", asked_on=today,
            )  # fmt: skip
    old = factories.child()
    factories.referral(old, today - timedelta(days=800))
    rebuild_lists(today=today)

    client.force_login(factories.user("director"))
    page = client.get(reverse("standards:data"))
    rows = {row[0]: row[1:] for row in table_of(page, "How far each field")}
    sent_to = day(today)
    assert rows["Referrals: the child's ethnicity"] == ["96.7%", "116", "120", "4", "1", sent_to]
    assert rows["Referrals: who made them"] == ["0.0%", "0", "120", "120", "0", sent_to]
    refreshed = main_of(page).split("Last refreshed by ")[1].split(".")[0]
    assert refreshed.endswith(f" of {sent_to}")
    listing = client.get(reverse("standards:unfilled", args=["referral-ethnicity"]))
    names = [words_of(row[0]) for row in shown(listing).findall(".//table/tbody/tr")]
    assert sorted(names) == [f"Robin Pier{number}" for number in range(4)]

    lead = Client()
    lead.force_login(factories.user("equality_lead"))
    assert "96.7%" in main_of(lead.get(reverse("standards:data")))
    assert lead.get(reverse("standards:unfilled", args=["referral-ethnicity"])).status_code == 403


@pytest.mark.clause("IOW-2.4.21", rests_on="areas/casework")
def test_the_report_has_exactly_six_areas_with_their_standards_and_how_often_they_are_met(
    client: Client,
) -> None:
    today = all_is_held()
    began = today - timedelta(days=50)
    for held_after in (35, 45):  # within six weeks, and not
        child = factories.child()
        plan = factories.protection_plan(child, began)
        held_on = began + timedelta(days=held_after)
        CoreGroup.objects.create(child=child, plan=plan, held_on=held_on)
    for held_after in (14, 15, 16, 49):  # within four weeks, and not
        period = factories.care_period(factories.child(), began)
        factories.looked_after_review(period, began + timedelta(days=held_after))
    standing.refresh(timezone.now())

    client.force_login(factories.user("director"))
    rows = table_of(client.get(reverse("standards:overview")), "By area of our policy")
    assert [row[0] for row in rows] == [
        "Public information", "Responsiveness", "Office contacts", "Home contacts", "Case files",
        "Casework",
    ]  # fmt: skip
    listed = Counter(one.category for one in policy().standards.values())
    assert [row[1] for row in rows] == [str(listed[row[0].lower()]) for row in rows]
    met = {row[0]: row[2:] for row in rows}
    assert met.pop("Case files") == ["50%", "2"]
    # three of the four reviews; and nobody was given a copy of the two plans
    assert met.pop("Casework") == ["50%", "6"]
    assert set(map(tuple, met.values())) == {("none yet", "0")}
