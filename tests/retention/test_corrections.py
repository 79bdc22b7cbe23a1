"""Somebody says that a record is wrong: it is shown beside it, decided with reasons, and told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.imports.actions import import_paths
from evenhand.people.actions import answer
from evenhand.people.models import Child, IdentityStatement
from evenhand.problems import Problem
from evenhand.retention.actions import ask_correction, decide_correction, tell
from evenhand.retention.disputing import disputables
from evenhand.retention.models import Correction
from tests import factories as make
from tests.imports.extracts import Extract
from tests.pages import links_of, main_of, table_of
from tests.retention.conftest import GONE_NAME, World

pytestmark = pytest.mark.django_db
NOW = make.NOW
SAID = {
    "what_is_wrong": "I was not born then.",
    "what_is_right": "Born on 2 June 2015.",
    "asked_by": "Ada",
    "received_on": make.TODAY,
}


def _as(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _about(child: Child, viewer: object, words: str) -> object:
    return next(one for one in disputables(child, viewer) if words in one.words)


def test_what_a_source_has_wrong_is_noted_until_a_file_puts_it_right(tmp_path: Path) -> None:
    """Beside the record, and on the data officer's list by number; it closes by itself."""
    extract = Extract(tmp_path / "extract").person("77", forename="Ada", surname=GONE_NAME)
    import_paths([extract.write()], by=None, now=NOW, as_at=make.TODAY)
    child, person = Child.objects.get(), make.user("director")
    made = ask_correction(
        child, by=person, at=NOW, about=_about(child, person, "Day of birth"), **SAID
    )
    page = reverse("pages:child", args=[child.ref])
    assert "I was not born then." in main_of(_as(person).get(page))
    decide_correction(made, by=person, at=NOW, is_right=True, reason="The certificate says so.")
    officer = _as(make.user("data_officer"))
    listed = officer.get(reverse("retention:at-source"))
    assert table_of(listed, "To be put right")[0][1:3] == ["Who they are", "Born on"]
    assert table_of(listed, "To be put right")[0][0].startswith("77 in ")
    assert GONE_NAME not in main_of(listed)
    import_paths([extract.write()], by=None, now=NOW, as_at=make.TODAY)
    assert Correction.objects.get().standing == "at source"
    extract.change("ssd_person", "77", pers_dob="2015-06-02").write()
    import_paths([extract.folder], by=None, now=NOW, as_at=make.TODAY)
    assert Correction.objects.get().standing == "corrected"
    assert "I was not born then." not in main_of(_as(person).get(page))
    assert "Nothing is to be put right" in main_of(officer.get(reverse("retention:at-source")))


def test_what_evenhand_alone_holds_is_marked_and_both_versions_stay(world: World) -> None:
    """The old answer stays, as entered in error; what is right is recorded beside it."""
    answer(
        world.child, by=world.first, at=NOW, characteristic="religion", status="answered",
        own_words="None", said_by="worker", asked_on=make.TODAY,
    )  # fmt: skip
    client, today = _as(world.second), f"{timezone.localdate():%d/%m/%Y}"
    ask = reverse("retention:ask-correction", args=[world.child.ref])
    assert ask in links_of(client.get(reverse("pages:child", args=[world.child.ref])))
    about = _about(world.child, world.second, "Religion").key
    given = {
        "about": about, "what_is_wrong": "I never said that", "what_is_right": "I am a Sikh",
        "asked_by": "The young person", "received_on": today,
    }  # fmt: skip
    done = client.post(ask, given, follow=True)
    assert "Waits for a decision" in main_of(done)
    again = client.post(ask, given)
    assert "said to be wrong already" in main_of(again)
    ref = Correction.objects.get().ref
    decide = reverse("retention:decide-correction", args=[ref])
    assert decide in links_of(done)
    decided = client.post(decide, {"is_right": "yes", "reason": "They were not asked"}, follow=True)
    assert "Put right" in main_of(decided)
    (old,) = IdentityStatement.objects.all()
    assert old.entered_in_error
    assert "I am a Sikh" in main_of(decided)
    told = client.post(reverse("retention:told", args=[ref]), {"told_on": today}, follow=True)
    assert Correction.objects.get().told_on == timezone.localdate()
    assert "They were told" not in main_of(told)


def test_a_refusal_has_its_reasons_and_the_right_to_complain(world: World) -> None:
    """And the note beside the record goes."""
    client = _as(world.second)
    made = ask_correction(
        world.child, by=world.first, at=NOW, about=_about(world.child, world.first, "Last name"),
        **SAID,
    )  # fmt: skip
    decide = reverse("retention:decide-correction", args=[made.ref])
    assert "Answer the question: Why?" in main_of(
        client.post(decide, {"is_right": "no", "reason": ""})
    )
    page = client.post(decide, {"is_right": "no", "reason": "It is on the deed"}, follow=True)
    assert "Information Commissioner" in main_of(page)
    assert "It is on the deed" in main_of(page)
    assert SAID["what_is_wrong"] not in main_of(
        client.get(reverse("pages:child", args=[world.child.ref]))
    )


def test_what_cannot_be_is_refused_in_a_sentence(world: World) -> None:
    """A day to come, no words, told before it is decided, decided twice."""
    about = _about(world.child, world.first, "Last name")
    for wrong, said in (
        ({"received_on": date(2030, 1, 1)}, "still to come"),
        ({"what_is_right": " "}, "words are missing"),
    ):
        with pytest.raises(Problem, match=said):
            ask_correction(world.child, by=world.first, at=NOW, about=about, **{**SAID, **wrong})
    made = ask_correction(world.child, by=world.first, at=NOW, about=about, **SAID)
    with pytest.raises(Problem, match="Nothing was decided yet"):
        tell(made, by=world.first, at=NOW, told_on=make.TODAY)
    with pytest.raises(Problem, match="No reason"):
        decide_correction(made, by=world.first, at=NOW, is_right=True, reason="")
    decide_correction(made, by=world.first, at=NOW, is_right=False, reason="No")
    with pytest.raises(Problem, match="decided before"):
        decide_correction(made, by=world.first, at=NOW, is_right=True, reason="Yes")


def test_a_stranger_does_not_see_it(world: World) -> None:
    """Nor does a worker decide."""
    made = ask_correction(
        world.child, by=world.first, at=NOW, about=_about(world.child, world.first, "Last name"),
        **SAID,
    )  # fmt: skip
    stranger = _as(make.user("service_manager"))
    assert stranger.get(reverse("retention:correction", args=[made.ref])).status_code == 404
    worker = _as(make.user("team_manager", team=world.team))
    assert worker.get(reverse("retention:correction", args=[made.ref])).status_code == 200
    assert worker.get(reverse("retention:decide-correction", args=[made.ref])).status_code == 403
