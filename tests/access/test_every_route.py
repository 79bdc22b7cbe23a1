"""Every route, as every role, with records of one's own and of others, against one table."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import cycle
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client

from evenhand.accounts.models import Role
from evenhand.accounts.roles import roles
from evenhand.config.databases import VIEW_LOG
from evenhand.config.logs import RouteOnly, WithoutWords
from evenhand.history.models import Entry, View
from evenhand.people.models import Child
from evenhand.policy.roles import CASELOAD, NONE, TEAMS
from tests.access.asking import MIXED, address, form
from tests.access.clean import NAMED, faults_of
from tests.access.routes import routes
from tests.access.world import (
    OTHERS_NAME,
    THEIR_NAME,
    Records,
    Services,
    World,
    joined,
    strangers,
)
from tools import access
from tools.access import Line

pytestmark = pytest.mark.django_db
TABLE = list(access.lines())
ABOUT_A_CHILD = {"audit_copy", "audit_finding", "audit_open", "audit_reopening",
                 "audit_review",
                 "transition_plan", "transition_case",
                 "child", "adult", "statement", "finding", "records_request",
                 "feedback", "barrier_met", "told", "recording", "recording_letter", "child_form",
                 "child_event", "advised", "advice_decision",
                 "advice_letter", "advice_file"}  # fmt: skip
SEEN, TAKEN = 200, 302
NOT_ALLOWED, NOT_FOUND, NO_SUCH_METHOD, GONE = 403, 404, 405, 410
BEFORE_SIGN_IN = {"promises:feed", "accounts:sign-in", "accounts:second-step", "accounts:directory",
                  "accounts:directory-back", "accounts:welcome", "your_records:how",
                  "your_records:form", "tiers:tiers", "feedback:answer-survey",
                  "our_standards:standards",
                  "our_standards:quarter", "machine:health",
                  "machine:metrics"}  # fmt: skip
TOKEN = re.compile(rb"[A-Za-z0-9]{64}")


@contextmanager
def undone(database: str = "default") -> Iterator[None]:
    """Take back what was done inside to a database."""
    with transaction.atomic(using=database):
        yield
        transaction.set_rollback(True, using=database)


def signed_in(walked: World) -> Client:
    """Return a browser with the role's person signed in, who meets errors as people do."""
    client = Client(raise_request_exception=False)
    client.force_login(walked.viewer)
    return client


def post(client: Client, line: Line, where: str, records: Records) -> HttpResponse:
    """Send the route a whole form; where it takes none, an empty one."""
    given = {} if line.post == NO_SUCH_METHOD else form(line.route, records)
    return client.post(where, given)


def test_every_route_has_a_line_and_no_line_is_idle() -> None:
    """A new route is walked from the day it is there."""
    assert {line.route: line.address for line in TABLE} == dict(routes())
    assert all(list(line.roles) == list(roles().roles) for line in TABLE)


@pytest.mark.parametrize("role", list(roles().roles))
def test_each_role_gets_as_far_as_the_table_says(role: str, walked: World) -> None:
    """Within their reach, outside it, and on one's own child with another's mother."""
    client = signed_in(walked)
    with logged() as log:
        met = {(line.route, *each) for line in TABLE for each in _met(walked, client, line)}
    expected = {(line.route, *each) for line in TABLE for each in _expected(line, role)}
    assert sorted(met - expected) == sorted(expected - met) == []
    assert NAMED.findall(log.getvalue()) == []


def _met(walked: World, client: Client, line: Line) -> Iterator[tuple[str, str, int]]:
    for whose, where, records in _records(walked, line):
        if line.route.startswith("accounts:"):
            client = signed_in(walked)  # the last one may have signed out
        yield whose, "get", _opened(client, walked, line, where, records)
        with undone():
            entries = Entry.objects.count()
            status = post(client, line, where, records).status_code
            yield whose, "post", status
            assert status == TAKEN or Entry.objects.count() == entries, where


def _opened(client: Client, walked: World, line: Line, where: str, records: Records) -> int:
    """Open a page; it holds nothing inline, and if it is about a child, the log of views has it."""
    looks = View.objects.filter(user_id=walked.viewer.pk)
    before = looks.count()
    response = client.get(where)
    assert faults_of(response.content) == [], where
    if line.about in ABOUT_A_CHILD and response.status_code == SEEN:
        assert looks.count() == before + 1, where
        assert looks.latest("pk").child_id == _child_of(line, records).pk, where
    return response.status_code


def _child_of(line: Line, records: Records) -> Child:
    return Child.objects.get(forename="Ada") if line.about == "finding" else records.child


@contextmanager
def logged() -> Iterator[StringIO]:
    """Return what the program logs, at its most talkative, as an authority's log would have it."""
    out, root = StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(out), root.level
    console = settings.LOGGING["formatters"]["plain"]
    handler.setFormatter(WithoutWords(console["format"], style="{"))
    handler.addFilter(RouteOnly())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield out
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


@pytest.mark.parametrize("role", [Role.DIRECTOR])
def test_nothing_but_get_and_post_is_taken_anywhere(role: str, walked: World) -> None:
    """Nor is anything changed by another method."""
    client, others = signed_in(walked), cycle(("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"))
    for line, method in zip(TABLE, others, strict=False):
        where = address(line.route, line.about, walked.own)
        assert client.generic(method, where).status_code == NO_SUCH_METHOD, (method, where)


