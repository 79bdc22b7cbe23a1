"""A new key takes over while everybody works: nothing is lost, and a wrong key is known at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from evenhand import cli
from evenhand.people.models import IdentityStatement
from evenhand.people.sealing import ANSWER, OWN_WORDS
from evenhand.problems import Problem
from evenhand.secrecy import checking, columns, keys, rotation
from evenhand.secrecy.columns import Column, Row, columns_of_models
from evenhand.secrecy.fields import Secret
from evenhand.secrecy.models import KeyCheck
from tests import factories

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
OLD, NEW = keys.new_key(date(2025, 11, 20)), keys.new_key(date(2026, 11, 20))
OLD_NAME, NEW_NAME = OLD.split(":")[0], NEW.split(":")[0]
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def old(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six statements under the old key, the new one being in use beside it, two rows a block."""
    monkeypatch.setattr(columns, "AT_ONCE", 2)
    KeyCheck.objects.all().delete()
    settings.COLUMN_KEYS = OLD
    checking.check(at=NOW)
    child = factories.child()
    for number in range(6):
        IdentityStatement.objects.create(
            ref=f"said{number}", child=child, characteristic="gender_identity", status="answered",
            answer=Secret("girl"), own_words=f"words {number}", said_by="child", recorded_at=NOW,
        )  # fmt: skip
    settings.COLUMN_KEYS = f"{NEW}, {OLD}"
    checking.check(at=NOW)


def told() -> list[tuple[str, str]]:
    return [(s.answer, s.own_words) for s in IdentityStatement.objects.order_by("ref")]


ALL = [("girl", f"words {number}") for number in range(6)]


def test_every_value_is_moved_and_the_old_key_may_go(settings: Settings) -> None:
    done = rotation.rotate(columns_of_models())
    assert (done.moved, done.left, done.unopened) == (12, {NEW_NAME: 12, OLD_NAME: 0}, ())
    settings.COLUMN_KEYS = NEW
    checking.check(at=NOW)
    assert told() == ALL


def test_what_stops_it_half_way_loses_nothing_and_the_next_run_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    swap = columns._swap

    def killed(column: Column, pairs: Any) -> int:
        if pairs[0][0].ref == "said4":
            raise KeyboardInterrupt
        return swap(column, pairs)

    monkeypatch.setattr(columns, "_swap", killed)
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(columns_of_models())
    assert rotation.counts(columns_of_models()) == {NEW_NAME: 4, OLD_NAME: 8}
    assert told() == ALL
    monkeypatch.setattr(columns, "_swap", swap)
    assert rotation.rotate(columns_of_models()).moved == 8
    assert told() == ALL


def test_what_another_writes_meanwhile_is_kept() -> None:
    def another_writes(row: Row) -> str:
        if row.ref == "said1":
            changed = IdentityStatement.objects.get(ref="said1")
            changed.own_words = "said later"
            changed.save()
        return keys.seal("what was read before", OWN_WORDS.bound(row.ref))

    assert columns.change(OWN_WORDS, "{c} <> %s", [""], another_writes) == 5
    assert IdentityStatement.objects.get(ref="said1").own_words == "said later"


def test_what_does_not_open_is_left_and_named_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    [first, second] = IdentityStatement.objects.filter(ref__in=("said0", "said1")).order_by("ref")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_identitystatement SET answer = (SELECT answer FROM "
            "people_identitystatement WHERE id = %s) WHERE id = %s",
            [first.pk, second.pk],
        )
    assert cli.main(["keys", "rotate"]) == 1
    said = capsys.readouterr()
    assert "11 values were sealed again" in said.out
    assert f"people_identitystatement.answer, row {second.pk}: does not open" in said.err
    assert KeyCheck.objects.filter(key=OLD_NAME).exists()


def test_the_commands_say_how_much_is_under_each_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["keys", "status"]) == 0
    before = capsys.readouterr().out
    assert f"{OLD_NAME}: 12 values. Run: evenhand keys rotate" in before
    assert cli.main(["keys", "rotate"]) == 0
    after = capsys.readouterr().out
    assert f"{NEW_NAME}: 12 values; the current key." in after
    assert f"{OLD_NAME}: nothing is left under it. It may be taken out of use." in after


def test_what_became_volunteered_after_it_was_said_is_sealed_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    IdentityStatement.objects.filter(ref="said0").update(answer="boy")
    assert cli.main(["keys", "rotate"]) == 0
    assert f"{NEW_NAME}: 12 values; the current key." in capsys.readouterr().out
    assert IdentityStatement.objects.get(ref="said0").answer == "boy"


def test_a_long_document_is_a_block_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "AT_ONCE_LONG", 10)
    taken: list[int] = []
    block = columns._block
    monkeypatch.setattr(columns, "_block", lambda *a: taken.append(len(r := block(*a))) or r)
    columns.change(ANSWER, "{c} <> %s", [""], lambda row: row.stored)
    assert taken == [1] * 6 + [0]


@pytest.mark.parametrize(
    ("keys_now", "said"),
    [
        (NEW, f"sealed under the key {OLD_NAME}, which is not in use"),
        (f"{NEW}, {OLD_NAME}:{keys.new_key(date(2026, 1, 1)).split(':')[1]}", "is not the one"),
        ("nonsense", "is not 32 bytes"),
    ],
    ids=["gone", "another", "nonsense"],
)
def test_a_wrong_key_stops_the_start_with_a_sentence(
    settings: Settings, capsys: pytest.CaptureFixture[str], keys_now: str, said: str
) -> None:
    settings.COLUMN_KEYS = keys_now
    assert cli.main(["keys", "status"]) == 2
    assert said in capsys.readouterr().err


def test_a_wrong_key_seals_nothing(settings: Settings) -> None:
    settings.COLUMN_KEYS = keys.new_key(date(2026, 11, 21))
    before = KeyCheck.objects.count()
    with pytest.raises(Problem):
        checking.check(at=NOW)
    assert KeyCheck.objects.count() == before
