"""The pages on which a data officer says what a report's columns mean."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.casework.models import CoreGroup
from evenhand.people.models import IdentityStatement
from evenhand.sources.models import ImportBatch, ReportMapping, Source
from tests import factories
from tests.imports.conftest import Import
from tests.imports.extracts import Extract
from tests.pages import main_of, table_of

FAITHS = "Client ID,Faith,Main language\n7001,C of E,Dari\n7002,Sikh,eng\n9999,Sikh,eng\n"


@pytest.fixture
def page(client: Client, db: None) -> Client:
    """Return a client that a data officer is signed in with."""
    officer = factories.user(Role.DATA_OFFICER)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def known(run: Import, extract: Extract) -> Source:
    """Return the case system, which knows two children, one of them on a plan."""
    extract.person("7001", dob="2015-06-01").person("7002", dob="2016-01-01")
    run(extract.row("ssd_cp_plans", "P1", "7001", cppl_cp_plan_start_date="2026-03-10"))
    return Source.objects.get(key="ssd")


def look(page: Client, source: Source, text: str, kind: str, name: str = "faiths.csv") -> Any:
    """Send a report to the first page; the page of its columns, or the first with a sentence."""
    file = SimpleUploadedFile(name, text.encode())
    said = {"file": file, "sheet": "", "kind": kind, "source": source.pk}
    return page.post(reverse("imports:new-report"), said)


def sent(shown: Any, **said: str) -> dict[str, str]:
    """Return what a browser would send of the page of columns, with some answers."""
    text = shown.content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(sample|kind|source)" value="([^"]*)"', text))
    chosen = {}
    selects = re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL)
    for name, options in selects:
        found = re.search(r'value="([^"]*)" selected', options)
        chosen[name] = found[1] if found else ""
    return {**hidden, **chosen, "name": "Faiths", **said}


def columns(page: Client, said: dict[str, str]) -> Any:
    """Send the page of columns."""
    return page.post(reverse("imports:report-columns"), said)


def test_before_anything_came_nothing_can_be_mapped(page: Client) -> None:
    for route in ("imports:reports", "imports:new-report"):
        assert "Nothing has been imported yet" in main_of(page.get(reverse(route)))


def test_a_report_is_looked_at_previewed_saved_and_then_known(
    page: Client, known: Source, tmp_path: Path, run: Import
) -> None:
    shown = look(page, known, FAITHS, "report_children")
    assert ["Faith", "C of E; Sikh; Sikh"] in table_of(shown, "What the report holds")
    said = sent(shown)
    assert (said["column_1"], said["column_2"], said["column_3"]) == (
        "Client ID", "Faith", "Main language",
    )  # fmt: skip

    asked = columns(page, {**said, "do": "save"})
    assert "Faith: “C of E” means" in main_of(asked)
    assert not ReportMapping.objects.exists()
    rows = table_of(asked, "How the first rows would be taken")
    assert [rows[0][n] for n in (0, 1, 3)] == ["2", "7001", "Dari"]
    assert "Religion is not a code of the list religion: 'C of E'" in rows[0][4]
    assert rows[1] == ["3", "7002", "Sikh", "English", "Would be taken"]
    assert rows[2][4] == "Would wait: 9999 is no child we know"

    meaning = {"meaning_2_0": "christian", "do": "save"}
    assert columns(page, {**said, **meaning}).status_code == 302
    assert "Faiths" in main_of(page.get(reverse("imports:reports")))
    assert ImportBatch.objects.count() == 1, "nothing of it is imported yet"

    page.post(
        reverse("imports:upload"),
        {"files": [SimpleUploadedFile("x.csv", FAITHS.encode())], "as_at_0": ""},
    )
    faiths = IdentityStatement.objects.filter(characteristic="religion")
    assert sorted(faiths.values_list("answer", flat=True)) == ["christian", "sikh"]


def test_mapping_anew_is_the_next_version(page: Client, known: Source) -> None:
    for name in ("Faiths", "Faith and language"):
        said = sent(look(page, known, FAITHS, "report_children"), name=name, do="save")
        assert columns(page, {**said, "meaning_2_0": ""}).status_code == 302
    kept = ReportMapping.objects.get()
    assert (kept.name, kept.version) == ("Faith and language", 2)
    assert Source.objects.filter(name="Faith and language").count() == 1


def test_core_groups_are_mapped_and_imported(
    page: Client, known: Source, run: Import, tmp_path: Path
) -> None:
    text = "Core groups\nPerson ID,Date of meeting\n7001,01/04/2026\nTotal,1\n"
    shown = look(page, known, text, "report_core_groups")
    preview = columns(page, sent(shown, do="preview"))
    assert table_of(preview, "How the first rows")[0][-1] == "Would be taken"
    assert "Left out" in table_of(preview, "How the first rows")[1][-1]
    assert columns(page, sent(shown, do="save")).status_code == 302
    path = tmp_path / "april.csv"
    path.write_text(text, encoding="utf-8")
    run(path)
    assert str(CoreGroup.objects.get().held_on) == "2026-04-01"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("7001,2026-03-01\n7002,2026-03-02\n", "its first row seems to hold data"),
        ("Client ID,Day,Day\n7001,2026-03-01,2026-03-02\n", "the column 'Day' comes twice"),
        ("Client ID,Day\n", "it has column names and no row"),
        ("", "the file is empty"),
    ],
)
def test_a_file_that_is_no_report_is_told(
    page: Client, known: Source, text: str, sentence: str
) -> None:
    assert sentence in main_of(look(page, known, text or " ", "report_core_groups"))


def test_columns_that_are_missing_or_chosen_twice_are_asked_for(
    page: Client, known: Source
) -> None:
    shown = look(page, known, "Client ID,Meeting\n7001,2026-04-01\n", "report_core_groups")
    missing = columns(page, sent(shown, do="save", column_2=""))
    assert "Choose the column that holds the day" in main_of(missing)
    twice = columns(page, sent(shown, do="save", column_2="Client ID"))
    assert "Client ID is chosen for the child's number already" in main_of(twice)
    assert not ReportMapping.objects.exists()


def test_a_page_that_was_changed_is_not_gone_on_from(page: Client, known: Source) -> None:
    said = sent(look(page, known, FAITHS, "report_children"), do="save", sample="changed")
    assert columns(page, said)["Location"] == reverse("imports:new-report")
    assert not ReportMapping.objects.exists()
