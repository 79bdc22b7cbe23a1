"""Inspection week: the lists written again, the children on them, and what is not done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from evenhand.accounts.models import Role
from evenhand.formats.annex_a.tables import name_of, titles
from evenhand.history.models import Entry
from evenhand.imports.actions import import_paths
from evenhand.people.models import Child
from tests import factories as make
from tests.audits import making
from tests.imports.test_annex_a import NOW, fates, whole_book
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30


def _client(role: Role) -> Client:
    client = Client()
    client.force_login(make.user(role))
    return client


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a workbook that was imported today, one child on every list."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    path = tmp_path / "annex_a.xlsx"
    path.write_bytes(whole_book().data())
    import_paths([path], by=None, now=NOW, source="annex_a")
    return path


def _sheets(content: bytes) -> Mapping[str, list[dict[str, Any]]]:
    book, found = load_workbook(BytesIO(content)), {}
    for sheet in book.worksheets:
        head, *rows = [
            ["" if cell is None else cell for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def test_what_was_imported_is_written_again_and_read_back_without_a_change(imported: Path) -> None:
    reply = _client(Role.DIRECTOR).get(reverse("pages:annex-a"))
    assert reply.status_code == 200
    imported.write_bytes(reply.content)
    again = fates(import_paths([imported], by=None, now=NOW + timedelta(1), source="annex_a"))
    assert {name: set(counts) for name, counts in again.items()} == {
        **{str(n): {"unchanged"} for n in (1, 2, 4, 5, 6, 7, 8, 9)}, "3": {"folded"},
    }  # fmt: skip
    assert Entry.objects.filter(action="annex_a.written").count() == 1


def test_what_is_not_held_is_blank_and_named(imported: Path) -> None:
    sheets = _sheets(_client(Role.DIRECTOR).get(reverse("pages:annex-a")).content)
    care = sheets["List 8"][0]
    assert care["Child Unique ID"] == "4653765"
    assert care["Child's Legal Status"] == "C2"
    assert care["Date of Last Health Assessment"] == care["Does the Child have a Disability"] == ""
    lacking = [list(row.values()) for row in sheets["What is not in it"]]
    assert [f"List 8: {titles()[name_of(8)]}", "Date of Last Health Assessment"] in lacking


def test_codes_days_and_numbers_are_written_as_the_template_has_them(imported: Path) -> None:
    """Sheets, headings and letters of Ofsted's template; days are days and ages are numbers."""
    Child.objects.update(born_on=None, expected_on=NOW.date() + timedelta(30))
    sheets = _sheets(_client(Role.DIRECTOR).get(reverse("pages:annex-a")).content)
    assert list(sheets) == ["What is not in it", *(f"List {number}" for number in range(1, 10))]
    first, need = sheets["List 3"][0], sheets["List 6"][0]
    assert list(first)[:5] == [
        "Child Unique ID", "Sex", "Ethnicity", "Date of Birth", "Age of Child (Years)",
    ]  # fmt: skip
    assert (first["Sex"], first["Ethnicity"]) == ("b) Female", "a) WBRI")
    assert first["Referral Source"] == "e) 2A: Schools"
    assert next(v for k, v in sheets["List 8"][0].items() if k.startswith("Is this a")) == "b) No"
    assert (first["Date of Birth"], first["Age of Child (Years)"]) == ("", -1)
    assert isinstance(first["Date of referral"], datetime)
    assert need["Case Status"] == "a) Looked after child"


def test_lists_hold_nobody_whom_the_viewer_may_not_open(imported: Path) -> None:
    reply = _client(Role.SERVICE_MANAGER).get(reverse("pages:annex-a"))
    assert [rows for name, rows in _sheets(reply.content).items() if name.startswith("List")] == [
        [] for _ in range(9)
    ]


def test_the_page_shows_children_clocks_audits_and_gaps(imported: Path) -> None:
    child = Child.objects.get(born_on="2012-08-14")
    quality = make.user(Role.QUALITY_ASSURANCE)
    making.audit(quality, child, done_on=NOW.date() - timedelta(9), grade="good")
    making.slot("senior", NOW.date().replace(month=9, day=1))
    page = _client(Role.DIRECTOR).get(reverse("pages:inspection"), {"list": 8})
    row = table_of(page, "The children on the lists")[0]
    assert (row[1], row[4]) == ("1, 2, 3, 4, 5, 6, 7, 8", "Thu 12 November 2026Good")
    gaps = {one[0]: one[1] for one in table_of(page, "What an inspector would find")}
    assert gaps["Audits that were done with a section not graded"] == "1 of 1"
    slots = next(words for words in gaps if words.startswith("Slots of the audit programme"))
    assert gaps[slots] == "1 of 1"
    late = gaps["Promises to children and families that are late, of those that wait"]
    assert late == "0 of 5"
    assert "Only list 8 is shown" in main_of(page)


def test_nobody_else_opens_it() -> None:
    for role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.DATA_OFFICER):
        assert _client(role).get(reverse("pages:inspection")).status_code == 403


def test_the_page_costs_the_same_for_many_children(imported: Path) -> None:
    client = _client(Role.DIRECTOR)
    client.get(reverse("pages:inspection"))
    few = _queries(client)
    for _ in range(20):
        make.referral(make.child(), NOW.date() - timedelta(20))
    assert _queries(client) == few <= MOST_QUERIES


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(reverse("pages:inspection")).status_code == 200
    return len(found)
