"""How often one may send, search and take files out; and whose machine it is that asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from evenhand.accounts.models import Role
from evenhand.config import limits
from evenhand.config.addresses import seen_by_the_proxy
from tests import factories as make

NOON = 1_795_348_800.0
SIGN_IN = {"username": "nobody", "password": "nothing"}


@pytest.fixture(autouse=True)
def minute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stand still in one minute, and count in a folder of the test's own."""
    monkeypatch.setattr(limits.time, "time", lambda: NOON + 10)
    with override_settings(DATA=tmp_path, LIMIT_SENT=3, LIMIT_SEARCHES=2, LIMIT_FILES=2):
        yield


def signed_in() -> Client:
    client = Client()
    client.force_login(make.user(Role.DIRECTOR))
    return client


@pytest.mark.django_db
def test_one_who_searches_without_end_waits_and_others_do_not() -> None:
    """The third search of a minute is refused with how long to wait; the next person's is not."""
    client, words = signed_in(), {"words": "Wren"}
    assert [client.post("/children/search/", words).status_code for _ in range(2)] == [302, 302]
    refused = client.post("/children/search/", words)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "50")
    assert "Wait 50 seconds" in refused.content.decode()
    assert signed_in().post("/children/search/", words).status_code == 302


@pytest.mark.django_db
def test_files_are_counted_and_pages_are_not() -> None:
    """A page may be opened as often as the work needs."""
    client = signed_in()
    assert {client.get("/standards/states/").status_code for _ in range(5)} == {200}
    replies = [client.get("/standards/?as=csv").status_code for _ in range(3)]
    assert replies == [200, 200, 429]


@pytest.mark.django_db
def test_a_machine_that_is_not_signed_in_is_counted_by_its_address() -> None:
    """Whatever names it tries."""
    sent = [Client().post("/sign-in/", SIGN_IN).status_code for _ in range(4)]
    assert sent[-1] == 429
    other = Client(REMOTE_ADDR="192.0.2.7").post("/sign-in/", SIGN_IN)
    assert other.status_code == 200


def test_a_minute_later_one_starts_anew(settings) -> None:
    """And what was counted before is taken away by upkeep."""
    assert [limits.count("one", NOON) for _ in range(3)] == [1, 2, 3]
    assert limits.count("one", NOON + 60) == 1
    limits.forget(NOON + 60)
    kept = [folder.name for folder in (Path(settings.DATA) / "limits").iterdir()]
    assert kept == [str(int(NOON + 60) // 60)]


def test_where_nothing_can_be_counted_people_go_on_working(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so."""
    (tmp_path / "limits").write_text("a file where the folder should be")
    assert limits.count("one", NOON) == 0
    assert "cannot be counted" in caplog.text


@pytest.mark.parametrize(
    ("behind", "forwarded", "whose"),
    [
        (True, "198.51.100.1, 192.0.2.9", "192.0.2.9"),
        (True, "192.0.2.9, not an address", "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (False, "192.0.2.9", "127.0.0.1"),
    ],
)
def test_only_our_own_proxy_says_whose_machine_it_is(
    behind: bool, forwarded: str, whose: str
) -> None:
    """What stands before the last address was sent by whoever asks."""
    request, seen = HttpRequest(), []
    request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}
    with override_settings(BEHIND_PROXY=behind):
        seen_by_the_proxy(lambda each: seen.append(each) or HttpResponse())(request)
    assert seen[0].META["REMOTE_ADDR"] == whose
