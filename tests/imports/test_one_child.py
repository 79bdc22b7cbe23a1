"""One child told by four formats is one child, with one of each thing that happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.casework import models as casework
from evenhand.people.models import Child
from evenhand.sources.models import Difference, ImportFile, SourceReference
from tests import factories
from tests.formats.annex_a.books import Book, row
from tests.formats.cin.census import assessment, case, census, enquiry, protection_plan
from tests.formats.cin.census import child as census_child
from tests.imports.conftest import Import
from tests.imports.extracts import Extract
from tests.imports.test_ssda903 import Return
from tests.pages import main_of

NUMBER, BORN = "4653765", date(2012, 8, 14)
REFERRED, ASSESSED, AUTHORISED = "2026-01-12", "2026-01-14", "2026-02-10"
ENQUIRED, CONFERRED, CAME, REVIEWED = "2026-01-20", "2026-02-02", "2026-03-10", "2026-03-30"


def extract_of(folder: Path) -> Path:
    """Write the child's story as the case system's extract tells it."""
    found = Extract(folder).person(NUMBER, dob=BORN.isoformat(), forename="Wren", surname="Quay")
    found.row("ssd_cin_episodes", "F1", NUMBER, cine_referral_date=REFERRED)
    found.row(
        "ssd_cin_assessments", "A1", NUMBER, cina_referral_id="F1",
        cina_assessment_start_date=ASSESSED, cina_assessment_auth_date=AUTHORISED,
    )  # fmt: skip
    found.row("ssd_s47_enquiry", "S1", NUMBER, s47e_referral_id="F1", s47e_s47_start_date=ENQUIRED)
    found.row(
        "ssd_initial_cp_conference",
        "I1",
        NUMBER,
        icpc_s47_enquiry_id="S1",
        icpc_icpc_date=CONFERRED,
    )
    plan = {"cppl_cp_plan_start_date": CONFERRED, "cppl_cp_plan_end_date": CAME}
    found.row("ssd_cp_plans", "P1", NUMBER, cppl_icpc_id="I1", **plan)
    days = {"clae_cla_episode_start_date": CAME, "clae_entered_care_date": CAME}
    found.row("ssd_cla_episodes", "E1", NUMBER, clae_cla_episode_start_reason="S", **days)
    found.row(
        "ssd_cla_placement", "L1", NUMBER, clap_cla_id="C1", clap_cla_placement_start_date=CAME,
        clap_cla_placement_type="U6",
    )  # fmt: skip
    status = {"lega_legal_status": "C2", "lega_legal_status_start_date": CAME}
    found.row("ssd_legal_status", "G1", NUMBER, **status)
    found.row("ssd_cla_reviews", "R1", NUMBER, clar_cla_review_date=REVIEWED)
    return found.write()


def return_of(folder: Path) -> Path:
    """Write it as the looked-after return tells it."""
    found = Return(folder).child("2026", NUMBER, DOB="14/08/2012", UPN="UN1")
    found.episode("2026", "10/03/2026", child=NUMBER)
    return found.row("2026", "reviews", NUMBER, DOB="14/08/2012", REVIEW="30/03/2026").write()


def census_of(folder: Path) -> Path:
    """Write it as the children in need census tells it."""
    folder.mkdir()
    told = case(
        assessment(AssessmentActualStartDate=ASSESSED, AssessmentAuthorisationDate=AUTHORISED),
        enquiry(S47ActualStartDate=ENQUIRED, InitialCPCtarget="2026-02-10",
                DateOfInitialCPC=CONFERRED),
        protection_plan(CPPstartDate=CONFERRED, CPPendDate=CAME),
        CINreferralDate=REFERRED,
    )  # fmt: skip
    one = census_child(told, LAchildID=NUMBER, PersonBirthDate=BORN.isoformat())
    (folder / "census.xml").write_text(census(one))
    return folder


def workbook_of(folder: Path) -> Path:
    """Write it as Ofsted's Annex A tells it."""
    folder.mkdir()
    day = date.fromisoformat
    cells = {
        3: {"Date of referral": day(REFERRED)},
        4: {
            "Continuous Assessment Start Date": day(ASSESSED),
            "Continuous Assessment Date of Authorisation": day(AUTHORISED),
        },
        5: {
            "Strategy discussion initiating Section 47 Enquiry Start Date": day(ENQUIRED),
            "Date of Initial Child Protection Conference": day(CONFERRED),
        },
        6: {"CIN Start Date": day(REFERRED)},
        7: {
            "Child Protection Plan Start Date": day(CONFERRED),
            "Child Protection Plan End Date": day(CAME),
        },
        8: {
            "Date Started to be Looked After": day(CAME),
            "Start date of current legal status": day(CAME),
            "Start Date of Most Recent Placement": day(CAME),
            "Date of Latest Statutory Review": day(REVIEWED),
        },
    }
    book = Book()
    for number, said in cells.items():
        book.list(number, row(number, child=int(NUMBER), cells={"Date of Birth": BORN, **said}))
    (folder / "annex_a.xlsx").write_bytes(book.data())
    return folder


WRITE: dict[str, Callable[[Path], Path]] = {
    "ssd": extract_of,
    "ssda903": return_of,
    "cin": census_of,
    "annex_a": workbook_of,
}
ONE_OF_EACH = (
    casework.Referral, casework.Assessment, casework.Section47, casework.InitialConference,
    casework.ProtectionPlan, casework.CarePeriod, casework.Placement, casework.LegalStatus,
    casework.LookedAfterReview, casework.CareEpisode,
)  # fmt: skip
SAID_ONCE = (
    "Referred to us", "An assessment began", "An assessment was finished",
    "A section 47 enquiry began", "An initial child protection conference was held",
    "A child protection plan began", "A child protection plan ended", "Came into our care",
    "Moved to a home", "A looked-after review was held",
)  # fmt: skip


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "order",
    [
        ("ssd", "ssda903", "cin", "annex_a"),
        ("annex_a", "cin", "ssda903", "ssd"),
        ("cin", "ssda903", "ssd", "annex_a"),
    ],
)
def test_four_formats_tell_of_one_child_with_one_chronology(
    run: Import, tmp_path: Path, client: Client, order: tuple[str, ...]
) -> None:
    for name in order:
        report = run(WRITE[name](tmp_path / name))
        assert report.batch.source.key == name
        assert not report.has_problems
    child = Child.objects.get()
    numbered = SourceReference.objects.filter(kind="child", target_id=child.pk)
    assert set(numbered.values_list("source__key", "key")) == {(name, NUMBER) for name in order}
    assert {m.__name__: m._default_manager.count() for m in ONE_OF_EACH} == {
        model.__name__: 1 for model in ONE_OF_EACH
    }
    assert not Difference.objects.filter(field="", standing="open").exists()
    officer = factories.user(Role.DIRECTOR)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    shown = main_of(client.get(reverse("pages:child", args=[child.ref])))
    told = shown[shown.index("What happened") :]
    assert {words: told.count(words) for words in SAID_ONCE} == dict.fromkeys(SAID_ONCE, 1)


def test_every_source_told_again_changes_nothing(run: Import, tmp_path: Path) -> None:
    for name, write in WRITE.items():
        run(write(tmp_path / name))
    for name in ("ssda903", "cin", "annex_a", "ssd"):
        report = run(tmp_path / name)
        file_fates = {f.kind: f for f in ImportFile.objects.filter(batch=report.batch)}
        moved = {kind for kind, f in file_fates.items() if f.created or f.changed or f.quarantined}
        assert moved == set(), name
    assert casework.Referral.objects.count() == 1
