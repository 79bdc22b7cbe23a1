"""Mapped reports of the case system, imported as any format is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from evenhand.accounts.models import Role
from evenhand.casework.models import CoreGroup, ProtectionPlan, Visit
from evenhand.formats.files import find
from evenhand.formats.report.sheets import sheets_of
from evenhand.imports.actions import mend
from evenhand.imports.mapping import actions
from evenhand.imports.report import Refused
from evenhand.people.models import Child, IdentityStanding, IdentityStatement
from evenhand.sources.models import ReportMapping, RowFinding, Source
from tests import factories
from tests.imports.conftest import NOW, Import
from tests.imports.extracts import Extract

pytestmark = pytest.mark.django_db
MEETINGS = "Core groups held,,\nClient ID,Meeting date,Chair\n"
COLUMNS = {"Child": "Client ID", "Day": "Meeting date"}


@pytest.fixture
def known(run: Import, extract: Extract) -> Child:
    """Return a child of the case system on a protection plan since March."""
    extract.person("7001", dob="2015-06-01").person("7002", dob="2016-01-01")
    plan = {"cppl_cp_plan_start_date": "2026-03-10"}
    run(extract.row("ssd_cp_plans", "P1", "7001", **plan))
    return Child.objects.get(born_on="2015-06-01")


def report(folder: Path, text: str, name: str = "report.csv") -> Path:
    """Write a report; the path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def map_as(kind: str, path: Path, columns: dict[str, Any], name: str = "A report") -> Any:
    """Say what a report's columns mean."""
    sheet = sheets_of(find([path])[0])[0]
    said = {key: one if isinstance(one, dict) else {"column": one} for key, one in columns.items()}
    actions.save(
        name=name,
        kind=kind,
        header=sheet.digest,
        sheet=sheet.name,
        numbers_of=Source.objects.get(key="ssd"),
        columns=said,
        by=factories.user(Role.DATA_OFFICER),
        at=NOW,
    )
    return ReportMapping.objects.get(name=name)


@pytest.mark.both_databases
def test_core_groups_of_a_report_become_meetings_once(
    known: Child, run: Import, tmp_path: Path
) -> None:
    path = report(tmp_path, MEETINGS + "7001,19/03/2026,AB\n7001,2026-04-30,AB\nTotal,2,\n")
    map_as("report_core_groups", path, COLUMNS)
    for new, same in ((2, 0), (0, 2)):
        made = run(path, as_at=None)
        assert made.batch.source.name == "A report"
        assert (made.total("created"), made.total("unchanged")) == (new, same)
        assert (made.total("rows_read"), made.total("ignored")) == (3, 1)
    plan = ProtectionPlan.objects.get()
    held = list(CoreGroup.objects.order_by("held_on").values_list("child", "plan", "held_on"))
    days = (date(2026, 3, 19), date(2026, 4, 30))
    assert held == [(known.pk, plan.pk, day) for day in days]


def test_rows_without_a_plan_or_a_known_child_wait_in_quarantine(
    known: Child, run: Import, tmp_path: Path
) -> None:
    rows = "7001,2026-03-01,AB\n9999,2026-03-19,AB\n7002,2026-03-19,AB\n,2026-03-20,AB\n"
    path = report(tmp_path, MEETINGS + rows + "7001,2026-03-40,AB\n")
    map_as("report_core_groups", path, COLUMNS)
    assert run(path).total("quarantined") == 5
    found = RowFinding.objects.order_by("line").values_list("line", "rule")
    assert list(found) == [
        (3, "RPT-P01"), (4, "SSD-P01"), (5, "RPT-P01"), (6, "SSD-R03"), (7, "SSD-D03"),
    ]  # fmt: skip
    assert not CoreGroup.objects.exists()
    assert "no protection plan that was open on 2026-03-01" in (
        RowFinding.objects.get(line=3).sentence
    )


