"""The director's report: made once, kept as it left, read as a page, a PDF and a workbook."""

from __future__ import annotations

import zlib
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from evenhand.accounts.models import Role
from evenhand.facts.registry import BINDINGS
from evenhand.history.models import Entry
from evenhand.publications.documents import Document, Figures, Section, digest_of, document_of
from evenhand.publications.files import pdf_of, workbook_of
from evenhand.publications.models import Report
from evenhand.standards import standing
from tests import factories as make
from tests.pages import main_of, table_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEW = "/reports/new/"
LAW = "The law's limits that fell due in the last 12 months, most missed first"


@pytest.fixture
def director() -> Client:
    client = Client()
    client.force_login(make.user(Role.DIRECTOR))
    return client


@pytest.fixture
def reviews() -> None:
    """Twelve first reviews that fell due: six held in time, six not held."""
    make.coverage(*BINDINGS)
    for place in range(12):
        period = make.care_period(make.child(), date(2026, 9, 1))
        if place < 6:
            make.looked_after_review(period, date(2026, 9, 20))
    standing.refresh(make.NOW)


def _made(client: Client, for_whom: str = "The lead member") -> Report:
    client.post(NEW, {"for_whom": for_whom})
    return Report.objects.latest("pk")


def _document(**changed: Any) -> Document:
    table = Figures("Kept", ("Standard", "In time"), (False, True), (("=1+1", "50%"),))
    values: dict[str, Any] = {
        "title": "The promises kept", "authority": "Islehaven", "as_at": date(2026, 11, 20),
        "sections": (Section("The law's limits", ("Half were kept.",), (table,)),),
        "notes": ("A note.",),
    }  # fmt: skip
    return Document(**values | changed)


def test_what_would_leave_is_shown_before_it_leaves(director: Client, reviews: None) -> None:
    reply = director.get(NEW)
    row = next(row for row in table_of(reply, LAW) if row[0].startswith("Looked-after reviews"))
    assert row[1:] == ["50%", "5", "5", "10"]
    assert "rounded to the nearest 5" in main_of(reply)
    assert not Report.objects.exists()


def test_a_report_is_kept_as_it_left_whatever_comes_after(director: Client, reviews: None) -> None:
    made = _made(director)
    director.get("/reports/")  # where it is said that the report was made
    before = main_of(director.get(f"/reports/{made.ref}/"))
    make.looked_after_review(make.care_period(make.child(), date(2026, 9, 2)), date(2026, 9, 3))
    standing.refresh(make.NOW + timedelta(days=1))
    assert main_of(director.get(f"/reports/{made.ref}/")) == before
    made.refresh_from_db()
    assert made.digest == digest_of(made.body)


def test_who_made_it_and_for_whom_is_kept_in_history(director: Client) -> None:
    made = _made(director)
    entry = Entry.objects.get(action="report.made")
    assert entry.changes["for_whom"] == [None, "The lead member"]
    assert "for The lead member" in main_of(director.get(f"/reports/{made.ref}/"))


def test_nobody_is_not_somebody(director: Client) -> None:
    reply = director.post(NEW, {"for_whom": " "})
    assert "There is a problem" in reply.content.decode()
    assert not Report.objects.exists()


def test_small_numbers_do_not_leave(director: Client) -> None:
    make.coverage(*BINDINGS)
    for _ in range(3):
        make.care_period(make.child(), date(2026, 9, 1))
    standing.refresh(make.NOW)
    reply = director.get(NEW)
    row = next(row for row in table_of(reply, LAW) if row[0].startswith("Looked-after reviews"))
    assert row[1:] == ["c", "0", "<5", "<5"]


def test_both_files_come_as_attachments(director: Client, reviews: None) -> None:
    made = _made(director)
    pdf = director.get(f"/reports/{made.ref}/?as=pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"].startswith("attachment")
    book = director.get(f"/reports/{made.ref}/?as=xlsx")
    assert openpyxl.load_workbook(BytesIO(book.content)).sheetnames[0] == "What it says"
    assert director.get(f"/reports/{made.ref}/?as=pdf").content == pdf.content


def test_with_nothing_imported_it_says_what_it_cannot_say(director: Client) -> None:
    words = main_of(director.get(NEW))
    assert "None that fell due in the last 12 months could be judged." in words
    assert "Nobody is counted here yet." in words


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.DATA_OFFICER])
def test_others_make_none_and_see_none(director: Client, role: str) -> None:
    made = _made(director)
    other = Client()
    other.force_login(make.user(role))
    for address in ("/reports/", NEW, f"/reports/{made.ref}/"):
        assert other.get(address).status_code == 403


def test_a_document_is_the_same_after_it_was_kept() -> None:
    document = _document()
    assert document_of(document.as_values()) == document


def test_the_pdf_is_tagged_titled_and_in_english() -> None:
    pdf = pdf_of(_document(), made_at=make.NOW)
    plain = pdf + b"".join(_streams(pdf))
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"en-GB", b"pdfuaid:part"):
        assert mark in plain, mark
    for tag in (b"/H1", b"/H2", b"/Table", b"/TH", b"/TD", b"/Caption"):
        assert tag in plain, tag
    assert b"SourceSans3" in plain


def _streams(pdf: bytes) -> list[bytes]:
    """What is packed inside the file."""
    found = []
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompressobj().decompress(part))
        except zlib.error:
            continue
    return found


def test_what_the_report_says_is_never_read_as_markup() -> None:
    odd = '#panic(1) *bold* $x$ = <label> @ref \\ " `raw`'
    pdf_of(_document(title=odd, notes=(odd,)), made_at=make.NOW)


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_of(_document())))
    sheet = book.worksheets[1]
    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].data_type == "s"
    assert sheet.freeze_panes == "A2"


def test_two_tables_of_one_name_have_sheets_of_their_own() -> None:
    table = Figures("A: very/long name of a table, longer than a sheet's", ("A",), (False,), ())
    document = _document(sections=(Section("One", (), (table, table)),))
    assert len(openpyxl.load_workbook(BytesIO(workbook_of(document))).sheetnames) == 3