def _records(walked: World, line: Line) -> Iterator[tuple[str, str, Records]]:
    own, others = walked.own, walked.others
    yield "own", address(line.route, line.about, own), own
    if "own" in line.roles.values() or line.about in MIXED:
        yield "others'", address(line.route, line.about, others), others
    if line.about in MIXED:
        yield "mixed", address(line.route, line.about, own, others), own


def _expected(line: Line, role: str) -> Iterator[tuple[str, str, int]]:
    cell = line.roles[role]
    whose = {"own": cell}
    if "own" in line.roles.values() or line.about in MIXED:
        whose["others'"] = "yes" if cell == "all" else "hidden"
    if line.about in MIXED:
        whose["mixed"] = "hidden"
    for name, reach in whose.items():
        for method, allowed in (("get", line.get), ("post", line.post)):
            yield name, method, _status(cell, reach, allowed)


def _status(cell: str, reach: str, allowed: int) -> int:
    if cell == "no":
        return NOT_ALLOWED
    return NOT_FOUND if reach == "hidden" and allowed != NO_SUCH_METHOD else allowed


@pytest.mark.parametrize("role", [Role.DIRECTOR])
def test_nobody_gets_anywhere_without_signing_in(role: str, walked: World) -> None:
    """And a reference that leads nowhere looks just the same."""
    for line in TABLE:
        where = address(line.route, line.about, walked.own)
        for answer in (Client().get(where), post(Client(), line, where, walked.own)):
            if line.route in BEFORE_SIGN_IN:
                assert answer.status_code in {SEEN, TAKEN, NOT_FOUND, NO_SUCH_METHOD, GONE}
                assert answer.status_code != TAKEN or answer["Location"] == "/sign-in/", where
            else:
                assert answer.status_code == TAKEN, where
                assert answer["Location"] == f"/sign-in/?next={where}"


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER])
def test_no_form_is_taken_from_another_site(role: str, walked: World) -> None:
    """Every route that takes answers wants the token of its own page."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(walked.viewer)
    for line in TABLE:
        if line.post != NO_SUCH_METHOD:
            where = address(line.route, line.about, walked.own)
            assert post(client, line, where, walked.own).status_code == NOT_ALLOWED, where


def test_no_page_about_a_child_is_shown_unlogged(both: Services) -> None:
    """With the log out of use the page does not come, nor does it say a name."""
    for line in TABLE:
        reached = [role for role, cell in line.roles.items() if cell != "no"]
        if line.about not in ABOUT_A_CHILD or line.get != SEEN or not reached:
            continue
        with undone(), log_out_of_use():
            walked = joined(reached[0], both)
            where = address(line.route, line.about, walked.own)
            unlogged = signed_in(walked).get(where)
        assert unlogged.status_code == 500, where
        assert THEIR_NAME not in unlogged.content.decode()


@contextmanager
def log_out_of_use() -> Iterator[None]:
    """Make the file of the view log one that cannot be written, as a full disk would."""
    with connections[VIEW_LOG].cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            with undone(VIEW_LOG):
                yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")


WITHIN_A_REACH = [
    role
    for role, rule in roles().roles.items()
    if {rule.persons, rule.aggregates} <= {CASELOAD, TEAMS}
]
WHO_ONLY_COUNT = [role for role, rule in roles().roles.items() if rule.persons == NONE]
NARROWED = ("team={team}", "team={team}&as=csv", "show=all&state=open")


@pytest.mark.parametrize("role", WITHIN_A_REACH)
def test_other_peoples_children_change_nothing_that_one_sees(role: str, walked: World) -> None:
    """No list, count, chart or export of a limited reach moves when others' children are added."""
    before = pages(walked, role)
    assert any(THEIR_NAME.encode() in page for page in before.values())
    assert [where for where, page in before.items() if OTHERS_NAME.encode() in page] == []
    strangers(walked.others_team)
    after = pages(walked, role)
    changed = [where for where in before if before[where] != after[where]]
    assert not changed, "\n".join(changed)


def pages(walked: World, role: str) -> dict[str, bytes]:
    """Return every page a role may open that is about no one record, narrowed and exported too."""
    client, found = signed_in(walked), {}
    for line in TABLE:
        if line.about not in {"", "standard", "clause"} or line.roles[role] == "no":
            continue
        if line.get != SEEN or line.route.startswith("machine:"):  # figures of the machine itself
            continue
        where = address(line.route, line.about, walked.own)
        narrowed = NARROWED if line.about != "clause" and line.post == NO_SUCH_METHOD else ()
        for query in ("", *narrowed):
            asked = f"{where}?{query.format(team=walked.others_team.ref)}" if query else where
            found[asked] = TOKEN.sub(b"", client.get(asked).content)
    words = {"words": OTHERS_NAME}
    found["search"] = TOKEN.sub(b"", client.post("/children/search/", words, follow=True).content)
    found["search"] = found["search"].replace(OTHERS_NAME.encode(), b"")
    return found


@pytest.mark.parametrize("role", WHO_ONLY_COUNT)
def test_those_who_only_count_meet_no_childs_name(role: str, walked: World) -> None:
    """Not on any page that they may open."""
    named = [where for where, page in pages(walked, role).items() if THEIR_NAME.encode() in page]
    assert named == []


def test_the_page_of_the_reference_is_what_the_table_says() -> None:
    """`make docs` writes it."""
    held = Path(settings.PROJECT).parent / access.DEFAULT
    assert held.read_text(encoding="utf-8") == access.page()
