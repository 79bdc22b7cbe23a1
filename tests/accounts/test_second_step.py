"""The second step: right codes open once, wrong ones pause, and a role may ask for it."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from evenhand.accounts import actions, second_steps
from evenhand.accounts.models import Attempt, RecoveryCode, Role, SecondStep, User
from evenhand.history.models import Entry
from tests import factories as make

NOW = datetime(2026, 11, 22, 4, 0, 10, tzinfo=UTC)
PASSWORD = "three dull puffins"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B: the last six figures, of the key that it gives."""
    key = base64.b32encode(b"12345678901234567890").decode()
    now = datetime.fromtimestamp(seconds, UTC)

    assert second_steps.counter_of(key, code, now, after=0) == seconds // 30


@pytest.mark.parametrize(("late", "opens"), [(-31, True), (0, True), (30, True), (75, False)])
def test_a_clock_may_be_half_a_minute_off(late: int, opens: bool) -> None:
    key = second_steps.new_key()
    code = code_of(key, NOW)

    found = second_steps.counter_of(key, code, NOW + timedelta(seconds=late), after=0)

    assert (found is not None) is opens


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34\u0000"])  # noqa: RUF001
def test_what_is_no_code_opens_nothing(typed: str) -> None:
    assert second_steps.counter_of(second_steps.new_key(), typed, NOW, after=0) is None


def code_of(key: str, at: datetime) -> str:
    return TOTP(base64.b32decode(key), 6, SHA1(), 30).generate(int(at.timestamp())).decode()


pytestmark = pytest.mark.django_db


@pytest.fixture
def director() -> User:
    user = make.user(Role.DIRECTOR)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def with_step(director: User) -> User:
    step = actions.begin_second_step(director)
    early = timezone.now() - timedelta(minutes=10)
    actions.confirm_second_step(step, by=director, at=early, code=code_of(step.key, early))
    return director


def password(client: Client, user: User) -> HttpResponse:
    given = {"username": user.username, "password": PASSWORD, "next": "/standards/"}
    return client.post(reverse("accounts:sign-in"), given)


def give(client: Client, code: str, **query: str) -> HttpResponse:
    where = reverse("accounts:second-step") + ("?recovery" if query else "")
    return client.post(where, {"code": code})


def key_of(user: User) -> str:
    return SecondStep.objects.get(user=user).key


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:account")).status_code == 200


