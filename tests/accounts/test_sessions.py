"""Sessions end in time, everywhere at once, and lose nothing that was typed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from evenhand.accounts.filling import filled
from evenhand.accounts.keeping import MOST, clear_away
from evenhand.accounts.models import KeptForm, Role, Session, User
from evenhand.accounts.sessions import SessionStore
from tests import factories as make

PASSWORD = "three dull puffins"
pytestmark = pytest.mark.django_db
TYPED = "Turned away <b>&amp; told “come back” = +1\nthen again"


@pytest.fixture
def person() -> User:
    return somebody()


def somebody() -> User:
    user = make.user(Role.EQUALITY_LEAD)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, user: User, onward: str = "") -> Any:
    given = {"username": user.username, "password": PASSWORD, "next": onward}
    return client.post(reverse("accounts:sign-in"), given)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:account")).status_code == 200


def age(client: Client, **past: timedelta) -> None:
    session = client.session
    for name, ago in past.items():
        session[name] = int((timezone.now() - ago).timestamp())
    session.save()


@pytest.mark.parametrize(
    ("past", "lasts"),
    [
        ({"used": timedelta(minutes=59)}, True),
        ({"used": timedelta(minutes=61)}, False),
        ({"started": timedelta(hours=9, minutes=59)}, True),
        ({"started": timedelta(hours=10, minutes=1)}, False),
    ],
)
def test_a_session_ends_after_quiet_and_after_its_longest(
    client: Client, person: User, past: dict[str, timedelta], lasts: bool
) -> None:
    sign_in(client, person)
    age(client, **past)

    assert is_signed_in(client) is lasts
    assert Session.objects.filter(user=person).exists() is lasts


def test_signing_in_makes_a_new_key(client: Client, person: User) -> None:
    client.get(reverse("accounts:sign-in"))
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key

    sign_in(client, person)

    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_ones_account_lists_where_one_is_signed_in(client: Client, person: User) -> None:
    client.post(
        reverse("accounts:sign-in"),
        {"username": person.username, "password": PASSWORD},
        headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"},
    )

    page = client.get(reverse("accounts:account")).content.decode()

    assert "Firefox on Windows" in page
    assert "This one" in page
    assert "Signed in" in page


@pytest.mark.parametrize("how", ["everywhere", "password", "closed"])
def test_every_session_ends_at_once(client: Client, person: User, how: str) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        sign_in(browser, person)
    if how == "everywhere":
        client.post(reverse("accounts:end-sessions"))
    elif how == "password":
        new = {"old_password": PASSWORD, "new_password": "a quiet tin whistle"}
        client.post(reverse("accounts:change-password"), new)
    else:
        admin = Client()
        admin.force_login(make.user(Role.ADMINISTRATOR))
        admin.post(reverse("accounts:close-account", args=[person.ref]), {"reason": "Left"})

    assert not is_signed_in(elsewhere)
    assert is_signed_in(client) is (how == "password")


def concern() -> str:
    return reverse("equality:record")


def send(client: Client, words: dict[str, Any], **headers: str) -> Any:
    told = {"Referer": f"http://testserver{concern()}", **headers}
    return client.post(concern(), words, headers=told)


def test_what_was_typed_stands_in_the_form_again(client: Client, person: User) -> None:
    sign_in(client, person)
    client.get(concern())
    age(client, used=timedelta(hours=2))
    words = {"ground": "class", "what_happened": TYPED, "received_on": "not a day"}

    sent = send(client, words)
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "What you typed is kept for you" in page
    onward = sign_in(client, person, sent["Location"].partition("next=")[2].replace("%3F", "?")
                     .replace("%3D", "="))  # fmt: skip
    page = client.get(onward["Location"]).content.decode()

    assert "What you typed stands in the form again." in page
    assert "&lt;b&gt;&amp;amp; told “come back” = +1\nthen again" in page
    assert 'value="not a day"' in page
    assert re.search(r'value="class"[^>]* checked>', page)


def test_the_kept_words_are_nobody_elses_and_sealed(client: Client, person: User) -> None:
    sign_in(client, person)
    age(client, used=timedelta(hours=2))
    send(client, {"what_happened": TYPED})
    kept = KeptForm.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM accounts_keptform")
        assert cursor.fetchone()[0].startswith("sealed1:")

    other = Client()
    sign_in(other, somebody())
    page = other.get(concern(), {"kept": kept.ref}).content.decode()

    assert "Turned away" not in page
    assert other.get(reverse("accounts:kept", args=[kept.ref])).status_code == 404


def test_they_are_kept_for_a_while_and_so_many(client: Client, person: User) -> None:
    sign_in(client, person)
    client.get(concern())
    client.cookies.pop("sessionid")
    for number in range(MOST + 2):
        send(client, {"what_happened": f"{TYPED} {number}"})
    assert KeptForm.objects.count() == MOST
    KeptForm.objects.update(kept_until=timezone.now())
    ref = KeptForm.objects.first()
    sign_in(client, person)

    assert ref is not None
    assert client.get(reverse("accounts:kept", args=[ref.ref])).status_code == 404


def test_strangers_and_signed_out_people_keep_nothing(client: Client, person: User) -> None:
    send(Client(), {"what_happened": TYPED})
    sign_in(client, person)
    client.get(concern())
    client.post(reverse("accounts:sign-out"))
    send(client, {"what_happened": TYPED})

    assert not KeptForm.objects.exists()


def test_passwords_are_never_kept(client: Client, person: User) -> None:
    sign_in(client, person)
    age(client, used=timedelta(hours=2))
    words = {"old_password": PASSWORD, "new_password": "a quiet tin whistle"}
    client.post(reverse("accounts:change-password"), words)

    assert not KeptForm.objects.exists()


def test_a_file_is_to_be_chosen_again(client: Client, person: User) -> None:
    sign_in(client, person)
    age(client, used=timedelta(hours=2))
    send(client, {"what_happened": TYPED, "letter": SimpleUploadedFile("letter.pdf", b"x")})
    sign_in(client, person)

    page = client.get(concern(), {"kept": KeptForm.objects.get().ref}).content.decode()

    assert "Choose the file again: letter.pdf" in page


def test_where_the_form_is_gone_the_words_are_listed(client: Client, person: User) -> None:
    sign_in(client, person)
    client.get(concern())
    age(client, used=timedelta(hours=2))
    client.post("/children/bcdfghjkmnpq/record/", {"summary": TYPED})
    sign_in(client, person)
    kept = KeptForm.objects.get()

    page = client.get(kept.path, {"kept": kept.ref}, follow=True).content.decode()

    assert "Turned away &lt;b&gt;" in page


def test_a_page_older_than_the_sign_in_keeps_its_words(person: User) -> None:
    """The token of the form is of the sign-in before; the words come back, nothing is recorded."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    sent = send(client, {"what_happened": TYPED, "csrfmiddlewaretoken": "of before"})
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()

    assert "Turned away" in page
    assert "of before" not in page


