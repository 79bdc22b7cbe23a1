"""Case notes of a mapped report: how long after the event each was entered, and by whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role
from evenhand.casework.models import CaseNote
from evenhand.formats.files import find
from evenhand.formats.report.sheets import sheets_of
from evenhand.imports.actions import import_paths
from evenhand.imports.mapping import actions
from evenhand.people.models import Child
from evenhand.sources.models import Source
from tests import factories
from tests.clock import Clock
from tests.imports.extracts import Extract
from tests.pages import main_of, table_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
REPORT = """Case ID,Note ID,Event,Entered,Author,Type,Length
7001,N1,2026-05-01,2026-05-12,Ana Quay,Phone call,412
7001,N2,2026-05-11,2026-05-11,Ana Quay,Visit,9200
"""
COLUMNS = {
    "Key": "Note ID", "Child": "Case ID", "Day": "Event", "Entered": "Entered", "Author": "Author",
    "Kind": "Type", "Length": "Length",
}  # fmt: skip


@pytest.mark.clause("IOW-2.4.26-a", rests_on="case-file/late-entry")
def test_a_note_before_a_bank_holiday_was_entered_after_six_working_days(
    client: Client, clock: Clock, tmp_path: Path
) -> None:
    now = clock.at("2026-06-01")
    import_paths(
        [Extract(tmp_path / "ssd").person("7001", dob="2015-06-01").write()], by=None, now=now
    )
    path = tmp_path / "notes.csv"
    path.write_text(REPORT, encoding="utf-8")
    sheet = sheets_of(find([path])[0])[0]
    columns = {key: {"column": column} for key, column in COLUMNS.items()}
    actions.save(
        name="Notes", kind="report_case_notes", header=sheet.digest, sheet=sheet.name,
        numbers_of=Source.objects.get(key="ssd"), columns=columns,
        by=factories.user(Role.DATA_OFFICER), at=now,
    )  # fmt: skip
    import_paths([path], by=None, now=timezone.now())
    assert CaseNote.objects.count() == 2

    child = Child.objects.get()
    client.force_login(factories.user(Role.DIRECTOR))
    words = main_of(client.get(reverse("pages:child", args=[child.ref])))
    assert "Fri 1 May 2026 entered after 6 working days" in words
    page = client.get(reverse("case_files:chronology", args=[child.ref]))
    assert table_of(page, "By who wrote them") == [["Ana Quay", "2", "1", "3"]]
    assert table_of(page, "When things were written down") == [
        ["Note: Visit", "Mon 11 May 2026", "Mon 11 May 2026", "In time", "Ana Quay", "9,200"],
        ["Note: Phone call", "Fri 1 May 2026", "Tue 12 May 2026", "entered after 6 working days",
         "Ana Quay", "412"],
    ]  # fmt: skip
