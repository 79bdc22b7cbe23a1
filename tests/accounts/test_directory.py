"""Signing in by the authority's directory: a real provider on loopback, right and wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from evenhand.accounts.models import Attempt, DirectoryIdentity, Role, RoleGrant, User
from evenhand.accounts.scope import scope_of
from evenhand.history.models import Entry
from tests import factories as make
from tests.accounts import provider as providers
from tests.accounts.provider import CLIENT, SECRET, Provider

pytestmark = pytest.mark.django_db
GROUPS = """groups:
  - {group: quay-managers, role: team_manager, team: QUAY}
  - {group: directors, role: director}
  - {group: nowhere, role: team_manager, team: GONE}
"""


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with providers.running() as provider:
        yield provider


@pytest.fixture
def directory(running: Provider, settings: Settings, tmp_path: Path) -> Provider:
    running.told = {"sub": "s-1", "name": "Robin Shore", "groups": ["quay-managers"]}
    running.wrong, running.by_userinfo, running.sign_with_other_key = {}, {}, False
    running.published, running.signed = {}, {}
    mapping = tmp_path / "groups.yaml"
    mapping.write_text(GROUPS, encoding="utf-8")
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = running.issuer, CLIENT
    settings.OIDC_CLIENT_SECRET, settings.OIDC_GROUPS = SECRET, str(mapping)
    team = make.team("Quay Team")
    team.code = "QUAY"
    team.save()
    return running


def leave(client: Client) -> str:
    """Leave for the directory, sign in there, and return the address one is sent back to."""
    away = client.get(reverse("accounts:directory"), {"next": "/standards/"})
    assert away.status_code == 302, away.content.decode()
    return requests.get(away["Location"], allow_redirects=False, timeout=60).headers["Location"]


def come_back(client: Client, address: str) -> HttpResponse:
    return client.get(address.removeprefix("http://testserver"))


def sign_in(client: Client) -> HttpResponse:
    return come_back(client, leave(client))


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:account")).status_code == 200


def test_a_person_of_a_group_is_signed_in_with_the_role_that_it_gives(
    client: Client, directory: Provider
) -> None:
    reply = sign_in(client)

    assert (reply.status_code, reply["Location"]) == (302, "/standards/")
    user = DirectoryIdentity.objects.get(subject="s-1").user
    assert user.name == "Robin Shore"
    assert not user.has_usable_password()
    assert [(g.role, g.team.code, g.source) for g in user.grants.all()] == [
        ("team_manager", "QUAY", "directory")
    ]
    entry = Entry.objects.get(action="role.granted")
    assert entry.actor is None
    assert entry.changes["source"] == [None, "directory"]
    assert Attempt.objects.get().kind == Attempt.Kind.SIGNED_IN
    assert is_signed_in(client)


def test_the_sign_in_page_leads_to_the_directory(client: Client, directory: Provider) -> None:
    page = client.get(reverse("accounts:sign-in")).content.decode()

    assert "Sign in with your work account" in page


def test_roles_follow_the_groups_at_each_sign_in(client: Client, directory: Provider) -> None:
    sign_in(client)
    user = User.objects.get()
    RoleGrant.objects.update(starts_on=timezone.localdate() - timedelta(days=9))
    by_hand = RoleGrant.objects.create(user=user, role=Role.EQUALITY_LEAD, starts_on=make.LONG_AGO)
    directory.told["groups"] = ["directors"]

    sign_in(client)

    assert scope_of(User.objects.get()).roles == {"director", "equality_lead"}
    ended = Entry.objects.get(action="role.ended")
    assert (ended.actor, ended.changes["role"]) == (None, ["team_manager", None])
    by_hand.refresh_from_db()
    assert by_hand.ends_on is None


def test_one_in_no_group_is_told_so_and_gets_nothing(client: Client, directory: Provider) -> None:
    sign_in(client)
    client.post(reverse("accounts:sign-out"))
    directory.told["groups"] = ["something else"]

    reply = sign_in(client)

    assert reply.status_code == 403
    assert "You are in no group of the directory that opens Evenhand." in reply.content.decode()
    assert not is_signed_in(client)
    assert scope_of(User.objects.get()).roles == frozenset()


def test_a_stranger_in_no_group_does_not_become_a_user(client: Client, directory: Provider) -> None:
    directory.told["groups"] = []

    assert sign_in(client).status_code == 403
    assert not User.objects.exists()


def test_groups_may_come_apart_from_the_token(client: Client, directory: Provider) -> None:
    del directory.told["groups"]
    directory.by_userinfo = {"groups": ["directors"]}

    sign_in(client)

    assert scope_of(User.objects.get()).roles == {"director"}


def test_what_is_told_apart_must_be_of_the_same_person(client: Client, directory: Provider) -> None:
    del directory.told["groups"]
    directory.by_userinfo = {"groups": ["directors"], "sub": "somebody else"}

    reply = sign_in(client)

    assert "told of somebody else" in reply.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"nonce": "of another sign-in"}, "answered another sign-in"),
        ({"aud": "another service"}, "was meant for another service"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "was meant for another service"),
        ({"exp": 1_600_000_000, "iat": 1_599_999_000}, "it has expired"),
        ({"iss": "https://elsewhere.example"}, "came from another directory"),
        ({"sub": None}, "lacks what it must say"),
        ({"nonce": None}, "answered another sign-in"),
        ({"aud": [CLIENT, "another"]}, "lacks what it must say"),
        ({"azp": "another"}, "was meant for another service"),
        ({"at_hash": "of another access token"}, "not signed as it must be"),
        ({"iat": 32_503_680_000}, "differ too much"),
    ],
)
def test_a_wrong_token_is_refused_in_a_sentence(
    client: Client, directory: Provider, wrong: dict[str, Any], sentence: str
) -> None:
    directory.wrong = wrong

    reply = sign_in(client)

    assert reply.status_code == 403
    assert sentence in reply.content.decode()
    assert not is_signed_in(client)
    assert not User.objects.exists()
    assert Attempt.objects.get().kind == Attempt.Kind.DIRECTORY


def test_a_token_signed_by_somebody_else_is_refused(client: Client, directory: Provider) -> None:
    directory.sign_with_other_key = True

    assert "not signed as it must be" in sign_in(client).content.decode()


@pytest.mark.parametrize(
    ("signed", "sentence"),
    [
        ({"key": "the client's secret, or whatever else", "algorithm": "HS256"}, "not signed as"),
        ({"key": None, "algorithm": "none"}, "not signed as it must be"),
        ({"headers": {"kid": "two"}}, "with a key that it does not publish"),
    ],
)
def test_a_token_signed_otherwise_than_by_a_published_key_is_refused(
    client: Client, directory: Provider, signed: dict[str, Any], sentence: str
) -> None:
    directory.signed = signed

    assert sentence in sign_in(client).content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("keys", [{}, {"keys": None}, {"keys": [{"kty": "RSA", "n": "!"}]}])
def test_keys_that_are_none_are_refused_in_a_sentence(
    client: Client, directory: Provider, monkeypatch: pytest.MonkeyPatch, keys: dict[str, Any]
) -> None:
    documents = {**directory.documents(), "/keys": keys}
    monkeypatch.setattr(directory, "documents", lambda: documents)

    assert "not signed as it must be" in sign_in(client).content.decode()


def test_a_directory_may_want_the_secret_in_the_form(client: Client, directory: Provider) -> None:
    directory.published = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}

    sign_in(client)

    assert is_signed_in(client)


def test_an_address_of_the_directory_keeps_its_own_query(
    client: Client, directory: Provider
) -> None:
    directory.published = {"authorization_endpoint": f"{directory.issuer}/authorise?policy=staff"}

    sign_in(client)

    assert is_signed_in(client)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("address", ["http://elsewhere.example/", "https://["])
def test_the_directory_leads_nobody_off_https(
    client: Client, directory: Provider, name: str, address: str
) -> None:
    back = leave(client)
    directory.published = {name: address}
    reply = (
        client.get(reverse("accounts:directory"))
        if name == "authorization_endpoint"
        else come_back(client, back)
    )

    assert f"{address} is not https" in reply.content.decode()


def test_an_answer_that_belongs_to_no_sign_in_is_refused(
    client: Client, directory: Provider
) -> None:
    address = leave(client)

    assert (
        "does not belong"
        in come_back(client, address.replace("state=", "state=x")).content.decode()
    )
    assert "No sign-in was begun" in come_back(client, address).content.decode()
    assert "No sign-in was begun" in come_back(Client(), leave(client)).content.decode()


def test_an_answer_opens_once(client: Client, directory: Provider) -> None:
    address = leave(client)
    come_back(client, address)
    client.post(reverse("accounts:sign-out"))

    assert come_back(client, address).status_code == 403
    assert not is_signed_in(client)


def test_another_issuer_than_the_settings_name_is_refused(
    client: Client, directory: Provider, settings: Settings
) -> None:
    settings.OIDC_ISSUER = directory.issuer + "/"

    reply = client.get(reverse("accounts:directory"))

    assert "calls itself" in reply.content.decode()


def test_a_directory_that_does_not_answer_is_said(client: Client, settings: Settings) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"

    assert "does not answer" in client.get(reverse("accounts:directory")).content.decode()


def test_a_directory_without_https_is_refused(client: Client, settings: Settings) -> None:
    settings.OIDC_ISSUER = "http://directory.example"

    assert "is not https" in client.get(reverse("accounts:directory")).content.decode()


@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize("configured", [True, False])
def test_nobody_is_known_by_an_address_alone(
    client: Client, directory: Provider, settings: Settings, verified: bool, configured: bool
) -> None:
    """Only where it is set so, and the directory has verified it."""
    settings.OIDC_BY_EMAIL = configured
    there = User.objects.create(username="robin", name="Robin", email="robin@islehaven.example")
    directory.told |= {"email": "Robin@islehaven.example", "email_verified": verified}

    sign_in(client)

    assert there.identities.exists() is (verified and configured)


def test_a_closed_account_stays_closed(client: Client, directory: Provider) -> None:
    sign_in(client)
    client.post(reverse("accounts:sign-out"))
    User.objects.update(is_active=False)

    assert "account in Evenhand is closed" in sign_in(client).content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("mapping", "found"),
    [
        ("groups: [{group: a, role: directer}]", "entry 1: no role is called"),
        ("groups: [{group: a}]", "entry 1: found"),
        ("nothing: here", "has no list of groups"),
        ("groups: [", "cannot be read"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_place(
    client: Client, directory: Provider, settings: Settings, mapping: str, found: str
) -> None:
    Path(settings.OIDC_GROUPS).write_text(mapping, encoding="utf-8")

    assert found in sign_in(client).content.decode()


def test_a_group_of_a_team_that_is_not_known_is_said(client: Client, directory: Provider) -> None:
    directory.told["groups"] = ["nowhere"]

    assert "which is not known here" in sign_in(client).content.decode()
    assert not User.objects.exists()
