"""Wrong tries pause signing in: by username, by address, and without telling who exists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from evenhand.accounts.models import Attempt, Role, User
from evenhand.history.models import Entry
from tests import factories as make

PASSWORD = "three dull puffins"
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def few_tries(settings: Settings) -> None:
    settings.TRIES_BY_USER, settings.TRIES_BY_ADDRESS = 3, 5


@pytest.fixture
def person() -> User:
    user = make.user(Role.EQUALITY_LEAD)
    user.set_password(PASSWORD)
    user.save()
    return user


def attempt(username: str, password: str = "wrong", address: str = "192.0.2.1") -> HttpResponse:
    given = {"username": username, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse("accounts:sign-in"), given)


def later() -> None:
    """Let the time of a pause go by."""
    for each in Attempt.objects.all():
        Attempt.objects.filter(pk=each.pk).update(at=each.at - timedelta(minutes=16))


def test_a_username_is_paused_from_every_address(person: User) -> None:
    for number in range(3):
        attempt(person.username.upper(), address=f"192.0.2.{number}")

    reply = attempt(person.username, PASSWORD, address="198.51.100.7")

    assert reply.status_code == 429
    assert 0 < int(reply["Retry-After"]) <= 15 * 60
    assert "Signing in is paused until" in reply.content.decode()
    assert Attempt.objects.latest("pk").kind == Attempt.Kind.PAUSED


def test_an_address_is_paused_for_every_username(person: User) -> None:
    for number in range(5):
        attempt(f"guess{number}")

    assert attempt(person.username, PASSWORD).status_code == 429
    assert attempt(person.username, PASSWORD, address="198.51.100.7").status_code == 302


def test_a_pause_passes_and_trying_in_it_does_not_lengthen_it(person: User) -> None:
    for _ in range(6):
        attempt(person.username)
    later()

    assert attempt(person.username, PASSWORD).status_code == 302


def test_a_right_password_forgets_the_persons_wrong_ones_not_the_addresss(person: User) -> None:
    for _ in range(2):
        attempt(person.username)
        attempt(person.username)
        assert attempt(person.username, PASSWORD).status_code == 302
    attempt(person.username)

    assert attempt("anybody").status_code == 429


def test_it_does_not_show_whether_there_is_such_a_person(person: User) -> None:
    """The same words and status, before the pause and in it; a closed account too."""
    User.objects.create(username="closed", name="Closed", is_active=False)
    replies = {}
    for name in (person.username, "nobody", "closed"):
        pages = [attempt(name, address=f"192.0.2.{name[0]}") for _ in range(4)]
        words = [page.content.decode().replace(name, "NAME") for page in pages[:1]]
        replies[name] = (
            [page.status_code for page in pages],
            [w[w.index("<main") : w.index("Password")] for w in words],
        )
        Attempt.objects.exclude(name_digest="").update(address="")

    assert replies[person.username] == replies["nobody"] == replies["closed"]
    assert replies["nobody"][0] == [200, 200, 200, 429]


def test_it_takes_as_long_whether_there_is_such_a_person_or_not(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password is digested once in any case: that is what takes time."""
    User.objects.create(username="closed", name="Closed", is_active=False, password=person.password)
    no_password = User(username="invited", name="Not yet")
    no_password.set_password(None)
    no_password.save()
    digested: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        digested.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for number, name in enumerate((person.username, "nobody", "closed", "invited")):
        attempt(name, address=f"192.0.2.{number}")
        assert len(digested) == number + 1, name


@pytest.mark.parametrize("typed", ["a\0b", "x" * 100_000, "\u202eamal", " "])
def test_any_username_gets_the_same_sentence(typed: str) -> None:
    reply = attempt(typed)

    assert reply.status_code == 200
    assert Attempt.objects.get().user is None


def test_what_is_typed_for_a_username_is_kept_nowhere(person: User) -> None:
    attempt("my secret password typed in the wrong box")

    found = Attempt.objects.get()

    assert found.user is None
    assert "secret" not in str(Attempt.objects.values().get())


def test_an_administrator_reads_the_log_and_ends_a_pause(person: User) -> None:
    for _ in range(4):
        attempt(person.username)
    client = Client()
    client.force_login(make.user(Role.ADMINISTRATOR))
    log = client.get(reverse("accounts:sign-ins")).content.decode()
    page = client.get(reverse("accounts:user", args=[person.ref])).content.decode()
    assert person.name in log
    assert "192.0.2.1" in log
    assert "Wrong username or password" in log
    assert "Signing in is paused until" in page

    client.post(reverse("accounts:resume", args=[person.ref]))

    assert Entry.objects.get(action="sign_in.resumed").subject_id == person.pk
    assert attempt(person.username, PASSWORD).status_code == 302


def test_an_administrator_ends_the_pause_of_an_address(person: User) -> None:
    for number in range(5):
        attempt(f"guess{number}")
    client = Client()
    client.force_login(make.user(Role.ADMINISTRATOR))
    assert (
        "paused for the address 192.0.2.1"
        in client.get(reverse("accounts:sign-ins")).content.decode()
    )

    client.post(reverse("accounts:resume-address"), {"address": "192.0.2.1"})

    assert attempt(person.username, PASSWORD).status_code == 302


def test_signing_out_is_in_the_log_too(client: Client, person: User) -> None:
    client.force_login(person)
    client.post(reverse("accounts:sign-out"))

    assert Attempt.objects.get().kind == Attempt.Kind.SIGNED_OUT
