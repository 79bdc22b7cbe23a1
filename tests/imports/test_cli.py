"""``evenhand import``: what it prints and how it ends."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from evenhand.imports import cli
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.sources.models import ImportBatch
from tests.imports.extracts import Extract

pytestmark = pytest.mark.django_db


def arguments(path: Path, **others: object) -> Namespace:
    given = {"as_at": None, "source": "ssd", "json": False, "accept_withdrawals": False, **others}
    return Namespace(paths=[str(path)], **given)


def test_a_clean_extract_ends_well_in_ten_lines(
    extract: Extract, capsys: pytest.CaptureFixture[str]
) -> None:
    extract.person("1").row("ssd_contacts", "K1", "1", cont_contact_date="2026-03-02")
    assert cli.run(arguments(extract.write())) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Imported 2 rows from 2 files, as at 2 March 2026.")
    assert "2 created" in said.out
    assert said.out.splitlines()[-1] == "Next: evenhand standards"
    assert len(said.out.splitlines()) <= 10
    assert not said.err, "no bar where there is no terminal"


def test_rows_in_quarantine_end_with_one_and_say_what_next(
    extract: Extract, capsys: pytest.CaptureFixture[str]
) -> None:
    extract.person("1").row("ssd_contacts", "K1", "7")
    assert cli.run(arguments(extract.write())) == 1
    said = capsys.readouterr().out
    assert "1 in quarantine: 1 by SSD-P01" in said
    assert "Next: mend or discard" in said


def test_a_refused_extract_ends_with_two_and_names_every_file(
    extract: Extract, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = extract.person("1").write()
    (folder / "ssd_contacts.csv").write_text("")
    (folder / "ssd_cin_plans.csv").write_text("a,b\n")
    assert cli.run(arguments(folder)) == 2
    said = capsys.readouterr().err
    assert "ssd_contacts.csv: the file is empty." in said
    assert "ssd_cin_plans.csv: the first line has no column of ssd_cin_plans" in said
    assert said.endswith("Nothing was imported.\n")
    assert not Child.objects.exists()
    assert ImportBatch.objects.get().progress == "refused"


def test_a_file_that_breaks_in_its_middle_stores_nothing(
    extract: Extract, capsys: pytest.CaptureFixture[str]
) -> None:
    extract.person("1").row("ssd_contacts", "K1", "1").row("ssd_contacts", "K2", "1")
    path = extract.write() / "ssd_contacts.csv"
    path.write_bytes(path.read_bytes()[:-8])
    assert cli.run(arguments(path.parent)) == 2
    assert "stops in the middle of line 3" in capsys.readouterr().err
    assert not Child.objects.exists()


def test_json_for_machines(extract: Extract, capsys: pytest.CaptureFixture[str]) -> None:
    folder = extract.person("1").write()
    cli.run(arguments(folder, json=True))
    report = json.loads(capsys.readouterr().out)
    assert (report["rows_read"], report["created"], report["quarantined"]) == (1, 1, 0)
    assert report["files"][0]["table"] == "ssd_person"
    (folder / "ssd_person.csv").write_text("")
    assert cli.run(arguments(folder, json=True)) == 2
    assert json.loads(capsys.readouterr().out)["refused"][0]["file"] == "ssd_person.csv"


def test_a_source_that_is_not_a_name(extract: Extract) -> None:
    with pytest.raises(Problem, match="is not a name"):
        cli.run(arguments(extract.person("1").write(), source="../x"))