@pytest.mark.parametrize(
    "headers",
    [{"Referer": "https://elsewhere.example/"}, {"Origin": "https://elsewhere.example"},
     {"Referer": ""}],
)  # fmt: skip
def test_nothing_is_kept_of_what_another_site_sends(person: User, headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    assert send(client, {"what_happened": TYPED}, **headers).status_code == 403
    assert not KeptForm.objects.exists()


PAGE = """<!DOCTYPE html><main id="m"><form method="get" action="/a/"><input name="x"></form>
<form method="post" action="/a/?y=1"><input type="hidden" name="csrfmiddlewaretoken" value="new">
<input name="x" value="old"><input type="checkbox" name="t" value="1" checked>
<input type="checkbox" name="t" value="2"><textarea name="w">was &amp; is</textarea>
<select name="s"><option value="a" selected>A<option value="b">B</select>
<input type="password" name="p"></form><input name="x" value="out"></main>"""


def test_one_form_of_a_page_is_filled_and_nothing_else() -> None:
    words = {"x": ['"><script>'], "t": ["2"], "w": ["</textarea>&amp;"], "s": ["b"], "p": ["q"],
             "csrfmiddlewaretoken": ["old"]}  # fmt: skip

    page = filled(PAGE, words, path="/a/", here="/b/", notice="<p>Here</p>")

    assert page is not None
    assert '<main id="m"><p>Here</p><form method="get" action="/a/"><input name="x"></form>' in page
    assert 'name="csrfmiddlewaretoken" value="new"' in page
    assert '<input name="x" value="&quot;&gt;&lt;script&gt;">' in page
    assert '<input type="checkbox" name="t" value="1"><' not in page
    assert '<input type="checkbox" name="t" value="1">' in page
    assert '<input type="checkbox" name="t" value="2" checked>' in page
    assert '<textarea name="w">\n&lt;/textarea&gt;&amp;amp;</textarea>' in page
    assert '<option value="a">A<option value="b" selected>B' in page
    assert '<input type="password" name="p">' in page
    assert '<input name="x" value="out">' in page
    assert filled(PAGE, words, path="/c/", here="/b/") is None


def test_the_settings_say_how_long(client: Client, person: User, settings: Settings) -> None:
    settings.QUIET_MINUTES = 5
    sign_in(client, person)
    age(client, used=timedelta(minutes=6))

    assert not is_signed_in(client)


def test_upkeep_clears_away_what_is_over(client: Client, person: User) -> None:
    sign_in(client, person)
    client.cookies.pop("sessionid")
    send(client, {"what_happened": TYPED})
    later = timezone.now() + timedelta(hours=11)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    SessionStore.clear_expired()
    clear_away(at=later)

    assert not Session.objects.exists()
    assert not KeptForm.objects.exists()
