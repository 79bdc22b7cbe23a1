"""Disposal: what goes, what stays, who may, and what proves it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from evenhand.history import sealing
from evenhand.history.models import Entry
from evenhand.history.verifying import verify
from evenhand.people.actions import rebuild_lists
from evenhand.people.models import Adult, Child, IdentityTally
from evenhand.problems import Problem
from evenhand.retention import certificates, scrubbing
from evenhand.retention.actions import (
    confirm,
    decide,
    mark_filed,
    place_hold,
    reapply,
    release_hold,
    turn_down,
)
from evenhand.retention.models import Certificate, Decision
from evenhand.retention.native import unfiled_of
from evenhand.sources.models import RowFinding, SourceReference
from evenhand.standards import standing
from evenhand.standards.models import StandingTally
from tests import factories as make
from tests.retention.conftest import GONE_NAME, KEY, STAYING_NAME, WORDS, World, whole

pytestmark = pytest.mark.django_db
NOW = make.NOW
LATER = NOW + timedelta(days=1)
TRACES = (GONE_NAME, KEY, "Tolsworthy", "Orsolina", "Zenobia")


def dispose(world: World) -> Certificate:
    """File what Evenhand alone holds, decide by one and confirm by another."""
    if keys := [one.key for one in unfiled_of(world.child)]:
        mark_filed(
            world.child, by=world.first, at=NOW, keys=keys, filed_on=NOW.date(),
            reference=f"{GONE_NAME} 7",
        )  # fmt: skip
    decision = decide(world.child, by=world.first, at=NOW, what="dispose", reason="The time is up")
    return confirm(decision, by=world.second, at=LATER)


def everything() -> str:
    """Return every cell of every table of every database, as text."""
    cells = []
    for alias in connections:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                cells += [str(row) for row in cursor.fetchall()]
    return "\n".join(cells)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_every_room_is_emptied_and_the_rest_stays(tmp_path: Path) -> None:
    """No cell of any table names the child; the other child, the history and the counts stand."""
    world = whole(tmp_path / "extract")
    before = everything().lower()
    assert all(trace.lower() in before for trace in (GONE_NAME, KEY, "Orsolina", "Zenobia"))
    sealing.seal(at=NOW)
    kept = _rows_of(world.staying)
    certificate = dispose(world)
    after = everything().lower()
    assert [trace for trace in TRACES if trace.lower() in after] == []
    assert not Child.objects.filter(pk__in=[world.child.pk, world.twin.pk]).exists()
    assert not Adult.objects.filter(pk=world.adult.pk).exists()
    assert _rows_of(world.staying) == kept
    assert RowFinding.objects.filter(ref="finding1").exists()
    assert [verdict.faults for verdict in verify().values() if verdict.faults] == []
    _counts_are_as_if_made_anew()
    assert certificate.rows["people.child"] == 2
    assert certificate.rows["people.adult"] == 1
    assert certificates.is_whole(certificate)
    scrubbing.scrub(at=LATER)
    assert _bytes_left() == []


def _rows_of(child: Child) -> Counter[str]:
    """How many rows each room holds of a child."""
    found: Counter[str] = Counter()
    for model in apps.get_models():
        if any(field.name == "child" for field in model._meta.concrete_fields):
            found[model._meta.label] = model._base_manager.filter(child=child.pk).count()
    return found


def _counts_are_as_if_made_anew() -> None:
    """The tallies moved by exactly what went."""
    for model, again in (
        (StandingTally, lambda: standing.refresh(LATER)),
        (IdentityTally, lambda: rebuild_lists(today=LATER.date())),
    ):
        fields = [f.attname for f in model._meta.concrete_fields if f.name not in {"id", "as_at"}]
        moved = _counted(model, fields)
        again()
        assert moved == _counted(model, fields)


def _counted(model: type, fields: list[str]) -> set[tuple[object, ...]]:
    rows = model._base_manager.values_list(*fields)
    zero = {"count": 0}
    if model is IdentityTally:
        rows = rows.exclude(**zero)
        return set(rows)
    return {row for row in rows if any(isinstance(n, int) and n for n in row[3:])}


def _bytes_left() -> list[str]:
    """Return the traces that stand in a file of the SQLite databases."""
    if connections["default"].vendor != "sqlite":
        return []
    left = []
    for alias in connections:
        path = Path(connections[alias].settings_dict["NAME"])
        for file in path.parent.glob(f"{path.name}*"):
            held = file.read_bytes().lower()
            left += [
                f"{trace} in {file.name}" for trace in TRACES if trace.lower().encode() in held
            ]
    return left


def test_the_certificate_names_nobody_and_is_known_when_altered(world: World) -> None:
    """It says what, how many, when, by whom and under which rule; a change of it shows."""
    certificate = dispose(world)
    said = json.dumps(
        [certificate.rows, certificate.records, certificate.keys, certificate.citation]
    )
    assert not any(trace in said for trace in TRACES)
    assert (certificate.rule, certificate.basis) == ("child-in-need", "default")
    assert (certificate.decided_by, certificate.confirmed_by) == (world.first, world.second)
    certificate.rows["people.child"] = 1
    assert not certificates.is_whole(certificate)


def test_what_was_searched_for_is_forgotten_too(world: World) -> None:
    """In every session, by name; what else was searched for stays."""
    client = Client()
    client.force_login(world.second)
    for words in (GONE_NAME.lower(), "Ottershaw"):
        client.post(reverse("people:search"), {"words": words})
    assert len(client.session["searches"]) == 2
    dispose(world)
    assert list(client.session["searches"].values()) == ["Ottershaw"]


def test_one_person_alone_disposes_of_nothing(world: World) -> None:
    """Neither through the action nor past it, in the database."""
    decision = decide(world.child, by=world.first, at=NOW, what="dispose", reason="The time is up")
    with pytest.raises(Problem, match="decided this disposal yourself"):
        confirm(decision, by=world.first, at=LATER)
    with pytest.raises(Problem, match="decided this disposal yourself"):
        turn_down(decision, by=world.first, at=LATER, reason="No")
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            ref="x", ground="time", pack_digest="", decided_by=world.first, decided_at=NOW,
            confirmed_by=world.first, made_at=NOW, digest="",
        )  # fmt: skip
    with pytest.raises(Problem, match="waits for a second person already"):
        decide(world.child, by=world.second, at=NOW, what="dispose", reason="Again")
    assert Child.objects.filter(pk=world.child.pk).exists()


@pytest.mark.parametrize("of_all", [True, False])
def test_a_hold_stops_both_steps(world: World, of_all: bool) -> None:
    """On the child or on everybody; released with a reason, it goes on."""
    decision = decide(world.child, by=world.first, at=NOW, what="dispose", reason="The time is up")
    held = None if of_all else world.child
    review = make.TODAY + timedelta(days=90)
    hold = place_hold(held, by=world.first, at=NOW, reason="An inquiry", review_on=review)
    with pytest.raises(Problem, match="This record is held"):
        confirm(decision, by=world.second, at=LATER)
    with pytest.raises(Problem, match="No reason"):
        release_hold(hold, by=world.first, at=LATER, reason=" ")
    release_hold(hold, by=world.first, at=LATER, reason="The inquiry is over")
    with pytest.raises(Problem, match="released before"):
        release_hold(hold, by=world.first, at=LATER, reason="Again")
    confirm(decision, by=world.second, at=LATER)
    assert not Child.objects.filter(pk=world.child.pk).exists()


def test_before_its_time_it_stays(world: World) -> None:
    """A young child's, an open one's, and one of which no day of birth is known."""
    with pytest.raises(Problem, match="is open"):
        decide(world.staying, by=world.first, at=NOW, what="dispose", reason="Wrongly")
    for born in (date(2015, 6, 1), None):
        Child.objects.filter(pk=world.child.pk).update(born_on=born)
        with pytest.raises(Problem, match="is not over, or cannot be told"):
            decide(world.child, by=world.first, at=NOW, what="dispose", reason="Wrongly")
    with pytest.raises(Problem, match="No reason"):
        decide(world.child, by=world.first, at=NOW, what="dispose", reason="")
    erased = decide(
        world.child, by=world.first, at=NOW, what="dispose", ground="erasure", reason="They asked"
    )
    assert erased.standing == Decision.Standing.WAITING


def test_what_is_kept_longer_is_asked_again_on_a_day(world: World) -> None:
    """And what is turned down stays, with the reason."""
    with pytest.raises(Problem, match="No day to come"):
        decide(world.child, by=world.first, at=NOW, what="keep", reason="A claim may come")
    decision = decide(world.child, by=world.first, at=NOW, what="dispose", reason="The time is up")
    turn_down(decision, by=world.second, at=LATER, reason="A claim may come")
    decision.refresh_from_db()
    assert (decision.standing, decision.answer) == ("turned down", "A claim may come")
    with pytest.raises(Problem, match="no longer waits"):
        confirm(decision, by=world.second, at=LATER)


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_brings_it_back_is_put_right(tmp_path: Path) -> None:
    """From the list beside the database, though the certificate came after the backup."""
    world = whole(tmp_path / "extract")
    certificate = dispose(world)
    line = json.loads((Path(settings.DATA) / certificates.LIST_FILE).read_text(encoding="utf-8"))
    assert not any(trace in json.dumps(line) for trace in TRACES)
    Certificate.objects.all().delete()
    back = make.child(surname=GONE_NAME, forename="Zenobia")
    Child.objects.filter(pk=back.pk).update(ref=world.child.ref)
    assert reapply(by=None, at=LATER) == 1
    assert GONE_NAME not in everything()
    assert Certificate.objects.get().digest == certificate.digest
    assert Entry.objects.filter(action="disposal.reapplied").count() == 1
    assert reapply(by=None, at=LATER) == 0
    assert STAYING_NAME in everything()
    assert WORDS not in everything()
    assert not SourceReference.objects.filter(key=KEY).exists()
