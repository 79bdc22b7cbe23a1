"""Filling a form in: drafts, questions that follow, brothers and sisters, two at once, in error."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import KeptForm
from evenhand.people.models import Family, FamilyMember
from evenhand.recording.models import Missing, Recording
from evenhand.sources.models import SourceReference
from tests import factories as make
from tests.clock import Clock
from tests.pages import main_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
MESSAGE = {"received_at_day": "2/4/2026", "received_at_time": "4pm", "caller": "Jo Reed"}
NEW = "recording:new"


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A social worker on a Wednesday."""
    clock.at("2026-05-13")
    return Desk()


def types(client: Client, where: str, **answers: str) -> HttpResponse:
    """What the page is sent back while somebody types, before they press Save."""
    reply: Any = client.post(where, answers, headers={"HX-Request": "true"})
    return reply


def test_what_is_typed_is_kept_sealed_and_stands_again_until_it_is_saved(desk: Desk) -> None:
    client, where = desk.client, reverse(NEW, args=["phone-message"])
    shown = "version,received_at,caller,number,wanted,answered,substantive"
    assert types(client, where, caller="Jo Reed", shown=shown).status_code == 204
    kept = KeptForm.objects.get(user=desk.user)
    again: Any = client.get(where)
    assert 'value="Jo Reed"' in again.content.decode()
    assert "Begin anew" in main_of(again)
    assert "Error" not in main_of(again)
    anew: Any = client.get(where, {"anew": "1"})
    assert 'value="Jo Reed"' not in anew.content.decode()
    assert 'value="Jo Reed"' not in Desk("Una Cove").client.get(where).content.decode()
    client.post(where, MESSAGE)
    assert not KeptForm.objects.filter(pk=kept.pk).exists()
    assert "Begin anew" not in main_of(client.get(where))
    assert Recording.objects.count() == 1


def test_what_was_typed_and_arrives_after_it_was_saved_is_not_kept(desk: Desk) -> None:
    client, where = desk.client, reverse(NEW, args=["phone-message"])
    once = "a" * 64
    client.post(where, {**MESSAGE, "once": once})
    types(client, where, **MESSAGE, once=once)
    assert Recording.objects.count() == 1
    assert not KeptForm.objects.exists()


def test_an_answer_brings_the_questions_that_follow_from_it(desk: Desk) -> None:
    where = reverse(NEW, args=["appointment"])
    reply = types(desk.client, where, became="cancelled", shown="planned_at,became")
    words = reply.content.decode()
    assert "How were they told that it was cancelled?" in words
    assert "On which day did it fail?" not in words
    assert "error" not in words
    assert not Recording.objects.exists()


def test_one_visit_form_serves_a_whole_sibling_group_or_nobody(desk: Desk) -> None:
    child, sister, other = desk.child(), desk.child(forename="Isla"), desk.child()
    elsewhere = make.child(forename="Nobody", team=make.team())
    family = Family.objects.create(ref="familyfamily")
    for one in (child, sister, elsewhere):
        FamilyMember.objects.create(family=family, child=one)
    page = desk.words("recording:new-of-child", child.ref, "contact-card")
    assert "Isla" in page
    assert "Nobody" not in page
    assert other.forename not in page
    desk.writes("contact-card", child, sent="13/5/2026", also=[sister.ref])
    found = set(Recording.objects.values_list("child", flat=True))
    assert found == {child.pk, sister.pk}
    reply: Any = desk.client.post(
        reverse("recording:new-of-child", args=[child.ref, "contact-card"]),
        {"sent": "14/5/2026", "also": [sister.ref]},
    )
    assert "still to come" in main_of(reply)
    assert Recording.objects.count() == 2


def test_a_sibling_of_whom_the_day_cannot_be_leaves_nothing_half_done(desk: Desk) -> None:
    child, baby = desk.child(), desk.child(forename="Isla", born_on=date(2026, 5, 12))
    for one in (child, baby):
        make.parent(one) if one is child else one.relationships.create(
            adult=child.relationships.get().adult, kind="mother"
        )
    reply: Any = desk.client.post(
        reverse("recording:new-of-child", args=[child.ref, "contact-card"]),
        {"sent": "11/5/2026", "also": [baby.ref]},
    )
    assert "before the child was born" in main_of(reply)
    assert not Recording.objects.exists()


