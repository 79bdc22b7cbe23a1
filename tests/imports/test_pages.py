"""The data officer's pages, as the data officer sees them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import Role, User
from evenhand.casework import models as casework
from evenhand.history.models import View
from evenhand.people.models import Child
from evenhand.sources.models import ImportBatch, RowFinding
from tests import factories
from tests.imports.conftest import Import
from tests.imports.extracts import Extract
from tests.pages import main_of, table_of


@pytest.fixture
def officer(db: None) -> User:
    """Return a data officer."""
    return factories.user(Role.DATA_OFFICER)


@pytest.fixture
def page(client: Client, officer: User) -> Client:
    """Return a client that a data officer is signed in with."""
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def with_a_bad_plan(extract: Extract) -> Extract:
    extract.person("1")
    return extract.row("ssd_cin_plans", "P1", "1", cinp_cin_plan_end_date="0202-05-01")


def open_finding() -> RowFinding:
    return RowFinding.objects.get(standing="open")


def test_nothing_imported_yet(page: Client) -> None:
    assert "Nothing has been imported yet." in main_of(page.get(reverse("imports:batches")))
    assert "Nothing waits." in main_of(page.get(reverse("imports:quarantine")))


def test_the_list_and_one_import_with_the_fate_of_every_row(
    page: Client, extract: Extract, run: Import
) -> None:
    report = run(with_a_bad_plan(extract))
    shown = page.get(reverse("imports:batches"))
    assert "1 row waits in quarantine" in main_of(shown)
    address = reverse("imports:batch", args=[report.batch.ref])
    assert address in shown.content.decode()
    rows = table_of(page.get(address), "What became of each row")
    (plans,) = [row for row in rows if row[0].startswith("ssd_cin_plans.csv")]
    assert plans[1:] == ["1", "0", "0", "0", "0", "0", "0", "1", "0", "0"]


def test_a_row_in_quarantine_is_mended_on_its_page(
    page: Client, extract: Extract, run: Import
) -> None:
    run(with_a_bad_plan(extract))
    finding = open_finding()
    listed = main_of(page.get(reverse("imports:quarantine")))
    for words in ("ssd_cin_plans, line 2", "0202-05-01", "is in the year 0202", "Correct the year"):
        assert words in listed
    address = reverse("imports:finding", args=[finding.ref])
    assert "What should cinp_cin_plan_end_date be?" in main_of(page.get(address))
    mend = reverse("imports:mend", args=[finding.ref])
    again = page.post(mend, {"value": "soon", "where": "here"})
    assert "is not a date" in main_of(again)
    sent = page.post(mend, {"value": "2026-05-01", "where": "here"}, follow=True)
    assert "The rows were tried again: 1 taken." in main_of(sent)
    assert casework.NeedPlan.objects.exists()
    assert "This row is mended" in main_of(page.get(address))


def test_a_strange_code_is_given_its_meaning_for_all_rows(
    page: Client, extract: Extract, run: Import
) -> None:
    run(extract.person("1", ethnicity="A1").person("2", ethnicity="A1"))
    finding = RowFinding.objects.filter(standing="open").first()
    assert finding is not None
    shown = main_of(page.get(reverse("imports:finding", args=[finding.ref])))
    assert "1 other row waits" in shown
    assert "White British (WBRI)" in shown
    answer = {"value": "WBRI", "where": "everywhere"}
    page.post(reverse("imports:mend", args=[finding.ref]), answer)
    assert not RowFinding.objects.filter(standing="open").exists()


def test_a_row_is_discarded_with_a_reason(page: Client, extract: Extract, run: Import) -> None:
    run(with_a_bad_plan(extract))
    address = reverse("imports:discard", args=[open_finding().ref])
    assert "Answer the question" in main_of(page.post(address, {"reason": ""}))
    page.post(address, {"reason": "Entered in error."})
    assert RowFinding.objects.get(rule="SSD-D02").standing == "discarded"


def test_a_row_is_tried_again(page: Client, extract: Extract, run: Import) -> None:
    run(extract.person("1").row("ssd_contacts", "K1", "2"))
    address = reverse("imports:retry", args=[open_finding().ref])
    assert "1 still in quarantine" in main_of(page.post(address, follow=True))


def test_seeing_the_row_of_a_known_child_is_logged(
    page: Client, officer: User, extract: Extract, run: Import
) -> None:
    run(with_a_bad_plan(extract))
    page.get(reverse("imports:finding", args=[open_finding().ref]))
    (view,) = View.objects.all()
    assert (view.user_id, view.child_id) == (officer.pk, Child.objects.get().pk)
    assert view.page == "imports:finding"


def zipped(folder: Path) -> SimpleUploadedFile:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    return SimpleUploadedFile("extract.zip", data.getvalue())


def test_files_are_imported_through_the_page(page: Client, officer: User, extract: Extract) -> None:
    sent = page.post(
        reverse("imports:upload"), {"files": zipped(extract.person("1").write())}, follow=True
    )
    assert "1 rows were read and merged" in main_of(sent)
    batch = ImportBatch.objects.get()
    assert batch.by == officer
    imported = page.get(reverse("imports:batch", args=[batch.ref]))
    assert f"Imported by {officer.name}." in main_of(imported)
    assert Child.objects.count() == 1


def test_several_files_at_once(page: Client, extract: Extract) -> None:
    folder = extract.person("1").row("ssd_contacts", "K1", "1").write()
    files = [SimpleUploadedFile(p.name, p.read_bytes()) for p in folder.iterdir()]
    page.post(reverse("imports:upload"), {"files": files})
    assert casework.Contact.objects.count() == 1


def test_a_wrong_file_is_refused_on_the_page_and_listed(page: Client) -> None:
    file = SimpleUploadedFile("ssd_person.csv", b"")
    sent = main_of(page.post(reverse("imports:upload"), {"files": file}))
    assert "Enter files of the extract" in sent or "empty" in sent
    broken = SimpleUploadedFile("ssd_person.csv", b"a,b\n1,2\n")
    sent = main_of(page.post(reverse("imports:upload"), {"files": broken}))
    assert "ssd_person.csv: the first line has no column of ssd_person" in sent
    batch = ImportBatch.objects.get()
    assert batch.progress == "refused"
    shown = main_of(page.get(reverse("imports:batch", args=[batch.ref])))
    assert "Refused: nothing was stored" in shown
    assert "Extract it again with its header row" in shown


@pytest.mark.parametrize("route", ["batches", "quarantine", "upload"])
def test_only_a_data_officer_sees_these_pages(client: Client, db: None, route: str) -> None:
    client.force_login(
        factories.user(Role.DIRECTOR), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(reverse(f"imports:{route}")).status_code == 403


def test_two_files_of_one_name_are_both_taken(page: Client) -> None:
    header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
    missing = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
    sent = [
        SimpleUploadedFile("header.csv", f"{header}7,F,01/06/2012,WBRI,,,\n".encode()),
        SimpleUploadedFile(
            "missing.csv", f"{missing}7,01/06/2012,M,21/06/2016,22/06/2016\n".encode()
        ),
        SimpleUploadedFile(
            "missing.csv", f"{missing}7,01/06/2012,M,21/06/2017,22/06/2017\n".encode()
        ),
    ]
    reply = page.post(reverse("imports:upload"), {"files": sent}, follow=True)
    assert "3 rows were read and merged" in reply.content.decode()
    assert casework.MissingEpisode.objects.count() == 2
    rows = table_of(reply, "What became of each row")
    named = [row[0] for row in rows]
    assert [name.startswith("missing.csv") for name in named] == [False, True, True]


def test_an_import_whose_standings_are_still_to_follow_says_so(
    page: Client, extract: Extract, run: Import
) -> None:
    batch = run(extract.person("1")).batch
    address = reverse("imports:batch", args=[batch.ref])
    assert "being brought up to date" not in main_of(page.get(address))
    ImportBatch.objects.update(reckoned_at=None)
    assert "being brought up to date" in main_of(page.get(address))
