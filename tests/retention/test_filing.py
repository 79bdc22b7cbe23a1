"""What Evenhand alone holds is filed in the case system, and the proof of it is kept."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.casework.actions import record
from evenhand.people.actions import answer
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.retention.actions import confirm, decide, mark_filed
from evenhand.retention.models import Filing
from evenhand.retention.native import native_of, unfiled_of
from evenhand.sources.models import SourceReference
from tests import factories as make
from tests.pages import links_of, main_of, table_of
from tests.retention.conftest import GONE_NAME, World

pytestmark = pytest.mark.django_db


def _say(person: object, world: World, characteristic: str = "religion", **said: str) -> None:
    now = timezone.now()
    answer(
        person, by=world.first, at=now, characteristic=characteristic, status="answered",
        said_by="child" if isinstance(person, Child) else "adult", asked_on=now.date(), **said,
    )  # fmt: skip


def _open(world: World, role: str = "team_manager") -> Client:
    client = Client()
    client.force_login(make.user(role, team=world.team if role == "team_manager" else None))
    return client


def test_what_was_asked_here_is_listed_taken_as_a_sheet_and_filed(world: World) -> None:
    """As a PDF, a workbook and JSON; its number in the case system is kept and shown."""
    _say(world.child, world, own_words="=SUM(A1) I pray with nan")
    _say(world.adult, world, "first_language", answer="", own_words="Cornish")
    client, where = _open(world), reverse("retention:filing", args=[world.child.ref])
    assert where in links_of(client.get(reverse("retention:unfiled")))
    assert where in links_of(client.get(reverse("pages:child", args=[world.child.ref])))
    rows = table_of(client.get(where), "What Evenhand alone holds")
    assert {row[5] for row in rows} == {"Not yet"}
    assert len(rows) == 2
    assert client.get(where + "?as=pdf").content.startswith(b"%PDF-")
    held = json.loads(client.get(where + "?as=json").content)
    assert held["child"]["name"].endswith(GONE_NAME)
    assert "I pray with nan" in json.dumps(held["held"])
    book = openpyxl.load_workbook(io.BytesIO(client.get(where + "?as=xlsx").content))
    cells = [str(cell.value) for row in book.active for cell in row]
    assert any("I pray with nan" in cell for cell in cells)
    assert {cell.data_type for row in book.active for cell in row} <= {"s", "n"}
    keys = [one.key for one in unfiled_of(world.child)]
    today = f"{timezone.localdate():%d/%m/%Y}"
    nothing = client.post(where, {"keys": keys, "filed_on": today})
    assert "Enter the number" in main_of(nothing)
    done = client.post(where, {"keys": keys, "filed_on": today, "reference": "DOC-77"}, follow=True)
    assert all(row[5].startswith("DOC-77") for row in table_of(done, "What Evenhand alone"))
    assert where not in links_of(client.get(reverse("retention:unfiled")))
    assert Filing.objects.count() == 2


def test_what_is_volunteered_is_in_no_sheet(world: World) -> None:
    """Nor does anything wait for it."""
    _say(world.child, world, "sexual_orientation", own_words="I am who I am", may_see="worker")
    assert native_of(world.child) == []
    body = _open(world).get(reverse("retention:filing", args=[world.child.ref]) + "?as=json")
    assert b"I am who I am" not in body.content


def test_a_visit_recorded_by_hand_waits_until_the_case_system_shows_it(world: World) -> None:
    """Then nobody need file it."""
    make.care_period(world.staying, date(2020, 1, 1))
    visit = record(
        world.staying, by=world.first, at=timezone.now(), kind="visit",
        held_on=timezone.localdate() - timedelta(days=2),
    )  # fmt: skip
    (one,) = unfiled_of(world.staying)
    assert one.what == "A visit to the child"
    SourceReference.objects.create(
        source=make.source(), kind="care_visit", key="V1", target="casework.visit",
        target_id=visit.pk, last_batch_id=1,
    )  # fmt: skip
    assert unfiled_of(world.staying) == []


def test_nothing_is_disposed_of_before_it_is_filed(world: World) -> None:
    """Or before a person says why it is not."""
    _say(world.child, world, own_words="I pray")
    given = {"by": world.first, "what": "dispose", "reason": "The time is up"}
    with pytest.raises(Problem, match="alone holds 1 thing of this record that nobody filed"):
        decide(world.child, at=make.NOW, **given)
    key = unfiled_of(world.child)[0].key
    for wrong, said in (
        ({"keys": []}, "Nothing was chosen"),
        ({"keys": ["people.identitystatement:0"]}, "not waiting to be filed"),
        ({"keys": [key], "filed_on": date(2030, 1, 1)}, "still to come"),
        ({"keys": [key], "not_filed_because": " "}, "no number of the document"),
    ):
        call = {"filed_on": make.TODAY, "not_filed_because": "It is there already", **wrong}
        with pytest.raises(Problem, match=said):
            mark_filed(world.child, by=world.first, at=make.NOW, **call)
    mark_filed(
        world.child, by=world.first, at=make.NOW, keys=[key], filed_on=make.TODAY,
        not_filed_because="It is there already",
    )  # fmt: skip
    decision = decide(world.child, at=make.NOW, **given)
    confirm(decision, by=world.second, at=make.NOW)
    assert not Filing.objects.exists()


def test_the_list_costs_no_more_for_many(world: World, django_assert_max_num_queries) -> None:
    """A page of it is a handful of queries however many there are."""
    for _ in range(3):
        _say(make.child(team=world.team), world, own_words="I pray")
    client = _open(world)
    client.get(reverse("retention:unfiled"))
    with django_assert_max_num_queries(25, connection=connection):
        rows = table_of(client.get(reverse("retention:unfiled")), "Not filed yet")
    assert len(rows) == 3
