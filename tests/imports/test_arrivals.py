"""Files that other systems put into folders by night are imported once, whole, and put away."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.cli import main
from evenhand.imports.arrivals import actions, folders
from evenhand.imports.arrivals.actions import PickedUp
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.sources.models import FolderWatch, ImportBatch
from tests import factories
from tests.imports.conftest import NOW
from tests.imports.extracts import Extract
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db
WEEKDAYS = range(5)
SATURDAY = NOW  # 21 November 2026, at nine
MONDAY = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


def at_once() -> None:
    """Wait for nothing between two looks."""


@pytest.fixture
def inbox(tmp_path: Path, settings: Any) -> Path:
    """Return an inbox with an empty folder for the case system."""
    settings.DATA = tmp_path
    settings.INBOX = tmp_path / "inbox"
    (settings.INBOX / "case").mkdir(parents=True)
    return Path(settings.INBOX)


@pytest.fixture
def watched(inbox: Path) -> FolderWatch:
    """Return the watch of that folder: on weekdays, by seven."""
    return watch("case")


def watch(folder: str, at: datetime = SATURDAY) -> FolderWatch:
    """Watch a folder for the case system's files."""
    actions.watch(
        folder=folder,
        source="ssd",
        weekdays=WEEKDAYS,
        by_time=clock(7),
        by=factories.user(Role.DATA_OFFICER),
        at=at,
    )
    return FolderWatch.objects.get(folder=folder.strip("/"))


@pytest.fixture
def came(inbox: Path, tmp_path: Path) -> Path:
    """Return the case system's folder, in which an extract of one child came."""
    extract = Extract(tmp_path / "extract").person("1").write()
    for path in extract.iterdir():
        path.replace(inbox / "case" / path.name)
    return inbox / "case"


def how(found: list[PickedUp]) -> list[str]:
    """Return what became of each folder."""
    return [one.how for one in found]


def test_what_came_is_imported_once_and_put_away(watched: FolderWatch, came: Path) -> None:
    assert how(actions.pick_up(MONDAY, at_once)) == ["taken"]
    assert Child.objects.count() == 1
    assert sorted(path.name for path in (came / "done" / "2026-11-23-0630").iterdir()) == [
        "report.txt", "ssd_person.csv",
    ]  # fmt: skip
    report = (came / "done" / "2026-11-23-0630" / "report.txt").read_text(encoding="utf-8")
    assert report.startswith("Imported 1 row from 1 file")
    watched.refresh_from_db()
    assert (watched.arrived_at, watched.batch) == (MONDAY, ImportBatch.objects.get())
    assert how(actions.pick_up(MONDAY, at_once)) == ["nothing"]
    assert ImportBatch.objects.count() == 1


def test_the_same_files_again_change_nothing(watched: FolderWatch, came: Path) -> None:
    actions.pick_up(MONDAY, at_once)
    (came / "done" / "2026-11-23-0630" / "ssd_person.csv").replace(came / "ssd_person.csv")
    assert how(actions.pick_up(MONDAY, at_once)) == ["taken"]
    assert Child.objects.count() == 1
    assert (came / "done" / "2026-11-23-0630-2" / "ssd_person.csv").exists()


def test_what_cannot_be_read_is_put_away_with_its_report(watched: FolderWatch, inbox: Path) -> None:
    (inbox / "case" / "ssd_person.csv").write_text("nothing,of,it\n1,2,3\n", encoding="utf-8")
    assert how(actions.pick_up(MONDAY, at_once)) == ["refused"]
    report = (inbox / "case" / "refused" / "2026-11-23-0630" / "report.txt").read_text()
    assert "ssd_person.csv" in report
    watched.refresh_from_db()
    assert watched.sentence.startswith("What came for Case system (SSD extract) was refused:")
    actions.note(MONDAY + timedelta(hours=1))
    watched.refresh_from_db()
    assert "was refused" in watched.sentence


