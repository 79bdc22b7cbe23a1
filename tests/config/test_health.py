"""Whether all is well, and figures: to this machine and the token's holder; to others yes or no."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from evenhand.accounts.actions import create_user
from evenhand.config import health, measuring, upkeep
from evenhand.history import sealing
from evenhand.history.actions import log_view
from tests import factories as make

pytestmark = pytest.mark.django_db
STRANGER = {"REMOTE_ADDR": "192.0.2.7"}
LINE = re.compile(r'[a-z_]+(?:\{[a-z_]+="[^"]*"(?:,[a-z_]+="[^"]*")*\})? -?[0-9.]+(?:e[+-]?\d+)?')


@pytest.fixture(autouse=True)
def in_order(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of the test's own where upkeep has just run, and counts that begin at nought."""
    settings.DATA = tmp_path
    monkeypatch.setattr(measuring, "_mine", measuring.Counts())
    upkeep.note_that_it_ran(timezone.now())
    return


def test_all_is_well_and_this_machine_is_told_what_was_looked_at(client: Client) -> None:
    reply = client.get("/health/")
    assert reply.status_code == 200
    assert {name for name, one in reply.json()["checks"].items() if one["well"]} == {
        "database", "tables", "disk", "upkeep", "seals",
    }  # fmt: skip


@pytest.mark.parametrize("well", [True, False])
def test_a_stranger_learns_yes_or_no_and_nothing_else(well: bool, settings: Settings) -> None:
    if not well:
        upkeep.note_that_it_ran(timezone.now() - timedelta(hours=1))
    reply = Client().get("/health/", **STRANGER)
    assert (reply.status_code, reply.content) == (
        (200, b"well\n") if well else (503, b"not well\n")
    )
    assert reply["Cache-Control"]


def test_upkeep_that_stopped_is_not_well(client: Client) -> None:
    upkeep.note_that_it_ran(timezone.now() - timedelta(minutes=16))
    assert not client.get("/health/").json()["checks"]["upkeep"]["well"]


def test_history_that_is_not_sealed_is_not_well(client: Client) -> None:
    long_ago = timezone.now() - timedelta(minutes=31)
    create_user(by=None, at=long_ago, username="u", name="Amal Rowan", password="a long one")
    assert not client.get("/health/").json()["checks"]["seals"]["well"]
    sealing.seal_all(at=timezone.now())
    assert client.get("/health/").status_code == 200


def test_a_disk_that_is_nearly_full_is_not_well(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=1024**2))
    reply = client.get("/health/")
    assert (reply.status_code, reply.json()["checks"]["disk"]["found"]) == (503, "1 MiB free")


def test_tables_behind_and_a_folder_that_is_gone_are_not_well(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_known_up_to_date", [])
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one"])
    settings.DATA = settings.DATA / "gone"
    checks = client.get("/health/").json()["checks"]
    assert {name for name, one in checks.items() if not one["well"]} == {
        "tables", "disk", "upkeep",
    }  # fmt: skip


def test_figures_are_open_metrics_and_name_no_child(client: Client) -> None:
    team = make.team()
    manager = make.user("team_manager", team=team)
    child = make.child(surname="Harbourlight", team=team)
    client.force_login(manager)
    assert client.get(f"/children/{child.ref}/").status_code == 200
    assert client.get("/children/bcdfghjkmnpq/").status_code == 404
    log_view(manager, child.pk, page="child", at=timezone.now())
    sealing.seal_all(at=timezone.now())

    reply = client.get("/metrics")

    assert reply["Content-Type"].startswith("application/openmetrics-text; version=1.0.0")
    text = reply.content.decode()
    *lines, end, nothing = text.split("\n")
    assert (end, nothing) == ("# EOF", "")
    assert [
        line for line in lines if not line.startswith("# TYPE ") and not LINE.fullmatch(line)
    ] == []
    assert 'evenhand_requests_total{route="pages:child",method="GET",status="200"} 1' in lines
    assert 'evenhand_requests_total{route="pages:child",method="GET",status="404"} 1' in lines
    assert 'evenhand_request_seconds_count{route="pages:child"} 2' in lines
    assert 'evenhand_unsealed_rows{book="views"} 0' in lines
    assert "evenhand_quarantine_rows 0" in lines
    assert 'evenhand_well{check="upkeep"} 1' in lines
    for word in (child.ref, "Harbourlight", manager.name, manager.username):
        assert word not in text


def test_figures_are_for_this_machine_or_the_token(settings: Settings) -> None:
    client = Client()
    assert client.get("/metrics", **STRANGER).status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 403
    settings.METRICS_TOKEN = "a long token"
    bearer = {"Authorization": "Bearer a long token"}
    assert client.get("/metrics", headers=bearer, **STRANGER).status_code == 200
    assert client.get("/health/", headers=bearer, **STRANGER).json()["well"]
    for wrong in ("Bearer a long toke", "Bearer ", "a long token", "Bearer é"):
        assert (
            client.get("/metrics", headers={"Authorization": wrong}, **STRANGER).status_code == 403
        )
    settings.METRICS_TOKEN = ""
    assert (
        client.get("/metrics", headers={"Authorization": "Bearer "}, **STRANGER).status_code == 403
    )


def test_behind_our_proxy_it_is_the_visitors_address_that_counts(settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    assert Client().get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 403
    assert Client().get("/metrics").status_code == 200


def test_several_processes_are_counted_together(client: Client, tmp_path: Path) -> None:
    other = measuring.Counts()
    other.add("pages:home", "GET", 500, 0.07)
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "1.json").write_text(
        measuring.json.dumps(other.plain()), encoding="utf-8"
    )
    (tmp_path / "metrics" / "2.json").write_text("half a fi", encoding="utf-8")
    measuring.note("pages:home", "GET", 200, 0.3)

    lines = client.get("/metrics").content.decode().splitlines()

    assert "evenhand_errors_total 1" in lines
    assert 'evenhand_request_seconds_bucket{route="pages:home",le="0.1"} 1' in lines
    assert 'evenhand_request_seconds_bucket{route="pages:home",le="0.5"} 2' in lines
    measuring.begin()
    assert "evenhand_errors_total 0" in client.get("/metrics").content.decode()


def test_in_production_they_answer_without_tls(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/health/").status_code == 200
    assert Client().get("/metrics").status_code == 200
    assert Client().get("/sign-in/").status_code == 301
