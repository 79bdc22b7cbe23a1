"""Two people on one record: the second is told what the first did, and loses no word."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.history.models import Entry
from evenhand.people.actions import (
    answer,
    enter_in_error,
    rebuild_lists,
    start_campaign,
    stop_campaign,
)
from evenhand.people.models import Child, IdentityStatement
from tests import factories as make

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
NOW = timezone.now()
MINE = "It was said of the brother."


@pytest.fixture
def first() -> User:
    """Return the one who is quicker."""
    return make.user(Role.SERVICE_MANAGER)


@pytest.fixture
def child() -> Child:
    """Return a child of the second one's caseload."""
    team = make.team()
    return make.child(born_on=date(2012, 3, 1), team=team, worker=make.worker(team=team))


@pytest.fixture
def client(child: Child) -> Client:
    """Return the browser of the second."""
    browser = Client()
    browser.force_login(make.user(Role.SOCIAL_WORKER, worker=child.worker))
    return browser


def said(child: Child, by: User) -> IdentityStatement:
    """Record an answer."""
    return answer(
        child, by=by, at=NOW, characteristic="ethnicity", status="answered", answer="WBRI",
        said_by="child", asked_on=timezone.localdate(NOW),
    )  # fmt: skip


def test_what_was_taken_back_meanwhile_shows_both_reasons(
    client: Client, child: Child, first: User
) -> None:
    """Who did it and why, with one's own words; they are kept beside where one chooses to."""
    statement = said(child, first)
    where = f"/children/{child.ref}/identity/said/{statement.ref}/error/"
    assert client.get(where).status_code == 200
    enter_in_error(statement, by=first, at=NOW, reason="A slip of the pen.")

    page = client.post(where, {"reason": MINE}).content.decode()
    assert "This was done already" in page
    assert first.name in page
    assert "A slip of the pen." in page
    assert MINE in page
    assert Entry.objects.filter(action="identity.entered_in_error").count() == 1

    assert client.post(where, {"reason": MINE, "add": "yes"}).status_code == 302
    kept = Entry.objects.get(action="words.added")
    assert (kept.reason, kept.child_id, kept.subject_id) == (MINE, child.pk, statement.pk)


def test_who_opens_what_was_taken_back_is_told(client: Client, child: Child, first: User) -> None:
    """With nothing to send, and nothing changed."""
    statement = said(child, first)
    enter_in_error(statement, by=first, at=NOW, reason="A slip of the pen.")
    page = client.get(f"/children/{child.ref}/identity/said/{statement.ref}/error/")
    assert "A slip of the pen." in page.content.decode()
    assert "Keep my words too" not in page.content.decode()


def test_an_answer_since_the_page_was_opened_is_told_of_and_both_are_kept(
    client: Client, child: Child, first: User
) -> None:
    """The first sending is answered with who told meanwhile; the second keeps it beside theirs."""
    where = f"/children/{child.ref}/identity/ethnicity/ask/"
    opened = client.get(where)
    mine = {
        "answer": "WIRI", "own_words": "Irish, from Cork", "said_by": "child",
        "asked_on": f"{NOW:%d/%m/%Y}", "newest": opened.context["newest"],
    }  # fmt: skip
    said(child, first)
    told = client.post(where, mine)
    assert f"{first.name} recorded an answer to this since" in told.content.decode()
    assert "Irish, from Cork" in told.content.decode()
    assert IdentityStatement.objects.count() == 1
    again = client.post(where, mine | {"newest": told.context["newest"]})
    assert again.status_code == 302
    assert set(IdentityStatement.objects.values_list("answer", flat=True)) == {"WBRI", "WIRI"}


def test_a_campaign_stopped_meanwhile_shows_both_reasons(child: Child, first: User) -> None:
    """Not a page that is not found."""
    rebuild_lists(today=timezone.localdate(NOW))
    director = make.user(Role.DIRECTOR)
    campaign = start_campaign(
        by=first, at=NOW, title="Ask", team=None, characteristics=["ethnicity"],
        target_on=timezone.localdate(NOW),
    )  # fmt: skip
    browser = Client()
    browser.force_login(director)
    stop_campaign(campaign, by=first, at=NOW, version=1, reason="The list was wrong.")
    where = f"/children/identity/campaigns/{campaign.ref}/stop/"
    page = browser.post(where, {"reason": MINE}).content.decode()
    assert "The list was wrong." in page
    assert MINE in page
    assert browser.post(where, {"reason": MINE, "add": "yes"}).status_code == 302
    assert Entry.objects.get(action="words.added").reason == MINE