@pytest.fixture
def writer(inbox: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a process that goes on writing a file of the case system, line by line."""
    script = (
        "import sys, time\n"
        "with open(sys.argv[1], 'w') as file:\n"
        "    while True:\n"
        "        print('another line', file=file, flush=True)\n"
        "        print('written', flush=True)\n"
        "        time.sleep(0.02)\n"
    )
    path = inbox / "case" / "ssd_contacts.csv"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def test_while_one_file_is_being_written_none_is_taken(
    watched: FolderWatch, came: Path, writer: subprocess.Popen[str]
) -> None:
    def wait_until_more_is_written() -> None:
        assert writer.stdout is not None
        seen = (came / "ssd_contacts.csv").stat().st_size
        while (came / "ssd_contacts.csv").stat().st_size == seen:
            assert writer.stdout.readline() == "written\n"

    assert writer.stdout is not None
    writer.stdout.readline()
    assert how(actions.pick_up(MONDAY, wait_until_more_is_written)) == ["nothing"]
    assert not ImportBatch.objects.exists()


def test_a_file_with_its_mark_is_whole_at_once(watched: FolderWatch, came: Path) -> None:
    (came / "ssd_person.csv.done").touch()

    def never() -> None:
        raise AssertionError("it waited")

    assert how(actions.pick_up(MONDAY, never)) == ["taken"]
    assert not (came / "ssd_person.csv.done").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is taken another way there")
def test_two_pick_ups_never_run_at_once(watched: FolderWatch, came: Path, settings: Any) -> None:
    script = (
        "import fcntl, sys, time\n"
        "held = open(sys.argv[1], 'a+b'); fcntl.flock(held.fileno(), fcntl.LOCK_EX)\n"
        "print('held', flush=True); time.sleep(60)\n"
    )
    lock = str(settings.DATA / "pickup-lock")
    with subprocess.Popen([sys.executable, "-c", script, lock], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Problem, match="Another pick-up is running"):
            actions.pick_up(MONDAY, at_once)
        other.kill()
    assert how(actions.pick_up(MONDAY, at_once)) == ["taken"]


@pytest.mark.parametrize(
    "name", ["..", "../other", "/etc", "case/../../x", "c:\\x", "", ".hidden", "case/done", "a\0b"]
)
def test_a_folder_cannot_lead_out_of_the_inbox(inbox: Path, name: str) -> None:
    with pytest.raises(Problem, match="cannot be a folder"):
        watch(name)


def test_nor_by_a_link(watched: FolderWatch, inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "ssd_person.csv").write_text("x", encoding="utf-8")
    (inbox / "case" / "ssd_person.csv").symlink_to(secret / "ssd_person.csv")
    (inbox / "out").symlink_to(secret)
    watch("out")
    found = {one.folder: one for one in actions.pick_up(MONDAY, at_once)}
    assert found["case"].how == "nothing"
    assert found["out"].how == "trouble"
    assert "leads out of the inbox" in found["out"].sentence
    assert (secret / "ssd_person.csv").exists()


def _noted(watched: FolderWatch, at: datetime) -> str:
    actions.note(at)
    watched.refresh_from_db()
    return watched.sentence


def test_a_file_that_did_not_come_is_said_until_it_comes(
    watched: FolderWatch, came: Path, inbox: Path
) -> None:
    actions.pick_up(datetime(2026, 11, 20, 6, 40, tzinfo=UTC), at_once)
    assert _noted(watched, MONDAY) == "", "it is only half past six"
    late = "had not come at 08:05; the last came on Fri 20 November 2026 at 6:40am."
    said = f"Today's file for Case system (SSD extract) was expected by 07:00 and {late}"
    assert _noted(watched, MONDAY.replace(hour=8, minute=5)) == said
    assert _noted(watched, MONDAY.replace(hour=9)) == said, "it is said once"
    assert _noted(watched, MONDAY + timedelta(days=1, hours=1)).startswith("Today's file")
    (came / "done" / "2026-11-20-0640" / "ssd_person.csv").replace(came / "ssd_person.csv")
    actions.pick_up(MONDAY + timedelta(days=1, hours=2), at_once)
    assert _noted(watched, MONDAY + timedelta(days=1, hours=3)) == ""


def test_a_folder_is_not_late_for_what_was_due_before_it_was_watched(inbox: Path) -> None:
    new = watch("new", at=MONDAY + timedelta(hours=3))
    assert _noted(new, MONDAY + timedelta(hours=4)) == ""
    assert _noted(new, MONDAY + timedelta(days=1, hours=1)).endswith("none has come yet.")


def test_what_came_the_evening_before_counts_and_weekends_do_not(
    watched: FolderWatch, came: Path
) -> None:
    actions.pick_up(datetime(2026, 11, 19, 20, 0, tzinfo=UTC), at_once)
    assert _noted(watched, datetime(2026, 11, 20, 9, 0, tzinfo=UTC)) == ""
    assert _noted(watched, datetime(2026, 11, 22, 9, 0, tzinfo=UTC)) == "", "Friday's came"
    assert _noted(watched, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)).startswith("Today's")


@pytest.fixture
def page(client: Client) -> Client:
    """Return a client that a data officer is signed in with."""
    officer = factories.user(Role.DATA_OFFICER)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _form(**said: Any) -> dict[str, Any]:
    return {
        "folder": "case", "source": "ssd", "weekdays": ["0", "2"], "by_time": "07:15", **said,
    }  # fmt: skip


def test_a_data_officer_watches_a_folder_and_stops(page: Client, inbox: Path) -> None:
    assert "No folder is watched yet" in main_of(page.get(reverse("imports:folders")))
    assert page.post(reverse("imports:new-folder"), _form()).status_code == 302
    rows = table_of(page.get(reverse("imports:folders")), "Folders")
    assert rows[0][:3] == ["case", "Case system (SSD extract)", "Monday, Wednesdayby 07:15"]
    again = page.post(reverse("imports:new-folder"), _form())
    assert "The folder case is watched already" in main_of(again)
    out = page.post(reverse("imports:new-folder"), _form(folder="../x"))
    assert "cannot be a folder below the inbox" in main_of(out)
    kept = FolderWatch.objects.get()
    page.post(reverse("imports:stop-folder"), {"ref": kept.ref})
    assert "No folder is watched yet" in main_of(page.get(reverse("imports:folders")))


def test_what_is_missing_stands_on_the_first_page_and_that_of_imports(
    page: Client, watched: FolderWatch
) -> None:
    actions.note(MONDAY.replace(hour=8, minute=0))
    for route in ("pages:home", "imports:batches", "imports:folders"):
        said = main_of(page.get(reverse(route)))
        assert "was expected by 07:00 and had not come at 08:00; none has come yet." in said


def test_the_command_tells_each_folder(
    watched: FolderWatch, came: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pickup", "--wait", "1"]) == 0
    assert "case: 1 row was read and merged." in capsys.readouterr().out


def test_without_an_inbox_nothing_is_looked_into(settings: Any) -> None:
    settings.INBOX = None
    with pytest.raises(Problem, match="No inbox is set"):
        folders.inbox()
