"""What is held leaves as an extract, and comes back as it was: nothing is locked in."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from evenhand.history.models import Entry
from evenhand.imports.extracting import write_extract
from evenhand.imports.extracting.keys import OURS
from evenhand.people.models import Child, IdentityStanding
from evenhand.problems import Problem
from evenhand.standards.models import Standing
from evenhand.synth.build import Order, build
from tests import factories as make
from tests.imports.conftest import NOW, Import
from tests.imports.extracts import Extract

pytestmark = pytest.mark.both_databases


def held() -> dict[str, object]:
    """What is held, without the numbers that the database gave it."""
    events = [m for m in apps.get_app_config("casework").get_models() if m.objects.exists()]
    counted = {model._meta.label: model.objects.filter(withdrawn=False).count() for model in events}
    answers = IdentityStanding.objects.values_list(
        "child__surname", "child__born_on", "characteristic", "status", "answer"
    )
    standings = Standing.objects.values_list(
        "standard", "kind", "cycle", "due_on", "done_on", "excused_by", "team__code", "child__upn"
    )
    children = Child.objects.values_list("forename", "surname", "born_on", "upn", "worker__code")
    return {
        "events": counted,
        "answers": Counter(answers),
        "standings": Counter(standings),
        "children": Counter(children),
    }


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of one table of an extract."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_islehaven_goes_out_and_comes_back_as_it_was(tmp_path: Path, run: Import) -> None:
    build(Order(children=120, seed=2, as_at=date(2026, 11, 20)), tmp_path / "in")
    with transaction.atomic():
        run(tmp_path / "in")
        before = held()
        write_extract(tmp_path / "out", by=None, at=NOW)
        transaction.set_rollback(True)
    assert not Child.objects.exists()

    report = run(tmp_path / "out")

    assert report.total("quarantined") == 0
    assert held() == before


def test_a_record_without_the_case_systems_identifier_gets_one_of_ours(
    tmp_path: Path, run: Import, extract: Extract
) -> None:
    run(extract.row("ssd_person", "100"))
    child = Child.objects.get()
    period = make.care_period(child, date(2026, 4, 1))

    write_extract(tmp_path / "out", by=None, at=NOW)

    (row,) = rows(tmp_path / "out", "ssd_cla_episodes")
    assert row["clae_person_id"] == "100"
    assert row["clae_cla_id"] == f"{OURS}{period.pk}"
    assert row["clae_entered_care_date"] == "2026-04-01"


def test_what_was_withdrawn_stays_behind(tmp_path: Path, run: Import, extract: Extract) -> None:
    run(extract.row("ssd_person", "100").row("ssd_contacts", "1", "100"))
    apps.get_model("casework", "Contact").objects.update(withdrawn=True)

    write_extract(tmp_path / "out", by=None, at=NOW)

    assert not (tmp_path / "out" / "ssd_contacts.csv").exists()


def test_children_who_are_one_leave_as_one(tmp_path: Path, run: Import, extract: Extract) -> None:
    extract.row("ssd_person", "100").row("ssd_person", "200", pers_dob="2015-06-02")
    run(extract.row("ssd_contacts", "1", "200"))
    kept, other = Child.objects.order_by("born_on")
    Child.objects.filter(pk=other.pk).update(merged_into=kept)

    write_extract(tmp_path / "out", by=None, at=NOW)

    assert [row["pers_person_id"] for row in rows(tmp_path / "out", "ssd_person")] == ["100"]
    assert rows(tmp_path / "out", "ssd_contacts")[0]["cont_person_id"] == "100"


def test_what_a_child_tells_of_their_gender_does_not_leave(
    tmp_path: Path, run: Import, extract: Extract
) -> None:
    run(extract.row("ssd_person", "100", pers_sex="F", pers_gender="01"))

    write_extract(tmp_path / "out", by=None, at=NOW)

    assert rows(tmp_path / "out", "ssd_person")[0]["pers_gender"] == ""


def test_it_says_what_it_holds_and_what_it_cannot(
    tmp_path: Path, run: Import, extract: Extract
) -> None:
    run(extract.row("ssd_person", "100"))

    write_extract(tmp_path / "out", by=None, at=NOW)

    told = json.loads((tmp_path / "out" / "extract.json").read_text())
    assert told["rows"]["ssd_person"] == 1
    assert "ssd_address" in told["tables_without_rows"]
    assert "core group meetings" in told["held_but_without_a_table"]
    assert Entry.objects.filter(action="extract.written").count() == 1


def test_a_folder_that_is_there_is_left_as_it_is(
    tmp_path: Path, run: Import, extract: Extract
) -> None:
    run(extract.row("ssd_person", "100"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")

    with pytest.raises(Problem, match="is there already"):
        write_extract(tmp_path / "out", by=None, at=NOW)

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_with_nothing_imported_nothing_is_written(tmp_path: Path, db: None) -> None:
    with pytest.raises(Problem, match="Nothing has been imported yet"):
        write_extract(tmp_path / "out", by=None, at=NOW)
    assert not (tmp_path / "out").exists()
