"""Mapped reports of supervision, absence and strategy minutes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from evenhand.accounts.models import Role, Worker
from evenhand.accounts.references import new_reference
from evenhand.casework.models import Section47
from evenhand.history.models import Entry
from evenhand.imports.actions import mend
from evenhand.people.models import Child
from evenhand.sources.models import RowFinding, Source
from evenhand.workforce import actions
from evenhand.workforce.models import Absence, Supervision
from tests import factories
from tests.imports.conftest import NOW, Import
from tests.imports.extracts import Extract
from tests.imports.test_mapping import map_as, report
from tests.imports.test_mapping_pages import columns, look, sent
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db
SESSIONS = "Staff number,Supervision date,Supervised by\n"
SESSION_COLUMNS = {"Worker": "Staff number", "Day": "Supervision date",
                   "Supervisor": "Supervised by"}  # fmt: skip
LEAVE = "Name,First day,Last day\n"
LEAVE_COLUMNS = {"Worker": "Name", "Day": "First day", "Last day away": "Last day"}


@pytest.fixture
def known(run: Import, extract: Extract) -> Child:
    """Return a child of the case system with an enquiry of 2 March."""
    extract.person("7001", dob="2015-06-01").person("7002", dob="2016-01-01")
    run(extract.row("ssd_s47_enquiry", "E1", "7001", s47e_s47_start_date="2026-03-02"))
    return Child.objects.get(born_on="2015-06-01")


@pytest.fixture
def ana(known: Child) -> Worker:
    """Return a worker of the roster with a manager."""
    team = factories.team()
    manager = _worker("W1", "Mo Tern", team)
    return _worker("W2", "Ana Quay", team, manager)


def _worker(code: str, name: str, team: object, manager: Worker | None = None) -> Worker:
    return Worker.objects.create(ref=new_reference(), code=code, name=name, team=team,
                                 manager=manager)  # fmt: skip


@pytest.mark.both_databases
def test_supervision_of_a_report_is_taken_once_by_number_or_name(
    ana: Worker, run: Import, tmp_path: Path
) -> None:
    rows = "W2,19/03/2026,Mo Tern\nana  QUAY,2026-04-30,Somebody Else\nTotal,2,\n"
    path = report(tmp_path, SESSIONS + rows)
    map_as("report_supervisions", path, SESSION_COLUMNS)
    for new, same in ((2, 0), (0, 2)):
        made = run(path)
        assert (made.total("created"), made.total("unchanged")) == (new, same)
    held = Supervision.objects.order_by("held_on").values_list(
        "worker", "held_on", "supervisor__name", "supervisor_name", "recorded_by"
    )
    assert list(held) == [
        (ana.pk, date(2026, 3, 19), "Mo Tern", "Mo Tern", None),
        (ana.pk, date(2026, 4, 30), None, "Somebody Else", None),
    ]


@pytest.mark.both_databases
def test_what_was_typed_and_the_report_are_one_and_a_blank_takes_nothing_away(
    ana: Worker, run: Import, tmp_path: Path
) -> None:
    by = factories.user(Role.TEAM_MANAGER)
    actions.record_supervision(ana, by=by, at=NOW, held_on=date(2026, 3, 19),
                               supervisor=ana.manager, notes="Said.")  # fmt: skip
    path = report(tmp_path, SESSIONS + "W2,2026-03-19,\n")
    map_as("report_supervisions", path, SESSION_COLUMNS)
    for _ in range(2):
        assert run(path).total("created") == 0
    held = Supervision.objects.get()
    assert (held.recorded_by, held.supervisor, held.notes) == (by, ana.manager, "Said.")


def test_a_stranger_waits_and_can_be_named_and_nobody_supervises_themselves(
    ana: Worker, run: Import, tmp_path: Path
) -> None:
    rows = "W9,2026-03-19,Mo Tern\nW2,2026-04-19,Ana Quay\nW2,2031-01-01,Mo Tern\n"
    path = report(tmp_path, SESSIONS + rows)
    map_as("report_supervisions", path, SESSION_COLUMNS)
    workers = Worker.objects.count()
    assert run(path).total("quarantined") == 3
    found = RowFinding.objects.filter(standing="open").order_by("line")
    assert [one.rule for one in found] == ["RPT-W01", "RPT-W02", "SSD-T03"]
    assert "'W9' is nobody's number" in found[0].sentence
    assert Worker.objects.count() == workers
    mend(found[0], value="Ana Quay", everywhere=True, by=factories.user(Role.DATA_OFFICER), at=NOW)
    assert Supervision.objects.get().worker == ana


@pytest.mark.both_databases
def test_absences_come_with_their_last_day_once_it_is_known(
    ana: Worker, run: Import, tmp_path: Path
) -> None:
    path = report(tmp_path, LEAVE + "Ana Quay,2026-03-02,\nAna Quay,2026-05-04,2026-05-01\n")
    map_as("report_absences", path, LEAVE_COLUMNS)
    assert run(path).total("quarantined") == 1
    assert Absence.objects.get().until is None
    report(tmp_path, LEAVE + "Ana Quay,2026-03-02,2026-03-31\n")
    assert run(path).total("changed") == 1
    assert Absence.objects.get().until == date(2026, 3, 31)
    told = Entry.objects.get(action="import.changed", subject="workforce.absence")
    assert told.child_id is None


@pytest.mark.both_databases
def test_minutes_of_strategy_discussions_are_told_of_enquiries_and_make_none(
    known: Child, run: Import, tmp_path: Path
) -> None:
    text = "Client ID,Strategy discussion,Minutes sent\n"
    path = report(tmp_path, text + "7001,02/03/2026,10/03/2026\n7002,02/03/2026,11/03/2026\n")
    columns = {"Child": "Client ID", "Day": "Strategy discussion", "Minutes sent": "Minutes sent"}
    map_as("report_strategy_discussions", path, columns)
    made = run(path)
    assert (made.total("changed"), made.total("ignored")) == (1, 1)
    enquiry = Section47.objects.get()
    assert (enquiry.child, enquiry.strategy_minutes_on) == (known, date(2026, 3, 10))
    assert RowFinding.objects.get(rule="RPT-I02").standing == "noted"
    assert run(path).total("unchanged") == 1


def test_strangers_show_in_the_preview_and_labels_are_those_of_staff(
    ana: Worker, client: Client
) -> None:
    client.force_login(factories.user(Role.DATA_OFFICER))
    source = Source.objects.get(key="ssd")
    text = SESSIONS + "W2,2026-03-19,Mo Tern\nJo Nobody,2026-03-20,Mo Tern\n"
    shown = look(client, source, text, "report_supervisions")
    words = main_of(shown)
    assert "The member of staff" in words
    assert "numbers are those of" not in words
    rows = table_of(columns(client, sent(shown)), "How the first rows would be taken")
    assert [row[-1] for row in rows] == [
        "Would be taken", "Would wait: Jo Nobody is nobody's number, nor the name of one alone",
    ]  # fmt: skip
