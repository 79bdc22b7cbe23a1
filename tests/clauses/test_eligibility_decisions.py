"""Decisions on what is advised: what lacks, who departs, what is told; and the public page."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.eligibility.pack import criteria, tiers
from tests import factories as make
from tests.clock import Clock
from tests.eligibility.tier import advised, decides
from tests.pages import labels_of, main_of, shown, table_of, words_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
TIERS = ("tier-4", "tier-3", "tier-2", "tier-1")
UPWARDS = [("1", "4"), ("2", "3"), ("3", "2"), ("4", "1")]
"""Tiers with their priorities."""


@pytest.mark.clause("IOW-2.2.1", rests_on="forms/tier-advice")
def test_a_referral_decided_without_a_tier_says_so_and_there_are_four(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    record = advised(desk, level="substantial")
    decision = decides(desk, record, decided_by="Jo Reed")
    said = desk.words("eligibility:decision", decision.ref)
    assert "Tier missing: Jo Reed, Mon 2 February 2026" in said
    offered = labels_of(desk.get("eligibility:decide", record.ref), "decided")
    assert offered == [
        "Tier 4: safety and security, priority 1", "Tier 3: diversion, priority 2",
        "Tier 2: realising potential, priority 3", "Tier 1: inclusion, priority 4",
    ]  # fmt: skip
    beside = desk.words("eligibility:advice", record.ref)
    for words in ("Tier 3: diversion, priority 2", "Adviser Ana Quay", "Date Mon 2 February 2026",
                  "By the criteria of Fri 1 April 2005"):  # fmt: skip
        assert words in beside


@pytest.mark.clause("IOW-2.2.2-b", rests_on="forms/service-gap")
def test_a_child_of_tier_1_who_comes_back_at_tier_3_is_listed_with_the_gap(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk(role=Role.TEAM_MANAGER)
    child = desk.child(forename="Wren", surname="Harbour")
    first = make.referral(child, date(2026, 2, 2))
    decides(desk, desk.writes("tier-advice", child, first.pk, level="low", services="Youth club"),
            decided="tier-1")  # fmt: skip
    desk.writes("service-gap", service="youth club", group="Deaf children", gap="No signing")
    clock.at("2026-08-03")
    again = make.referral(child, date(2026, 8, 3))
    desk.writes("tier-advice", child, again.pk, level="substantial")
    other = make.referral(desk.child(), date(2026, 8, 3))
    desk.writes("tier-advice", other.child, other.pk, level="substantial")
    rows = table_of(desk.get("eligibility:report"), "Referred again at a higher tier")
    assert len(rows) == 1
    assert "Harbour" in rows[0][0]
    assert rows[0][1:] == [
        "Tier 1: inclusionMon 2 February 2026",
        "Tier 3: diversionMon 3 August 2026",
        "youth club, Deaf children (Mon 2 February 2026)",
    ]


@pytest.mark.clause("IOW-2.2.10", rests_on="decisions/tiers")
def test_anybody_reads_the_four_tiers_as_a_picture_and_in_words() -> None:
    """Axe reads this page, too: tests/browser/test_every_page.py walks to it."""
    page = Client().get(reverse("tiers:tiers"))
    (picture,) = [one for one in shown(page).iter("svg") if one.get("role") == "img"]
    drawn, read = [one for one in picture.iter() if one.tag in ("title", "desc")]
    assert picture.get("aria-labelledby", "").split() == [drawn.get("id"), read.get("id")]
    said = words_of(read)
    assert re.findall(r"Tier (\d): [^.]+, priority (\d)\.", said) == UPWARDS
    text = main_of(page).split("The same in words")[1]
    assert re.findall(r"Tier (\d): [^.]+\. Priority (\d):", text) == UPWARDS
    assert "behaviour is a critical risk" in text


def test_deciding_otherwise_asks_why_and_is_counted(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk(role=Role.TEAM_MANAGER)
    as_advised = decides(desk, advised(desk, level="low"), decided="tier-1", decided_by="Jo Reed")
    otherwise = decides(desk, advised(desk, level="low"), decided="tier-2", decided_by="Jo Reed")
    words = "Reasons for deciding otherwise missing: Jo Reed, Mon 2 February 2026"
    assert words in desk.words("eligibility:decision", otherwise.ref)
    assert words not in desk.words("eligibility:decision", as_advised.ref)
    rows = table_of(desk.get("eligibility:report"), "Decided otherwise than advised")
    assert rows == [["Which tier", "2", "1", "1"]]
    given = {"decided": "tier-2", "decided_on": "2/2/2026", "why_departs": "Two schools say so"}
    desk.client.post(reverse("eligibility:change", args=[otherwise.ref]), given)
    rows = table_of(desk.get("eligibility:report"), "Decided otherwise than advised")
    assert rows == [["Which tier", "2", "1", "0"]]


def test_the_advice_stays_with_the_decision_when_its_answers_change(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    record = advised(desk, level="low")
    decision = decides(desk, record, decided="tier-1")
    desk.puts_right(record, level="moderate")
    decision.refresh_from_db()
    assert (decision.advised, decision.departs) == ("tier-1", False)


def test_every_tier_of_the_packs_is_an_advice_of_its_form() -> None:
    found = tiers()
    assert found is not None
    assert tuple(one.id for one in found.choices) == TIERS
    assert [one.priority for one in found.choices] == [1, 2, 3, 4]
    assert set(criteria(found.form, date(2026, 2, 2))) == set(TIERS)
