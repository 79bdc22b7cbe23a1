"""Passwords by length, never by mixture; a list of common ones and our own words are refused."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from evenhand.accounts import actions
from evenhand.accounts.models import Role, User
from evenhand.history.models import Entry
from tests import factories as make

PASSWORD = "three dull puffins"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "too short"),
        ("Q1W2E3R4T5Y6", "too common"),
        ("Islehaven2026!", "little more than “islehaven”"),
        ("evenhand-islehaven", "little more than"),
        ("robin.shore.123", "little more than"),
        ("childrens-social-worker", "little more than"),
        ("x" * 1_001, "1,001 characters"),
    ],
)
def test_what_others_would_try_is_refused(password: str, why: str) -> None:
    robin = User(username="robin.shore", name="Robin Shore")

    with pytest.raises(ValidationError) as refused:
        validate_password(password, robin)

    assert why in " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "aaaaaaaa aaaa",
        "twelve chars",
        "ferries leave Islehaven at dawn",
        "påske på øya ✨",
    ],
)
def test_length_is_enough_whatever_it_is_made_of(password: str) -> None:
    validate_password(password, User(username="robin.shore", name="Robin Shore"))


def test_a_password_can_be_pasted_kept_by_a_manager_and_shown(client: Client) -> None:
    page = client.get(reverse("accounts:sign-in")).content.decode()

    box = re.search(r"<input[^>]*type=\"password\"[^>]*>", page)
    assert box is not None
    assert 'autocomplete="current-password"' in box[0]
    assert "onpaste" not in page
    assert 'data-module="govuk-password-input"' in page
    assert 'aria-label="Show password"' in page


@pytest.fixture
def person() -> User:
    user = make.user(Role.EQUALITY_LEAD)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"old_password": "not it", "new_password": "a quiet tin whistle"}, "not the password"),
        ({"old_password": PASSWORD, "new_password": "islehaven2026"}, "little more than"),
        ({"old_password": PASSWORD, "new_password": "tin x"}, "too short"),
    ],
)  # fmt: skip
def test_a_change_is_refused_in_a_sentence(
    client: Client, person: User, given: dict[str, str], sentence: str
) -> None:
    client.force_login(person)

    page = client.post(reverse("accounts:change-password"), given).content.decode()

    assert sentence in page
    assert given["new_password"] not in page
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_change_is_written_down_without_the_password(client: Client, person: User) -> None:
    client.force_login(person)
    new = {"old_password": PASSWORD, "new_password": "a quiet tin whistle"}

    client.post(reverse("accounts:change-password"), new)

    person.refresh_from_db()
    assert person.check_password("a quiet tin whistle")
    entry = Entry.objects.get(action="password.changed")
    assert "whistle" not in str(entry.changes)


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(make.user(Role.ADMINISTRATOR))
    return client


def link_for(administrator: Client, person: User) -> str:
    """Return the link that an administrator makes, as their page shows it."""
    page = administrator.post(
        reverse("accounts:invite", args=[person.ref]), follow=True
    ).content.decode()
    found = re.search(r"http://testserver(/welcome/[^<]+)", page)
    assert found is not None
    return found[1]


def choose(client: Client, link: str, password: str = "a quiet tin whistle") -> str:
    where = client.get(link, follow=True).redirect_chain[-1:]
    reply = client.post(where[0][0] if where else link, {"new_password": password}, follow=True)
    return reply.content.decode()


def test_a_link_lets_a_person_choose_a_password_once(
    client: Client, administrator: Client, person: User
) -> None:
    link = link_for(administrator, person)
    assert (
        link not in administrator.get(reverse("accounts:user", args=[person.ref])).content.decode()
    )
    asked = client.get(link, follow=True)
    assert link not in asked.redirect_chain[-1][0], "the token has left the address"
    assert "little more than" in choose(client, link, "islehaven2026")
    assert "Your password is chosen" in choose(client, link)

    person.refresh_from_db()
    assert person.check_password("a quiet tin whistle")
    assert Client().get(link).status_code == 410
    assert Entry.objects.filter(action="user.invited").count() == 1


def test_a_link_ends_after_its_hours(
    client: Client, administrator: Client, person: User, settings: Settings
) -> None:
    link = link_for(administrator, person)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert client.get(link).status_code == 410


@pytest.mark.parametrize("spoilt", ["token", "person", "closed"])
def test_a_link_that_is_not_ours_opens_nothing(
    client: Client, administrator: Client, person: User, spoilt: str
) -> None:
    link = link_for(administrator, person)
    if spoilt == "closed":
        User.objects.filter(pk=person.pk).update(is_active=False)
    other = make.user(Role.DIRECTOR)
    wrong = {"token": link[:-2] + "x/", "person": link.replace(person.ref, other.ref)}.get(
        spoilt, link
    )

    reply = client.get(wrong)

    assert reply.status_code == 410
    assert "This link no longer works" in reply.content.decode()


@pytest.mark.parametrize("is_set_up", [True, False])
def test_it_is_sent_where_a_server_is_named_and_shown_anyway(
    administrator: Client, person: User, settings: Settings, is_set_up: bool
) -> None:
    settings.EMAIL_HOST = "mail.example" if is_set_up else ""
    User.objects.filter(pk=person.pk).update(email="p@islehaven.example")

    link = link_for(administrator, person)

    assert [each.to for each in mail.outbox] == ([["p@islehaven.example"]] if is_set_up else [])
    assert all(link in str(each.body) for each in mail.outbox)


def test_who_has_no_password_signs_in_with_none(client: Client) -> None:
    made = actions.create_user(by=None, at=make.NOW, username="new.body", name="New Body")

    reply = client.post(reverse("accounts:sign-in"), {"username": "new.body", "password": "None"})

    assert not made.has_usable_password()
    assert "do not match" in reply.content.decode()
