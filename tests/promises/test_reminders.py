"""Reminders: a mail each working morning by a real server, and a calendar. No child is named."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from evenhand.accounts.models import User
from evenhand.people.models import Child
from evenhand.promises import mailing
from evenhand.standards import standing
from tests import factories as make
from tests.clock import Clock
from tests.pages import main_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
REVIEWS = ("care_period.reviews_held", "care_period.started", "care_period.legal_statuses")


class Inbox(socketserver.ThreadingTCPServer):
    """A mail server on this machine that keeps what it is sent."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.got: list[str] = []


class _Session(socketserver.StreamRequestHandler):
    """Enough of SMTP to take one message after another."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode():
            if line.upper().startswith("DATA"):
                self._say("354 go on")
                body = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                self.server.got.append("".join(body))  # type: ignore[attr-defined]
            if line.upper().startswith("QUIT"):
                self._say("221 bye")
                return
            self._say("250 well")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def inbox(settings: Settings) -> Iterator[Inbox]:
    """A real server, and the settings that lead there."""
    with Inbox() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_USE_TLS = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def child(desk: Desk, clock: Clock) -> Child:
    """A child of the worker's whose review is late."""
    child = desk.child(forename="Wrenna", surname="Harbourstone")
    make.legal_status(make.care_period(child, date(2026, 3, 2)), "C2")
    standing.refresh(clock.at("2026-04-22"))
    return child


@pytest.fixture
def desk(clock: Clock) -> Desk:
    clock.at("2026-04-22")
    make.coverage(*REVIEWS, complete_to=None)
    desk = Desk()
    User.objects.filter(pk=desk.user.pk).update(email="ana@islehaven.example")
    return desk


def chooses(desk: Desk, **given: str) -> str:
    return main_of(desk.client.post("/my-work/reminders/", given, follow=True))


def test_a_mail_each_working_morning_that_names_no_child(
    desk: Desk, child: Child, inbox: Inbox, clock: Clock
) -> None:
    assert mailing.tend(clock.at("2026-04-22 08:00")) == 0
    assert "Your choice is kept." in chooses(desk, by_mail="on")
    assert mailing.tend(clock.at("2026-04-22 06:00")) == 0
    assert mailing.tend(clock.at("2026-04-22 08:00")) == 1
    assert mailing.tend(clock.at("2026-04-22 09:00")) == 0
    assert mailing.tend(clock.at("2026-04-25 09:00")) == 0
    (mail,) = inbox.got
    assert re.search(r"Subject: Evenhand: [1-9]\d* late, \d+ due", mail)
    assert child.surname not in mail
    assert child.forename not in mail
    assert child.ref not in mail
    chooses(desk)
    assert mailing.tend(clock.at("2026-04-27 08:00")) == 0


def test_a_server_that_is_away_is_tried_again(
    desk: Desk, child: Child, inbox: Inbox, settings: Settings, clock: Clock
) -> None:
    chooses(desk, by_mail="on")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert mailing.tend(clock.at("2026-04-22 08:00")) == 0
    settings.EMAIL_PORT = port
    assert mailing.tend(clock.at("2026-04-22 08:01")) == 1


def test_without_an_address_it_is_said(desk: Desk) -> None:
    User.objects.filter(pk=desk.user.pk).update(email="")
    assert "No e-mail address of yours is known here." in chooses(desk, by_mail="on")


def test_a_calendar_of_numbers_by_a_secret_address_that_can_be_renewed(
    desk: Desk, child: Child, client: Client
) -> None:
    said = chooses(desk, renew="1")
    found = re.search(r"/my-work/calendar/\S+?\.ics", said)
    assert found
    first = found[0]
    reply = client.get(first)
    text = reply.content.decode()
    assert reply["Content-Type"].startswith("text/calendar")
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20260422\r\n" in text
    assert re.search(r"SUMMARY:Evenhand: \d+ things? (is|are) due\r\n", text)
    assert all(len(line) <= 75 for line in text.split("\r\n"))
    assert child.surname not in text
    assert child.ref not in text
    assert first not in main_of(desk.get("promises:reminders"))
    chooses(desk, renew="1")
    assert client.get(first).status_code == 404
    chooses(desk, end="1")
    assert "You made an address" not in main_of(desk.get("promises:reminders"))
