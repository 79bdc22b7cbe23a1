"""An extract in: what it makes, what it leaves alone, and what history says of what it changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from evenhand.accounts.models import Team, Worker
from evenhand.casework import models as casework
from evenhand.history.models import Entry
from evenhand.imports.actions import importing
from evenhand.imports.report import Refused
from evenhand.people.models import Child, FamilyMember, Involvement, Relationship
from evenhand.sources.models import Coverage, ImportBatch, ImportFile, RowFinding, SourceReference
from tests.imports.conftest import Import
from tests.imports.extracts import Extract

pytestmark = pytest.mark.both_databases


def a_family(extract: Extract) -> Extract:
    """Two children of one family, one in our care."""
    extract.person("1", forename="Ada", surname="Harbour")
    extract.person("2", forename="Bo", surname="Harbour", dob="2013-02-28")
    extract.row("ssd_family", "F1", "1", fami_family_id="H")
    extract.row("ssd_family", "F2", "2", fami_family_id="H")
    extract.row("ssd_mother", "M1", "2", moth_person_id="900")
    for child in ("1", "2"):
        extract.row("ssd_cin_episodes", f"R{child}", child, cine_referral_team="T1")
        extract.row("ssd_cin_assessments", f"A{child}", child, cina_referral_id=f"R{child}")
        extract.row("ssd_involvements", f"I{child}", child, invo_professional_id="W1")
    extract.row(
        "ssd_assessment_factors",
        "AF1",
        cinf_assessment_id="A1",
        cinf_assessment_factors_json='["1A", "4B"]',
    )
    extract.row("ssd_cla_episodes", "E1", "2", clae_cla_episode_ceased_date="2026-05-01",
                clae_cla_episode_ceased_reason="X1", clae_cla_placement_id="P1")  # fmt: skip
    extract.row("ssd_cla_episodes", "E2", "2", clae_cla_episode_start_date="2026-05-01")
    extract.row("ssd_cla_placement", "P1", "2", clap_cla_id="C1",
                clap_cla_placement_start_date="2026-04-01")  # fmt: skip
    extract.row("ssd_cla_reviews", "V1", "2")
    extract.row("ssd_legal_status", "L1", "2", lega_legal_status="C2",
                lega_legal_status_start_date="2026-04-01")  # fmt: skip
    extract.row("ssd_cla_visits", "X1", "2", clav_cla_visit_date="2026-04-10")
    return extract


def fates(name: str) -> dict[str, int]:
    """The fates of the rows of a table in the latest batch, without those that are none."""
    file = ImportFile.objects.filter(kind=name).latest("pk")
    return {fate: count for fate in ImportFile.FATES if (count := getattr(file, fate))}


def test_every_row_becomes_the_record_it_is(extract: Extract, run: Import) -> None:
    report = run(a_family(extract))
    assert not report.has_problems
    assert report.total("rows_read") == report.total("created") + report.total("folded")
    bo = Child.objects.get(forename="Bo")
    assert bo.born_on == date(2013, 2, 28)
    assert FamilyMember.objects.filter(child=bo).get().family.members.count() == 2
    assert Relationship.objects.get().child == bo
    assessment = casework.Assessment.objects.get(child__forename="Ada")
    assert assessment.referral is not None
    assert assessment.referral.received_on == date(2026, 3, 2)
    assert assessment.factors == ["1A", "4B"]


def test_rows_with_one_care_identifier_are_one_period_of_care(
    extract: Extract, run: Import
) -> None:
    run(a_family(extract))
    period = casework.CarePeriod.objects.get()
    assert (period.started_on, period.ended_on) == (date(2026, 4, 1), None)
    assert period.episodes.count() == 2
    assert period.placements.get() == period.episodes.get(end_reason="X1").placement
    assert period.reviews.get().held_on == date(2026, 4, 20)
    assert period.legal_statuses.get().status == "C2"
    assert period.visits.get().held_on == date(2026, 4, 10)
    extract.change("ssd_cla_episodes", "E2", clae_cla_episode_ceased_date="2026-06-01",
                   clae_cla_episode_ceased_reason="E4A")  # fmt: skip
    run(extract)
    period.refresh_from_db()
    assert (period.ended_on, period.end_reason) == (date(2026, 6, 1), "E4A")


def test_the_same_files_again_change_nothing(extract: Extract, run: Import) -> None:
    run(a_family(extract))
    before = (Entry.objects.count(), SourceReference.objects.count(), Child.objects.count())
    report = run(extract)
    assert report.total("unchanged") == report.total("rows_read")
    after = (Entry.objects.count(), SourceReference.objects.count(), Child.objects.count())
    assert after == (before[0] + 1, *before[1:]), "only the entry of the batch itself"
    assert Entry.objects.latest("pk").action == "import.merged"


def test_a_corrected_file_changes_what_it_corrects_and_history_shows_both(
    extract: Extract, run: Import
) -> None:
    run(a_family(extract))
    extract.change("ssd_cin_assessments", "A1", cina_assessment_start_date="2026-03-09")
    report = run(extract)
    assert report.total("changed") == 1
    assert report.total("unchanged") == report.total("rows_read") - 1
    (entry,) = Entry.objects.filter(action="import.changed")
    assert entry.subject == "casework.assessment"
    assert entry.changes == {"started_on": ["2026-03-05", "2026-03-09"]}
    assert entry.child_id == Child.objects.get(forename="Ada").pk
    assert entry.import_batch_id == report.batch.pk


def test_a_row_that_is_absent_is_withdrawn_and_comes_back(extract: Extract, run: Import) -> None:
    run(a_family(extract))
    kept = list(extract.rows["ssd_cin_assessments"])
    extract.drop("ssd_cin_assessments", "A1")
    report = run(extract)
    assert report.total("withdrawn") == 1
    gone = casework.Assessment.objects.get(child__forename="Ada")
    assert gone.withdrawn
    assert Entry.objects.get(action="import.withdrawn").changes == {"withdrawn": [False, True]}
    assert run(extract).total("withdrawn") == 0
    extract.rows["ssd_cin_assessments"] = kept
    report = run(extract)
    assert (report.total("returned"), report.total("changed")) == (1, 1)
    gone.refresh_from_db()
    assert not gone.withdrawn
    assert Entry.objects.latest("pk").action == "import.merged"
    assert Entry.objects.filter(changes={"withdrawn": [True, False]}).exists()


def test_a_row_older_than_the_files_days_is_not_withdrawn(extract: Extract, run: Import) -> None:
    extract.person("1")
    extract.row("ssd_contacts", "K1", "1", cont_contact_date="2020-01-01")
    extract.row("ssd_contacts", "K2", "1", cont_contact_date="2026-01-01")
    run(extract)
    assert run(extract.drop("ssd_contacts", "K1")).total("withdrawn") == 0


def test_a_table_that_is_not_in_the_import_withdraws_nothing(extract: Extract, run: Import) -> None:
    run(a_family(extract))
    del extract.rows["ssd_cin_assessments"], extract.rows["ssd_assessment_factors"]
    assert run(extract).total("withdrawn") == 0


def test_a_part_of_an_extract_is_refused_unless_it_is_meant(extract: Extract, run: Import) -> None:
    extract.person("1")
    for n in range(60):
        extract.row("ssd_contacts", f"K{n}", "1", cont_contact_date="2026-01-01")
    run(extract)
    extract.rows["ssd_contacts"] = extract.rows["ssd_contacts"][:10]
    with pytest.raises(Refused, match="it lacks 50 of the 60 records"):
        run(extract)
    assert not casework.Contact.objects.filter(withdrawn=True).exists()
    assert ImportBatch.objects.latest("pk").progress == "refused"
    assert run(extract, accept_withdrawals=True).total("withdrawn") == 50


def test_a_column_that_is_wholly_empty_is_not_supplied_and_clears_nothing(
    extract: Extract, run: Import
) -> None:
    run(a_family(extract))
    assert Coverage.objects.filter(fact="assessment.started").exists()
    held = Coverage.objects.get(fact="assessment.started")
    assert (held.complete_from, held.complete_to) == (date(2026, 3, 5), date(2026, 11, 20))
    assert not Coverage.objects.filter(fact="assessment.authorised").exists()
    for key in ("R1", "R2"):
        extract.change("ssd_cin_episodes", key, cine_referral_team="")
    report = run(extract)
    assert report.total("changed") == 0
    assert casework.Referral.objects.filter(team__code="T1").count() == 2


def test_a_latest_only_day_is_a_new_event_and_overwrites_nothing(
    extract: Extract, run: Import
) -> None:
    extract.person("1", dob="2007-01-01")
    extract.row("ssd_care_leavers", "S1", "1", clea_care_leaver_eligibility="Former relevant",
                clea_care_leaver_latest_contact="2026-05-01",
                clea_pathway_plan_review_date="2026-02-01")  # fmt: skip
    run(extract)
    run(extract)
    extract.change("ssd_care_leavers", "S1", clea_care_leaver_latest_contact="2026-08-01")
    report = run(extract)
    assert report.total("changed") == 1
    leaver = casework.CareLeaver.objects.get()
    days = leaver.contacts.order_by("contacted_on").values_list("contacted_on", flat=True)
    assert list(days) == [date(2026, 5, 1), date(2026, 8, 1)]
    assert leaver.pathway_plan_reviews.count() == 1


def test_a_child_belongs_to_the_latest_open_involvement(extract: Extract, run: Import) -> None:
    extract.person("1")
    extract.row("ssd_cin_episodes", "R1", "1", cine_referral_team="T1")
    extract.row("ssd_involvements", "I1", "1", invo_professional_id="W1",
                invo_professional_team="T2")  # fmt: skip
    extract.row("ssd_involvements", "I2", "1", invo_professional_id="W2",
                invo_professional_team="T9", invo_professional_role_id="IRO",
                invo_involvement_start_date="2026-06-01")  # fmt: skip
    run(extract)
    child = Child.objects.select_related("worker", "team").get()
    assert child.is_open
    assert child.worker is not None
    assert child.team is not None
    assert (child.worker.code, child.team.code) == ("W1", "T2")
    extract.change("ssd_involvements", "I1", invo_involvement_end_date="2026-10-01")
    run(extract)
    child.refresh_from_db()
    assert child.worker is None
    assert child.team is not None
    assert child.team.code == "T1", "the open referral's team"
    assert Entry.objects.filter(action="import.allocated").count() == 1
    assert Involvement.objects.count() == 2


def test_workers_and_teams_from_the_roster(extract: Extract, run: Import) -> None:
    extract.person("1")
    extract.row("ssd_professionals", "W1", prof_professional_name="W. One",
                prof_social_worker_registration_no="SW123")  # fmt: skip
    extract.row("roster", "W1", name="Wren Lantern", email="wren@islehaven.example", team_id="T1",
                team_name="North", service_id="S1", service_name="Safeguarding",
                manager_worker_id="W2", roles="social worker")  # fmt: skip
    extract.row("roster", "W2", name="Max Ferry", team_id="T1", team_name="North")
    run(extract)
    wren = Worker.objects.select_related("team__parent", "manager").get(code="W1")
    assert (wren.name, wren.registration) == ("Wren Lantern", "SW123")
    assert wren.team is not None
    assert wren.team.parent == Team.objects.get(name="Safeguarding")
    assert wren.manager == Worker.objects.get(name="Max Ferry")
    report = run(extract)
    assert report.total("unchanged") == report.total("rows_read")
    del extract.rows["roster"]
    run(extract)
    wren.refresh_from_db()
    assert wren.name == "Wren Lantern", "the roster leads over the case system's list"
    extract.row("roster", "W1", name="Wren Harbour")
    report = run(extract)
    assert Entry.objects.latest("-pk").pk
    assert Entry.objects.filter(changes={"name": ["Wren Lantern", "Wren Harbour"]}).exists()


def test_names_of_children_from_the_roster_where_the_extract_has_none(
    extract: Extract, run: Import
) -> None:
    extract.person("1")
    extract.row("roster_children", "1", forename="Ada", surname="Harbour")
    run(extract)
    assert Child.objects.get().surname == "Harbour"
    assert run(extract).total("unchanged") == 2
    del extract.rows["roster_children"]
    run(extract)
    assert Child.objects.get().surname == "Harbour", "a blank displaces no name"


def test_fates_sum_to_the_rows_read_and_the_database_holds_to_it(
    extract: Extract, run: Import
) -> None:
    run(a_family(extract))
    file = ImportFile.objects.first()
    assert file is not None
    file.rows_read += 1
    with pytest.raises(IntegrityError), transaction.atomic():
        file.save()


def test_a_failure_while_merging_leaves_nothing(
    extract: Extract, run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(importing.keeping, "keep", fail)
    with pytest.raises(RuntimeError):
        run(a_family(extract))
    assert not Child.objects.exists()
    assert not SourceReference.objects.exists()
    assert not Entry.objects.exists()
    assert ImportBatch.objects.get().progress == "reading"
    monkeypatch.undo()
    run(extract)
    stopped, merged = ImportBatch.objects.order_by("pk")
    assert (stopped.progress, merged.progress) == ("stopped", "merged")
    assert "Nothing of it was stored" in stopped.sentence


def test_a_later_file_closes_what_was_open_of_the_earlier(extract: Extract, run: Import) -> None:
    extract.person("1").row("ssd_contacts", "K1", "7")
    run(extract)
    run(extract)
    open_ = RowFinding.objects.filter(standing="open")
    assert [finding.file.batch_id for finding in open_] == [ImportBatch.objects.latest("pk").pk]


def test_nothing_to_import(tmp_path: Path, run: Import) -> None:
    with pytest.raises(Refused, match="no file of an extract or return was found"):
        run(tmp_path)


def test_rows_of_children_without_any_child(extract: Extract, run: Import) -> None:
    with pytest.raises(Refused, match="there is no ssd_person"):
        run(extract.row("ssd_contacts", "K1", "1"))
