"""What a child volunteers, and everybody's own words, stand sealed and open only to be seen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from evenhand.accounts.models import User
from evenhand.history.models import Entry
from evenhand.people.actions import answer
from evenhand.people.models import Child, IdentityStatement
from evenhand.people.sealing import seal_what_is_plain
from evenhand.secrecy import keys
from evenhand.secrecy.keys import WrongKey
from tests import factories

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def child() -> Child:
    return factories.child()


@pytest.fixture
def manager() -> User:
    return factories.user("team_manager")


def tell(child: Child, by: User, characteristic: str, code: str, **more: Any) -> IdentityStatement:
    told: IdentityStatement = answer(
        child, by=by, at=NOW, characteristic=characteristic, status="answered", answer=code,
        said_by="child", asked_on=NOW.date(), **more,
    )  # fmt: skip
    return IdentityStatement.objects.get(pk=told.pk)


def held() -> list[tuple[str, str]]:
    """Return each answer and own words as the database holds them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer, own_words FROM people_identitystatement ORDER BY id")
        return list(cursor.fetchall())


def test_what_is_volunteered_is_sealed_and_opens_for_its_row(child: Child, manager: User) -> None:
    said = tell(child, manager, "sexual_orientation", "gay", own_words="I like boys", may_see="")
    assert (said.answer, said.own_words) == ("gay", "I like boys")
    assert all(keys.is_sealed(each) for each in held()[0])
    assert "gay" not in str(Entry.objects.get(action="identity.answered").changes)


def test_what_everybody_is_asked_stands_open_and_own_words_sealed(
    child: Child, manager: User
) -> None:
    tell(child, manager, "ethnicity", "WBRI", own_words="Island through and through")
    (code, words) = held()[0]
    assert code == "WBRI"
    assert keys.is_sealed(words)


def test_a_value_moved_to_another_row_does_not_open(child: Child, manager: User) -> None:
    one = tell(child, manager, "sexual_orientation", "gay")
    two = tell(child, manager, "sexual_orientation", "straight")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_identitystatement SET answer = (SELECT answer FROM "
            "people_identitystatement WHERE id = %s) WHERE id = %s",
            [one.pk, two.pk],
        )
    moved = IdentityStatement.objects.get(pk=two.pk)
    with pytest.raises(WrongKey, match="altered or moved"):
        _ = moved.answer


def test_saving_a_row_that_was_not_opened_leaves_its_words(child: Child, manager: User) -> None:
    said = tell(child, manager, "gender_identity", "girl", own_words="I am a girl")
    before = held()
    IdentityStatement.objects.get(pk=said.pk).save()
    assert held() == before


def test_what_was_opened_is_sealed_again_when_it_is_saved(child: Child, manager: User) -> None:
    said = tell(child, manager, "gender_identity", "girl", own_words="I am a girl")
    said.answer, said.own_words = said.answer, said.own_words
    said.save()
    assert all(keys.is_sealed(each) for each in held()[0])


def test_a_query_gives_nothing_away(child: Child, manager: User) -> None:
    tell(child, manager, "gender_identity", "girl", own_words="I am a girl")
    rows = IdentityStatement.objects.values_list("answer", "own_words")
    assert "girl" not in repr(list(rows))
    for ask in ({"own_words__contains": "girl"}, {"own_words": "I am a girl"}):
        with pytest.raises(FieldError, match="is sealed"):
            rows.filter(**ask).count()
    with pytest.raises(FieldError, match="save the row"), transaction.atomic():
        IdentityStatement.objects.update(own_words="another")
    assert rows.filter(own_words="").count() == 0


def test_the_database_refuses_a_volunteered_answer_that_stands_open(
    child: Child, manager: User
) -> None:
    said = tell(child, manager, "gender_identity", "girl", may_see="worker")
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityStatement.objects.filter(pk=said.pk).update(answer="girl")


def test_what_was_written_before_is_sealed_in_place(child: Child, manager: User) -> None:
    for code in ("girl", "boy"):
        tell(child, manager, "gender_identity", code, own_words=f"I am a {code}")
    tell(child, manager, "ethnicity", "WBRI")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_identitystatement SET answer = 'girl', own_words = 'plain words' "
            "WHERE characteristic = 'gender_identity'"
        )
    assert seal_what_is_plain() == 4
    assert seal_what_is_plain() == 0
    assert [keys.is_sealed(each) for each, _ in held()] == [True, True, False]
    said = IdentityStatement.objects.filter(characteristic="gender_identity")
    assert {(each.answer, each.own_words) for each in said} == {("girl", "plain words")}


def test_a_page_that_meets_a_key_that_is_gone_says_so_and_shows_the_rest(
    client: Client, settings: Settings
) -> None:
    team = factories.team()
    child, manager = factories.child(team=team), factories.user("team_manager", team=team)
    tell(child, manager, "ethnicity", "WBRI", own_words="Island through and through")
    tell(child, manager, "sexual_orientation", "gay", own_words="I like boys")
    settings.COLUMN_KEYS = keys.new_key(NOW.date())
    client.force_login(manager)
    page = client.get(reverse("people:identity", args=[child.ref])).content.decode()
    assert "the key it was sealed with is not in use" in page
    assert "White British" in page
    assert "gay" not in page