@pytest.mark.both_databases
def test_religion_and_language_become_statements_of_the_import(
    known: Child, run: Import, tmp_path: Path
) -> None:
    text = "Client ID,Faith,Main language\n7001,C of E,Dari\n7002,Refused,english\n"
    path = report(tmp_path, text)
    religion = {"column": "Faith", "meanings": {"c of e": "christian", "refused": "declined"}}
    said = {"Child": "Client ID", "Religion": religion, "First language": "Main language"}
    map_as("report_children", path, said)
    assert run(path).total("folded") == 2
    held = IdentityStatement.objects.filter(characteristic__in=("religion", "first_language"))
    told = held.order_by("child", "characteristic")
    assert list(told.values_list("characteristic", "status", "answer", "said_by")) == [
        ("first_language", "answered", "prs", "import"),
        ("religion", "answered", "christian", "import"),
        ("first_language", "answered", "eng", "import"),
        ("religion", "declined", "", "import"),
    ]
    assert run(path).total("unchanged") == 2
    assert held.count() == 4
    assert IdentityStanding.objects.filter(child=known, characteristic="religion").exists()


def test_an_answer_that_nobody_knows_is_left_aside_and_can_be_mended(
    known: Child, run: Import, tmp_path: Path
) -> None:
    path = report(tmp_path, "Client ID,Faith\n7001,Zoroastrian\n")
    map_as("report_children", path, {"Child": "Client ID", "Religion": "Faith"})
    run(path)
    assert not IdentityStatement.objects.filter(characteristic="religion").exists()
    found = RowFinding.objects.get(rule="SSD-C01")
    mend(found, value="another", everywhere=True, by=factories.user(Role.DATA_OFFICER), at=NOW)
    assert IdentityStatement.objects.get(characteristic="religion").answer == "another"


def test_a_visit_report_in_a_workbook(known: Child, run: Import, tmp_path: Path) -> None:
    path = tmp_path / "visits.xlsx"
    book = Workbook(str(path))
    sheet = book.add_worksheet("Visits")
    for n, row in enumerate(
        [
            ["CP visits, October"],
            [],
            ["Person", "Visited", "Seen?", "Alone?"],
            ["7001", "01/04/2026", "Yes", "no"],
        ]
    ):
        sheet.write_row(n, 0, row)
    book.close()
    map_as(
        "report_protection_visits",
        path,
        {"Child": "Person", "Day": "Visited", "Seen": "Seen?", "Seen alone": "Alone?"},
    )
    assert run(path).total("created") == 1
    visit = Visit.objects.get()
    assert (visit.kind, visit.held_on, visit.seen, visit.seen_alone) == (
        "protection", date(2026, 4, 1), True, False,
    )  # fmt: skip
    assert visit.plan == ProtectionPlan.objects.get()


def test_a_report_that_lost_a_column_is_refused_whole(
    known: Child, run: Import, tmp_path: Path
) -> None:
    path = report(tmp_path, MEETINGS + "7001,2026-03-19,AB\n")
    map_as("report_core_groups", path, COLUMNS)
    report(tmp_path, "Client ID,Chair\n7001,AB\n")
    with pytest.raises(Refused, match="'A report', which has lost its column 'Meeting date'"):
        run(path)
    assert not CoreGroup.objects.exists()


def test_a_report_never_withdraws_and_two_reports_do_not_mix(
    known: Child, run: Import, tmp_path: Path
) -> None:
    path = report(tmp_path, MEETINGS + "7001,2026-03-19,AB\n7001,2026-04-30,AB\n")
    map_as("report_core_groups", path, COLUMNS)
    run(path)
    report(tmp_path, MEETINGS + "7001,2026-04-30,AB\n")
    assert run(path).total("withdrawn") == 0
    assert CoreGroup.objects.filter(withdrawn=False).count() == 2
    other = report(tmp_path, "Client ID,Faith\n7001,Sikh\n", "faith.csv")
    map_as("report_children", other, {"Child": "Client ID", "Religion": "Faith"}, "Faith")
    with pytest.raises(Refused, match="of several reports"):
        run(tmp_path)
