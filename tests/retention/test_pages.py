"""The pages of retention, from the list of what is due to the certificate, as two people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.people.models import Child
from evenhand.retention import dates
from evenhand.retention.models import Certificate, Decision, Hold
from tests import factories as make
from tests.pages import links_of, main_of, table_of
from tests.retention.conftest import GONE_NAME, World

pytestmark = pytest.mark.django_db
REASON = {"reason": "A claim may come"}


def _as(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


def _page(client: Client, name: str, *args: str) -> object:
    return client.get(reverse(f"retention:{name}", args=args))


def test_two_people_dispose_of_a_record_that_is_due(world: World) -> None:
    """The list names it; one decides, the other agrees; a certificate without a name is left."""
    dates.refresh(timezone.now())
    first, second = _as(world.first), _as(world.second)
    overview = _page(first, "overview")
    (row,) = table_of(overview, "Due for review")
    assert GONE_NAME in row[0]
    assert row[2] == "The record of a child in need"
    decide = reverse("retention:decide", args=[world.child.ref])
    given = {"what": "dispose", "ground": "time", "reason": "Nobody needs it"}
    assert first.post(decide, given).status_code == 302
    assert "past its time" in main_of(_page(first, "overview"))
    ref = Decision.objects.get().ref
    answer = reverse("retention:answer", args=[ref])
    assert answer in links_of(_page(second, "overview"))
    alone = first.post(answer, {"answer": "confirm"})
    assert "You decided this disposal yourself" in main_of(alone)
    assert Child.objects.filter(pk=world.child.pk).exists()
    done = second.post(answer, {"answer": "confirm"}, follow=True)
    said = main_of(done)
    assert "This names nobody" in said
    assert GONE_NAME not in said
    assert ["Child", "2"] in table_of(done, "What was disposed of")
    assert not Child.objects.filter(pk=world.child.pk).exists()
    pdf = second.get(done.redirect_chain[-1][0] + "?as=pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert "attachment" in pdf["Content-Disposition"]


def test_a_hold_shows_and_stops_it(world: World) -> None:
    """Placed on its page with a day of review; released with a reason."""
    client = _as(world.first)
    hold = reverse("retention:hold", args=[world.child.ref])
    past = client.post(hold, {**REASON, "review_on": _day(-1)})
    assert "not to come" in main_of(past)
    held = client.post(hold, {**REASON, "review_on": _day(30)}, follow=True)
    assert table_of(held, "What is held")[0][1] == "A claim may come"
    given = {"what": "dispose", "ground": "time", "reason": "Nobody needs it"}
    decide = reverse("retention:decide", args=[world.child.ref])
    assert "This record is held" in main_of(client.post(decide, given))
    release = reverse("retention:release", args=[Hold.objects.get().ref])
    assert release in links_of(_page(client, "holds"))
    assert client.post(release, {"reason": ""}).status_code == 200
    assert client.post(release, {"reason": "It is over"}).status_code == 302
    assert client.post(decide, given).status_code == 302


def test_everybody_is_held_for_an_inquiry(world: World) -> None:
    """It is said at the top of the list."""
    client = _as(world.first)
    client.post(reverse("retention:hold-all"), {"reason": "The inquiry", "review_on": _day(99)})
    assert "Everybody's records are held" in main_of(_page(client, "overview"))


def test_the_schedule_says_on_what_authority(world: World) -> None:
    """The law with its citation, and our defaults as such."""
    rows = table_of(_page(_as(world.first), "schedule"), "How long each type")
    care = next(row for row in rows if row[0].startswith("The case record of a child who was in"))
    assert care[1].startswith("75 years after their birth; for a child who died under 18, 15 years")
    assert care[2].startswith("Law")
    assert "Care Planning, Placement and Case Review (England) Regulations 2010" in care[2]
    assert any("Our default, change it" in row[2] for row in rows)


def test_what_cannot_be_told_is_listed_and_kept(world: World) -> None:
    """A closed record with no day of birth is on its own list, not on that of what is due."""
    Child.objects.filter(pk=world.child.pk).update(born_on=None)
    dates.refresh(timezone.now())
    client = _as(world.first)
    assert table_of(_page(client, "not-told"), "Kept, since")[0][2] == "no day of birth is known"
    assert "past its time" in main_of(_page(client, "overview"))


def test_a_team_manager_sees_their_own_and_decides_nothing(world: World) -> None:
    """How long, and why; without what is held or was decided of it."""
    dates.refresh(timezone.now())
    mine, other = make.user("team_manager", team=world.team), make.user("team_manager")
    page = _page(_as(mine), "child", world.child.ref)
    assert "Its time is over" in main_of(page)
    assert reverse("retention:decide", args=[world.child.ref]) not in links_of(page)
    assert _page(_as(other), "child", world.child.ref).status_code == 404
    assert GONE_NAME not in main_of(_page(_as(other), "overview"))
    assert Certificate.objects.count() == 0


def test_a_decision_to_keep_takes_it_off_the_list_until_then(world: World) -> None:
    """And on that day it is due again."""
    dates.refresh(timezone.now())
    client = _as(world.first)
    decide = reverse("retention:decide", args=[world.child.ref])
    assert "Enter when it is to be looked at" in main_of(
        client.post(decide, {"what": "keep", "reason": "A claim"})
    )
    assert "on what ground" in main_of(client.post(decide, {"what": "dispose", "reason": "x"}))
    client.post(decide, {"what": "keep", "reason": "A claim", "review_on": _day(5)})
    assert "past its time" in main_of(_page(client, "overview"))
    Decision.objects.update(review_on=timezone.localdate())
    assert table_of(_page(client, "overview"), "Due for review")
