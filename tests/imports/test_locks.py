"""Others work while files are read and checked, and two imports never run at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from evenhand.accounts.models import Team
from evenhand.accounts.references import new_reference
from evenhand.imports import deciding
from evenhand.imports.actions import import_paths
from evenhand.imports.locks import Busy, is_import_running, only_import
from evenhand.people.models import Child
from evenhand.sources.models import ImportBatch
from tests.imports.conftest import NOW
from tests.imports.extracts import Extract

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def in_another_thread(work: Callable[[], object]) -> list[BaseException]:
    """Run some work with a database connection of its own; what it raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 (it is handed back)
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive(), "it waits for a lock that the import holds"
    return raised


def test_others_write_while_an_import_is_checked(
    extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write() -> None:
        Team.objects.create(ref=new_reference(), code="NEW", name="A new team")

    decide = deciding.decide

    def deciding_while_others_write(*args: object) -> object:
        done = decide(*args)  # type: ignore[arg-type]
        assert in_another_thread(write) == []
        assert ImportBatch.objects.get().progress == "reading"
        return done

    monkeypatch.setattr(deciding, "decide", deciding_while_others_write)
    import_paths([extract.person("1").write()], by=None, now=NOW, as_at=date(2026, 11, 20))
    assert Team.objects.filter(code="NEW").exists()
    assert Child.objects.count() == 1


def test_two_imports_never_run_at_once(extract: Extract) -> None:
    folder = extract.person("1").write()

    def another() -> None:
        import_paths([folder], by=None, now=NOW)

    assert not is_import_running()
    with only_import():
        (raised,) = in_another_thread(another)
    assert isinstance(raised, Busy)
    assert "Wait for it to end" in raised.remedy
    assert not is_import_running()
    assert not ImportBatch.objects.exists()
