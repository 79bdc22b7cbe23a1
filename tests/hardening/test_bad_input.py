"""Whatever is sent to any form, query or address: no reply is a fault of ours, and nothing runs.

The quick run gives each question a few of the nasty values, in turn; ``EVENHAND_FUZZ=1`` gives
each question every one of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from evenhand.accounts.models import Role
from tests.access.asking import _arguments, address, form
from tests.access.clean import faults_of
from tests.access.test_every_route import NO_SUCH_METHOD, SEEN, TABLE, undone
from tests.access.world import Services, joined
from tests.hardening import nasty
from tests.hardening.sending import answers_of, chunks, send
from tools.access import Line

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
THOROUGH = bool(os.environ.get("EVENHAND_FUZZ"))
EACH = len(nasty.EVERY) if THOROUGH else 1
QUERIES = 8 if THOROUGH else 1
QUERY = ("page", "team", "show", "as", "found", "state", "worker", "value", "month", "day")
FAULT = 500


class People:
    """One person of each role, signed in; whoever reaches a route is asked for by its line."""

    def __init__(self, both: Services) -> None:
        self.both = both
        self.known: dict[str, tuple[Client, object]] = {}

    def for_line(self, line: Line) -> tuple[Client, object] | None:
        """Return the first role's client that a line lets in, and its world; None for none."""
        reached = [role for role, cell in line.roles.items() if cell != "no"]
        first = Role.DIRECTOR if Role.DIRECTOR in reached else next(iter(reached), None)
        if first is None:
            return None
        if first not in self.known or line.route.startswith("accounts:"):
            world = joined(first, self.both)
            client = Client(raise_request_exception=False)
            client.force_login(world.viewer)
            self.known[first] = (client, world)
        return self.known[first]


def routes_of(both: Services, post: bool) -> Iterator[tuple[Line, Client, object, str]]:
    """Yield each line with somebody who reaches it, and its address for their own records."""
    people = People(both)
    for line in TABLE:
        found = people.for_line(line)
        if found is None or (line.post == NO_SUCH_METHOD if post else line.get != SEEN):
            continue
        client, world = found
        yield line, client, world, address(line.route, line.about, world.own)


def test_every_question_of_every_form_takes_anything(both: Services) -> None:
    """It is refused with the words as they were, or stored as the text it was; nothing runs."""
    tried, faults = chunks(nasty.EVERY, EACH), []
    for line, client, world, where in routes_of(both, post=True):
        whole = form(line.route, world.own)
        questions = {**dict.fromkeys(answers_of(client.get(where))), **whole}
        for question in questions:
            for value in next(tried):
                with undone():
                    reply = send(client, where, {**whole, question: value})
                if reply.status_code >= FAULT or faults_of(reply.content):
                    faults.append((where, line.route, question, value, reply.status_code))
                if reply.status_code == SEEN and question in answers_of(reply):
                    faults.extend(_changed(reply, where, question, value))
    assert faults == [], "\n".join(map(repr, faults))


def _changed(reply, where: str, question: str, value: str) -> Iterator[tuple[str, ...]]:
    """Yield a text that came back as another text than it was sent as."""
    back = answers_of(reply)[question]
    sent = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if value in nasty.WORDS and _plain(back) not in {_plain(sent), ""}:
        yield (where, question, sent, back)


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def test_ten_million_letters_come_back_with_a_sentence(both: Services) -> None:
    """Or a page says that it is too much; nothing is lost without a word."""
    for number, (line, client, world, where) in enumerate(routes_of(both, post=True)):
        whole = form(line.route, world.own)
        texts = [name for name, value in whole.items() if isinstance(value, str)]
        if not texts or (number % 16 and not THOROUGH):
            continue
        with undone():
            reply = send(client, where, {**whole, texts[-1]: nasty.LONG})
        assert reply.status_code < FAULT, (where, texts[-1])
        assert faults_of(reply.content[:100_000]) == []


def test_every_query_of_every_page_takes_anything(both: Services) -> None:
    """Page 10^30 is a page like any other that is not there."""
    tried, faults = chunks(nasty.EVERY, QUERIES), []
    for line, client, _, where in routes_of(both, post=False):
        asked = {*QUERY, *answers_of(client.get(where))}
        for value in ("1" + "0" * 30, *next(tried)):
            query = dict.fromkeys(asked, value.encode("utf-8", "replace").decode())
            reply = client.get(where, query)
            if reply.status_code >= FAULT or faults_of(reply.content):
                faults.append((line.route, value, reply.status_code))
    assert faults == [], "\n".join(map(repr, faults))


def test_every_part_of_every_address_takes_anything(both: Services) -> None:
    """What leads nowhere is not found, whatever it looks like."""
    tried, faults = chunks((*nasty.SLUGS, *nasty.WORDS), 4), []
    for line, client, world, where in routes_of(both, post=False):
        given = _arguments(line.route, line.about, world.own, world.own)
        for name in given:
            for value in next(tried):
                try:
                    there = reverse(line.route, kwargs={**given, name: value})
                except (NoReverseMatch, UnicodeError):
                    continue
                reply = client.get(there)
                if reply.status_code >= FAULT or faults_of(reply.content):
                    faults.append((line.route, name, value, where, reply.status_code))
    assert faults == [], "\n".join(map(repr, faults))


def test_more_than_is_read_is_refused_on_a_page(both: Services) -> None:
    """24 million bytes of one form, and a thousand questions."""
    client = Client(raise_request_exception=False)
    client.force_login(joined(Role.DIRECTOR, both).viewer)
    much = "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    assert send(client, "/children/search/", {"words": much}).status_code == 413
    many = {f"q{number}": "" for number in range(1_100)}
    assert send(client, "/children/search/", many).status_code == 400
