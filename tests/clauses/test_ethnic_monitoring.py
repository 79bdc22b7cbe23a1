"""Ethnicity as the extracts give it: who is known, who refused, and who is still to be asked."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.imports.actions import import_paths
from tests import factories
from tests.imports.extracts import Extract
from tests.pages import main_of, shown, table_of, words_of

pytestmark = pytest.mark.django_db
VALID, NOT_OBTAINED, REFUSED = 190, 6, 4
CODES = ("WBRI", "AIND", "BCRB", "MWBA", "CHNE")


def imported(folder: Path) -> None:
    """Import 200 children with an open referral, as a case system would write them."""
    extract = Extract(folder)
    for number in range(VALID + NOT_OBTAINED + REFUSED):
        code = CODES[number % len(CODES)]
        if number >= VALID:
            code = "NOBT" if number < VALID + NOT_OBTAINED else "REFU"
        surname = f"{code.title()}{number}"
        extract.person(f"P{number}", ethnicity=code, dob="2021-05-04", surname=surname)
        extract.row("ssd_cin_episodes", f"R{number}", f"P{number}")
    import_paths([extract.write()], by=None, now=timezone.now())


@pytest.mark.clause("IOW-2.1.8-a", rests_on="ask-set/ethnicity")
def test_190_of_200_are_known_and_the_six_not_yet_obtained_are_listed(
    client: Client, tmp_path: Path
) -> None:
    imported(tmp_path / "extract")
    client.force_login(factories.user("equality_lead"))

    page = client.get(reverse("people:completeness"))
    of_children = {row[0]: row[1:] for row in table_of(page, "Children")}
    # counted, asked, known, never asked, awaited, declined, asked and not known
    assert of_children["Ethnicity"] == ["200", "97%", "95%", "6", "0", "4", "0"]

    client.force_login(factories.user("director"))
    listed = client.get(reverse("people:worklist"), {"item": "ethnicity"})
    names = {words_of(row[0]) for row in shown(listed).findall(".//table/tbody/tr")}
    assert len(names) == NOT_OBTAINED
    assert all(name.startswith("Nobt") for name in names)
    assert "Refu" not in main_of(listed)


@pytest.mark.clause("NOR-did-g", rests_on="measures/identity-known")
def test_two_headlines_lead_the_page_and_the_first_is_95_0_per_cent(
    client: Client, tmp_path: Path
) -> None:
    imported(tmp_path / "extract")
    for role in ("equality_lead", "director"):
        client.force_login(factories.user(role))
        two_headlines(client, reverse("pages:home"))

    response = client.get(reverse("people:completeness"))
    two_headlines(client, reverse("people:completeness"))
    assert "Children who have been asked everything in the ask set" in main_of(response)


def two_headlines(client: Client, url: str) -> None:
    """Exactly two of the measures are in large type, the first at 190 of 200."""
    found = [words_of(each) for each in shown(client.get(url)).iter("div") if is_big_number(each)]
    known, analysed = (words for words in found if "target" in words)
    assert known.startswith("95.0% Children whose identity is known")
    assert "190 of 200 known" in known
    assert "target 95%" in known
    assert analysed.startswith("Not yet Assessments in which identity is analysed")
    assert "No audit of the last year graded this; target 80%" in analysed


def is_big_number(element: Element) -> bool:
    """Whether it is one of the figures in large type that lead a page."""
    return "eh-figure" in element.get("class", "").split()
