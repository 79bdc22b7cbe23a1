"""Signing in: plain words when it fails, a pause after too many tries, and the demonstration."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from evenhand.accounts import demo
from evenhand.accounts.models import Role, User
from evenhand.accounts.roles import title_of
from evenhand.accounts.scope import scope_of
from tests import factories as make

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def islehaven(settings: Settings) -> None:
    settings.DEMO = True
    service = make.team("Children's service")
    team = make.team("Quay Team", parent=service)
    worker = make.worker("Sam Pebble", team=team)
    officer = make.worker("Iona Buoy")
    child = make.child(team=team, worker=worker)
    make.involvement(child, officer, role="IRO")
    demo.create(at=AT)


@pytest.mark.usefixtures("islehaven")
def test_the_demonstration_offers_one_sign_in_for_each_role(client: Client) -> None:
    page = client.get(reverse("accounts:sign-in")).content.decode()

    for role in Role:
        assert f">{title_of(role)}<" in page


@pytest.mark.usefixtures("islehaven")
@pytest.mark.parametrize("role", Role)
def test_each_of_them_signs_in_with_its_role(client: Client, role: Role) -> None:
    username = demo.USERNAMES[role]

    reply = client.post(
        reverse("accounts:sign-in"), {"username": username, "password": demo.PASSWORD}
    )

    assert reply.status_code == 302
    assert scope_of(User.objects.get(username=username)).roles == {role}


@pytest.mark.usefixtures("islehaven")
def test_making_them_again_makes_none_twice() -> None:
    before = User.objects.count()

    assert len(demo.create(at=AT)) == len(Role)
    assert User.objects.count() == before


def test_without_the_demonstration_none_is_offered(client: Client) -> None:
    assert "Try it as" not in client.get(reverse("accounts:sign-in")).content.decode()


def test_a_wrong_password_gets_a_sentence(client: Client) -> None:
    reply = client.post(reverse("accounts:sign-in"), {"username": "a", "password": "b"})

    assert "do not match" in reply.content.decode()


def test_too_many_wrong_passwords_pause_signing_in(client: Client, settings: Settings) -> None:
    for _ in range(settings.TRIES_BY_USER + 1):
        reply = client.post(reverse("accounts:sign-in"), {"username": "amal", "password": "b"})

    assert reply.status_code == 429
    assert "paused until" in reply.content.decode()


def test_a_page_asked_for_before_signing_in_is_reached_after_it(client: Client) -> None:
    reply = client.get(reverse("pages:home"))

    assert reply.status_code == 302
    assert reply["Location"].startswith(reverse("accounts:sign-in"))