def test_a_role_that_asks_for_it_gets_nowhere_without(client: Client, director: User) -> None:
    """Until it is set up, with the picture's key; then the recovery codes are shown once."""
    setting_up = reverse("accounts:set-up-second-step")
    assert password(client, director)["Location"] == setting_up
    for name in ("pages:home", "people:children", "accounts:account"):
        assert client.get(reverse(name))["Location"] == setting_up

    page = client.get(setting_up).content.decode()
    key = re.search(r"Key: <code>([A-Z2-7 ]+)</code>", page)
    assert key is not None
    assert "<svg" in page
    assert "style=" not in page
    wrong = client.post(setting_up, {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    right = code_of(key[1].replace(" ", ""), timezone.now())
    done = client.post(setting_up, {"code": right}).content.decode()

    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", done)
    assert len(codes) == 10
    assert 'href="/standards/"' in done
    assert client.get(reverse("pages:home")).status_code == 200
    assert codes[0] not in client.get(setting_up, follow=True).content.decode()


def test_a_role_that_does_not_ask_goes_straight_in(client: Client) -> None:
    user = make.user(Role.SOCIAL_WORKER, worker=make.worker())
    user.set_password(PASSWORD)
    user.save()

    assert password(client, user)["Location"] == "/standards/"


def test_a_role_given_meanwhile_asks_for_it_too(client: Client, director: User) -> None:
    """Whoever is signed in with a password alone signs in again before the role opens anything."""
    person = make.user(Role.EQUALITY_LEAD)
    client.force_login(person)

    actions.grant(person, by=director, at=timezone.now(), role=Role.DIRECTOR)

    assert not is_signed_in(client)


def test_the_demonstration_does_not_ask(client: Client, director: User, settings: Settings) -> None:
    settings.SECOND_STEP_BY_ROLE = False

    assert password(client, director)["Location"] == "/standards/"


def test_the_password_alone_signs_nobody_in(client: Client, with_step: User) -> None:
    assert password(client, with_step)["Location"] == reverse("accounts:second-step")
    assert not is_signed_in(client)
    assert Attempt.objects.latest("pk").kind == Attempt.Kind.PASSWORD

    assert "not right" in give(client, "000000").content.decode()
    assert not is_signed_in(client)

    reply = give(client, code_of(key_of(with_step), timezone.now()))
    assert (reply.status_code, reply["Location"]) == (302, "/standards/")
    assert is_signed_in(client)


def test_a_code_opens_once(client: Client, with_step: User) -> None:
    code = code_of(key_of(with_step), timezone.now())
    password(client, with_step)
    give(client, code)

    other = Client()
    password(other, with_step)

    assert "used already" in give(other, code).content.decode()
    assert not is_signed_in(other)


def test_a_code_may_not_be_given_without_the_password(client: Client, with_step: User) -> None:
    assert give(client, code_of(key_of(with_step), timezone.now()))["Location"] == "/sign-in/"
    assert not is_signed_in(client)


def test_a_recovery_code_opens_once_and_is_written_down(client: Client, with_step: User) -> None:
    step = SecondStep.objects.get()
    at = timezone.now() - timedelta(minutes=5)
    code, *_ = actions.replace_recovery_codes(step, by=with_step, at=at, code=code_of(step.key, at))
    assert code not in str(list(RecoveryCode.objects.values()))

    for expected in (True, False):
        browser = Client()
        password(browser, with_step)
        give(browser, code.upper().replace("-", " "), recovery="1")
        assert is_signed_in(browser) is expected
    assert Entry.objects.get(action="recovery_code.used").changes["recovery_codes"] == [10, 9]


def test_wrong_codes_are_limited_as_wrong_passwords_are(
    client: Client, with_step: User, settings: Settings
) -> None:
    password(client, with_step)
    for _ in range(settings.TRIES_BY_USER):
        give(client, "000000")

    assert give(client, code_of(key_of(with_step), timezone.now())).status_code == 429
    assert password(Client(), with_step).status_code == 429
    assert not is_signed_in(client)


def test_the_password_is_good_for_ten_minutes(client: Client, with_step: User) -> None:
    password(client, with_step)
    session = client.session
    session["second_step"] |= {"at": timezone.now().timestamp() - 601}
    session.save()

    assert give(client, code_of(key_of(with_step), timezone.now()))["Location"] == "/sign-in/"


def test_the_key_is_sealed_in_the_database(with_step: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM accounts_secondstep")
        (stored,) = cursor.fetchone()

    assert stored.startswith("sealed1:")
    assert key_of(with_step) not in stored


def test_recovery_codes_are_replaced_against_a_code_of_the_app(
    client: Client, with_step: User
) -> None:
    client.force_login(with_step)
    before = set(RecoveryCode.objects.values_list("digest", flat=True))
    where = reverse("accounts:recovery-codes")

    assert "not right" in client.post(where, {"code": "000000"}).content.decode()
    assert before == set(RecoveryCode.objects.values_list("digest", flat=True))
    client.post(where, {"code": code_of(key_of(with_step), timezone.now())})

    assert before.isdisjoint(RecoveryCode.objects.values_list("digest", flat=True))


def test_an_administrator_resets_it_with_a_reason(client: Client, with_step: User) -> None:
    client.force_login(make.user(Role.ADMINISTRATOR))
    theirs = Client()
    theirs.force_login(with_step)
    theirs.get(reverse("accounts:account"))

    client.post(
        reverse("accounts:reset-second-step", args=[with_step.ref]), {"reason": "Lost telephone"}
    )

    assert not SecondStep.objects.exists()
    assert Entry.objects.get(action="second_step.reset").reason == "Lost telephone"
    assert not is_signed_in(theirs)
