"""A form that comes twice is recorded once, whatever it records and however it comes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client
from django.utils import timezone

from evenhand.accounts.models import Role
from evenhand.history.models import Entry
from evenhand.people.models import IdentityStatement
from evenhand.submissions import once
from evenhand.submissions.models import Submission
from tests import factories as make
from tests.access.asking import address, form
from tests.access.world import World, world
from tools import access

AT = timezone.now()
TAKEN = 302
TOLD = {"answer": "WBRI", "asked_on": f"{AT:%d/%m/%Y}", "how": "Face to face", "said_by": "child"}
BESIDES = {"history.View", "sessions.Session"}
ASKED_AS = ["team_manager", "data_officer", "director"]


def taken_by(role: str) -> Iterator[access.Line]:
    """Yield the routes that take a form, each for the first of some roles that may send it."""
    for line in access.lines():
        if line.post == TAKEN and line.route.split(":")[0] != "accounts":
            first = next((one for one in ASKED_AS if line.roles[one] != "no"), None)
            if first == role:
                yield line


def rows() -> dict[str, int]:
    """Count every row of ours, save what is written of each look and each session."""
    ours = [model for model in apps.get_models() if model._meta.label not in BESIDES]
    return {model._meta.label: model._default_manager.count() for model in ours}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ASKED_AS)
def test_every_form_that_is_sent_twice_is_taken_once(role: str, tmp_path: Path) -> None:
    """It leads to the same place, and no row of any table is there twice."""
    walked: World = world(role, tmp_path)
    client = Client()
    client.force_login(walked.viewer)
    for line in taken_by(role):
        where = address(line.route, line.about, walked.own)
        token = {once.FIELD: once.new_token()}
        given = form(line.route, walked.own) | token
        first = client.post(where, given)
        before = rows()
        [one.seek(0) for one in given.values() if hasattr(one, "seek")]
        again = client.post(where, given)
        if Submission.objects.filter(token=token[once.FIELD]).exists():
            assert again.status_code == first.status_code == TAKEN, where
            assert again["Location"] == first["Location"], where
            assert rows() == before, where


@pytest.fixture
def asked(transactional_db: None) -> tuple[Client, str]:
    """Return a worker's browser, and where they record what a child told them."""
    worker = make.worker(team=make.team())
    viewer = make.user(Role.SOCIAL_WORKER, worker=worker)
    child = make.child(born_on=date(2012, 3, 1), team=worker.team, worker=worker)
    client = Client()
    client.force_login(viewer)
    return client, f"/children/{child.ref}/identity/ethnicity/ask/"


@pytest.mark.both_databases
def test_a_double_click_records_once(asked: tuple[Client, str]) -> None:
    """Two requests at the same moment: both are led to the page, and one answer is there."""
    client, where = asked
    page = client.get(where).content.decode()
    (token,) = set(re.findall(r'name="once" value="([^"]+)"', page.split("<main")[1]))
    answers: list[int] = []
    ready = threading.Barrier(2)

    def press() -> None:
        second = Client()
        second.cookies = client.cookies
        ready.wait()
        answers.append(second.post(where, TOLD | {"once": token}).status_code)
        connections.close_all()

    pressed = [threading.Thread(target=press) for _ in range(2)]
    [one.start() for one in pressed]
    [one.join() for one in pressed]
    assert IdentityStatement.objects.count() == 1
    assert Entry.objects.filter(action="identity.answered").count() == 1
    assert set(answers) <= {200, TAKEN}


@pytest.mark.both_databases
def test_a_reply_that_was_lost_is_told_of(asked: tuple[Client, str]) -> None:
    """The server died after it recorded: sent again, the page says that it was recorded."""
    client, where = asked
    token = once.new_token()
    client.post(where, TOLD | {"once": token})
    Submission.objects.update(location="")
    page = client.post(where, TOLD | {"once": token})
    assert "It was recorded, once" in page.content.decode()
    assert IdentityStatement.objects.count() == 1


def test_what_was_not_taken_may_be_sent_again(asked: tuple[Client, str]) -> None:
    """A form that was refused leaves its token free."""
    client, where = asked
    token = once.new_token()
    client.post(where, TOLD | {"once": token, "answer": ""})
    assert not Submission.objects.exists()
    client.post(where, TOLD | {"once": token})
    assert IdentityStatement.objects.count() == 1


def test_the_same_words_in_a_new_form_are_a_new_record(asked: tuple[Client, str]) -> None:
    """Only the form is known again, never what it says."""
    client, where = asked
    for _ in range(2):
        client.post(where, TOLD | {"once": once.new_token()})
    assert IdentityStatement.objects.count() == 2


def test_a_failed_change_leaves_no_token(
    asked: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token is kept in the transaction of the change."""
    client, where = asked
    client.raise_request_exception = False
    monkeypatch.setattr("evenhand.history.actions._reactions", lambda event: 1 / 0)
    assert client.post(where, TOLD | {"once": once.new_token()}).status_code == 500
    assert not Submission.objects.exists()
    assert not IdentityStatement.objects.exists()


@pytest.mark.django_db
def test_old_tokens_are_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """After two days, and not before; the latest stay however far a clock runs ahead."""
    monkeypatch.setattr(once, "AT_LEAST", 1)
    for letter in "ab":
        Submission.objects.create(token=letter * 64, user_id=1, at=AT)
    assert once.forget(AT + timedelta(days=2)) == 0
    assert once.forget(AT + timedelta(days=2, seconds=1)) == 1
    assert once.forget(AT + timedelta(days=40)) == 0
    assert Submission.objects.get().token == "b" * 64
