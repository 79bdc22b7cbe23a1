"""Inspectors' judgements: their word, its present label, what is done, and how children fare."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.references import new_reference
from evenhand.equality import tallying
from evenhand.facts.registry import BINDINGS
from evenhand.people import standings
from evenhand.people.models import Child, IdentityStatement
from evenhand.standards import standing
from tests import factories as make
from tests.factories import NOW
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db
REPORT = "Inspection report of 30 November 2009, paragraph 41"


def recorded(client: Client, area: str) -> str:
    """Record that an area was judged adequate; return the address of its page."""
    given = {"area": area, "given": "adequate", "judged_on": "30/11/2009", "source": REPORT}
    said = client.post(reverse("monitoring:new-judgement"), given)
    assert said.status_code == 302, said.content.decode()
    return str(said.url)


def acted(client: Client, page: str, what: str) -> None:
    """Open an improvement action on the page of a judgement."""
    said = client.post(f"{page}action/", {"what": what})
    assert said.status_code == 302, said.content.decode()


@pytest.mark.clause("NOR-ofsted-f", rests_on="judgements/safeguarding")
def test_adequate_is_kept_with_its_present_label_and_an_action_is_missing_until_linked(
    client: Client,
) -> None:
    client.force_login(make.user("quality_assurance"))
    page = recorded(client, "safeguarding")
    register = reverse("monitoring:judgements")
    row = ["Safeguarding", "Adequate", "Requires improvement to be good", "Mon 30 November 2009",
           REPORT]  # fmt: skip
    assert table_of(client.get(register), "What inspectors judged") == [[*row, "Action missing"]]

    acted(client, page, "Ask every family about interpreters.")
    assert table_of(client.get(register), "What inspectors judged") == [[*row, "1 action"]]


@pytest.mark.clause("NOR-ofsted-g", rests_on="judgements/in-care-and-leaving")
def test_the_page_of_children_in_care_shows_judgement_outcomes_and_actions(client: Client) -> None:
    in_care("WBRI", 12)
    in_care("BAFR", 3)
    client.force_login(make.user("equality_lead"))
    page = recorded(client, "in-care-and-leaving")
    acted(client, page, "Look at reviews of Black children.")

    shown = client.get(page)
    words = main_of(shown)
    assert "Children in our care and care leavers" in words
    assert "Judged Adequate" in words
    assert "Requires improvement to be good" in words
    assert table_of(shown, "Improvement actions")[0][0].startswith("Look at reviews of Black")
    by = {name: table_of(shown, f"{TITLE}, by {name}") for name in WAYS}
    assert all(by.values())
    ethnic = {row[0]: row[1:] for row in by["ethnic group"]}
    assert ethnic["Black, Black British, Caribbean or African"] == ["Hidden"] * 3
    assert by["sex"][0][1].isdigit()


TITLE = "Looked-after reviews are held"
WAYS = ("ethnic group", "sex", "disability")


def in_care(code: str, count: int) -> None:
    """Children of one group who are looked after, their first review held in time."""
    today = timezone.localdate()
    make.coverage(*BINDINGS, complete_to=today)
    for _ in range(count):
        child = make.child(born_on=today - timedelta(days=3000))
        for name, answer in (("ethnicity", code), ("sex", "F"), ("disability", "NONE")):
            IdentityStatement.objects.create(
                ref=new_reference(), child=child, characteristic=name, status="answered",
                answer=answer, said_by="import", recorded_at=NOW,
            )  # fmt: skip
        period = make.care_period(child, today - timedelta(days=90))
        make.legal_status(period, "C2")
        make.looked_after_review(period, today - timedelta(days=76))
    everyone = [(pk, None) for pk in Child.objects.values_list("pk", flat=True)]
    standings.restate(everyone, ["ethnicity", "sex", "disability"])
    standing.refresh(timezone.now())
    tallying.refresh(timezone.now())
