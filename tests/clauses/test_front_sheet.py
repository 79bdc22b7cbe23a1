"""A child's page as the front sheet: who works with them, who they are, what is due."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.casework.models import CoreGroup
from evenhand.facts.registry import BINDINGS
from evenhand.imports.actions import import_paths
from evenhand.people.models import Child
from evenhand.standards import standing
from tests import factories
from tests.imports.extracts import Extract
from tests.pages import main_of, shown, words_of

pytestmark = pytest.mark.django_db


class Sheet(NamedTuple):
    """What the front sheet says by line, which lines are in red, and all of it."""

    rows: dict[str, str]
    red: set[str]
    words: str


def front_sheet(client: Client, folder: Path, ethnicity: str) -> Sheet:
    """Import Wren with a worker, a need and an ethnicity; what the front sheet says."""
    extract = Extract(folder).person("1", forename="Wren", surname="Harbour", ethnicity=ethnicity)
    extract.row("ssd_cin_episodes", "R1", "1")
    extract.row("ssd_professionals", "P1", prof_professional_name="Marlow Pebble")
    extract.row("ssd_involvements", "I1", "1", invo_professional_id="P1")
    extract.row("ssd_disability", "D1", "1", disa_disability_code="HEAR")
    import_paths([extract.write()], by=None, now=timezone.now())
    client.force_login(factories.user("director"))
    page = client.get(reverse("pages:child", args=[Child.objects.get().ref]))
    rows = [row for row in shown(page).iter("div") if is_row(row)]
    red = {words_of(row[0]) for row in rows if "eh-lacks" in row[1].get("class", "").split()}
    return Sheet({words_of(row[0]): words_of(row[1]) for row in rows}, red, main_of(page))


def is_row(element: Element) -> bool:
    """Whether it is a line of a summary: a name and what is known."""
    return "govuk-summary-list__row" in element.get("class", "").split()


@pytest.mark.clause("IOW-2.4.26-b", rests_on="ask-set/ethnicity")
def test_the_front_sheet_says_that_ethnicity_is_missing(client: Client, tmp_path: Path) -> None:
    rows, red, words = front_sheet(client, tmp_path / "blank", "")
    assert rows["Worker"] == "Marlow Pebble"
    assert rows["Disability"].startswith("Hearing")
    assert rows["Ethnicity"].startswith("Nobody has recorded asking yet")
    assert "Ethnicity" in red
    assert "Disability" not in red
    assert "2 of 7 known (29%)" in words
    assert "Not known yet: Ethnicity" in words


@pytest.mark.clause("IOW-2.4.26-b", rests_on="ask-set/ethnicity")
def test_the_front_sheet_gives_an_ethnicity_that_is_known(client: Client, tmp_path: Path) -> None:
    rows, red, words = front_sheet(client, tmp_path / "known", "BCRB")
    assert "Ethnicity" not in red
    assert "Religion or belief" in red
    assert rows["Ethnicity"].startswith("Caribbean")
    assert "3 of 7 known (43%)" in words
    assert "Not known yet: Ethnicity" not in words


@pytest.mark.clause("IOW-2.4.19", rests_on="isle-of-wight/core-group")
def test_what_is_due_shows_its_code_and_opens_the_standards_words_in_one_click(
    client: Client,
) -> None:
    today = timezone.localdate()
    factories.coverage(*BINDINGS, complete_to=today)
    worker = factories.worker(team=factories.team())
    child = factories.child(team=worker.team, worker=worker)
    plan = factories.protection_plan(child, today - timedelta(days=40))
    CoreGroup.objects.create(child=child, plan=plan, held_on=today - timedelta(days=35))
    standing.refresh(timezone.now())
    client.force_login(factories.user("social_worker", worker=worker))

    for address in (reverse("pages:home"), reverse("pages:child", args=[child.ref])):
        due = due_rows(shown(client.get(address)))
        assert due
        for row in due:
            assert re.search(r"· [A-Z]+-\S+", words_of(row)), words_of(row)
        (core_group,) = [row for row in due if "The core group meets" in words_of(row)]
        assert "IOW-2.4.26-s" in words_of(core_group)
        (opens,) = [link for link in hrefs(core_group) if "standards" in link]
        text = main_of(client.get(opens))
        assert "The small group that works on your plan meets at least every six weeks" in text
        assert "Every 6 weeks" in text


def due_rows(page: Element) -> list[Element]:
    """The rows of what is late or due, as the page lists them."""
    rows = page.findall(".//table/tbody/tr")
    return [row for row in rows if words_of(row[-1]).lower() in {"late", "open"}]


def hrefs(row: Element) -> list[str]:
    """Where the links of a row lead."""
    return [link.get("href", "") for link in row.iter("a")]