@pytest.mark.both_databases
def test_two_who_change_the_same_record_are_told_and_nothing_is_lost(desk: Desk) -> None:
    message = desk.writes("phone-message", **MESSAGE)
    desk.puts_right(message, **MESSAGE, answered="7/4/2026", version="1")
    where = reverse("recording:change", args=[message.ref])
    reply: Any = desk.client.post(where, {**MESSAGE, "answered": "8/4/2026", "version": "1"})
    assert "This record was changed since you opened it" in main_of(reply)
    assert "7 April 2026" in desk.reads(message)


@pytest.mark.both_databases
def test_an_event_has_one_record_of_a_form(desk: Desk) -> None:
    child = desk.child()
    referral = make.referral(child, date(2026, 5, 11))
    first = desk.writes("referrer-told", child, referral.pk, feedback_given="12/5/2026")
    with pytest.raises(AssertionError):  # it leads to what is there, and writes nothing
        assert desk.writes("referrer-told", child, referral.pk, feedback_given="13/5/2026") != first
    assert Recording.objects.count() == 1


def test_what_was_entered_in_error_is_read_and_counts_no_more(desk: Desk) -> None:
    child = desk.child()
    referral = make.referral(child, date(2026, 5, 11))
    told = desk.writes("referrer-told", child, referral.pk, feedback_given="12/5/2026")
    assert desk.promise(told, "The referrer is told the outcome")[1].startswith("keptDone")
    desk.client.post(reverse("recording:in-error", args=[told.ref]), {"reason": "Another child"})
    assert "entered in error" in desk.reads(told)
    assert not Missing.objects.exists()
    again = desk.writes("referrer-told", child, referral.pk, feedback_given="13/5/2026")
    assert again.pk != told.pk
    assert desk.get("recording:change", told.ref).status_code == 404


def test_a_child_of_others_and_what_was_written_of_them_are_not_there(desk: Desk) -> None:
    other = Desk("Una Cove")
    child = other.child()
    theirs = other.writes("contact-card", child, sent="12/5/2026")
    for route, args in (
        ("recording:of-child", [child.ref]),
        ("recording:new-of-child", [child.ref, "contact-card"]),
        ("recording:one", [theirs.ref]),
        ("recording:change", [theirs.ref]),
        ("recording:in-error", [theirs.ref]),
    ):
        assert desk.get(route, *args).status_code == 404, route
    assert "12 May 2026" not in desk.words("recording:register", "contact-card")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"caller": ""}, "Answer the question: Who rang?"),
        ({"received_at_time": "25:00"}, "The time must"),
        ({"received_at_day": "31/2/2026"}, "The date must"),
        ({"received_at_day": "2/4/2027"}, "still to come"),
        ({"row-x-y": "1", "caller": ""}, "Answer the question"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    desk: Desk, answers: dict[str, str], words: str
) -> None:
    reply: Any = desk.client.post(reverse(NEW, args=["phone-message"]), {**MESSAGE, **answers})
    assert reply.status_code == 200
    assert words in main_of(reply)
    assert not Recording.objects.exists()


def test_what_a_record_lacks_goes_away_when_another_record_brings_it(desk: Desk) -> None:
    """A form whose conditions read the referral's own facts is worked out anew with them."""
    child = desk.child()
    conference = make.conference(child, date(2026, 5, 11))
    child.born_on = date(2017, 1, 1)
    child.save()
    asked = desk.writes("child-at-conference", child, conference.pk)
    assert not Missing.objects.filter(recording=asked).exists()
    child.born_on = date(2014, 1, 1)
    child.save()
    desk.writes("contact-card", child, sent="12/5/2026", format="paper")
    assert Missing.objects.filter(recording=asked, key="asked_on").exists()


def test_a_link_leads_to_the_child_in_the_case_system_where_its_address_is_set(
    desk: Desk, settings: Any
) -> None:
    child = desk.child()
    SourceReference.objects.create(
        source=make.source(), kind="child", key="A 12", target_id=child.pk,
        target="people.child",
        last_batch_id=make.batch().pk,
    )  # fmt: skip
    assert "Open in the case system" not in desk.words("recording:of-child", child.ref)
    settings.CASE_SYSTEM_URL = "https://cases.example/child/{number}"
    page = desk.get("recording:of-child", child.ref).content.decode()
    assert "https://cases.example/child/A%2012" in page
