"""Islehaven resembles England where England's figures are published."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evenhand.synth.figures import figure, sources
from tests.synth.extracts import AS_AT, GROUPS, due, is_late, table

TODAY = AS_AT.isoformat()


def share_of(values: list[bool]) -> float:
    """How many are true, of all."""
    return sum(values) / len(values)


def test_groups_are_as_published(clean: Path) -> None:
    """Of those whose ethnicity is recorded, families of unaccompanied young people apart."""
    published = figure("ethnicity.group_shares")
    held = [row["pers_ethnicity"] for row in table(clean, "person") if not row["pers_nationality"]]
    known = [GROUPS[code[0]] for code in held if code not in {"", "NOBT", "REFU"}]
    for group, weight in published.items():
        expected = weight / sum(published.values())
        assert known.count(group) / len(known) == pytest.approx(expected, abs=0.04), group


def test_sources_of_referral_are_as_published(clean: Path) -> None:
    """Police and schools first."""
    published = figure("referral_source.shares")
    rows = Counter(row["cine_referral_source_code"] for row in table(clean, "cin_episodes"))
    for code in ("6", "2A", "5A"):
        expected = published[code] / sum(published.values())
        assert rows[code] / rows.total() == pytest.approx(expected, abs=0.04), code


def test_assessments_are_mostly_in_time(clean: Path) -> None:
    """About 85% in 45 working days, leaving out the team that was planted late."""
    referred = {
        row["cine_referral_id"]: row["cine_referral_date"] for row in table(clean, "cin_episodes")
    }
    late = [
        is_late(due(referred[row["cina_referral_id"]], 45), row["cina_assessment_auth_date"])
        for row in table(clean, "cin_assessments")
        if row["cina_assessment_team"] != "T13" and row["cina_assessment_auth_date"]
    ]
    assert 1 - share_of(late) == pytest.approx(0.845, abs=0.03)


def test_looked_after_reviews_are_mostly_in_time(clean: Path) -> None:
    """About nine in ten, by the case system's own due day."""
    late = [
        row["clar_cla_review_date"] > row["clar_cla_review_due_date"]
        for row in table(clean, "cla_reviews")
        if row["clar_cla_review_date"] and row["clar_cla_review_cancelled"] == "N"
    ]
    assert 1 - share_of(late) == pytest.approx(0.90, abs=0.02)


def test_conference_reviews_are_mostly_in_time(clean: Path) -> None:
    """89.8% published."""
    late = [
        row["cppr_cp_review_date"] > row["cppr_cp_review_due"]
        for row in table(clean, "cp_reviews")
        if row["cppr_cp_review_date"]
    ]
    assert 1 - share_of(late) == pytest.approx(0.898, abs=0.03)


def test_referrals_end_as_published(clean: Path) -> None:
    """6.5% with no further action, and a third of section 47 enquiries in a conference."""
    referrals = table(clean, "cin_episodes")
    nfa = share_of([row["cine_referral_nfa"] == "Y" for row in referrals])
    assert nfa == pytest.approx(0.06, abs=0.02)
    enquiries = table(clean, "s47_enquiry")
    needed = share_of([row["s47e_s47_nfa"] == "N" for row in enquiries if row["s47e_s47_nfa"]])
    assert needed == pytest.approx(0.32, abs=0.05)


def test_young_children_take_no_part_by_code(clean: Path) -> None:
    """PN0 under four, and only then."""
    born = {row["pers_person_id"]: row["pers_dob"] for row in table(clean, "person")}
    for row in table(clean, "cla_reviews"):
        if row["clar_cla_review_participation"] == "PN0":
            four = str(int(born[row["clar_cla_person_id"]][:4]) + 5)
            assert row["clar_cla_review_date"] < four


def test_short_breaks_are_told_apart(clean: Path) -> None:
    """V3 and V4, for disabled children only, and some of each."""
    disabled = {
        row["disa_person_id"]
        for row in table(clean, "disability")
        if row["disa_disability_code"] != "NONE"
    }
    breaks = [
        row for row in table(clean, "legal_status") if row["lega_legal_status"] in {"V3", "V4"}
    ]
    assert {row["lega_legal_status"] for row in breaks} == {"V3", "V4"}
    assert {row["lega_person_id"] for row in breaks} <= disabled


def test_there_are_all_kinds_of_children(clean: Path) -> None:
    """Unborn, unaccompanied, in siblings' families, leaving care, missing, a young mother's."""
    people = table(clean, "person")
    assert [row for row in people if row["pers_expected_dob"] > TODAY and not row["pers_dob"]]
    asylum = {row["immi_person_id"] for row in table(clean, "immigration_status")}
    assert {row["pers_person_id"] for row in people if row["pers_nationality"]} == asylum != set()
    families = Counter(row["fami_family_id"] for row in table(clean, "family"))
    assert max(families.values()) >= 3
    mothers = {row["moth_person_id"] for row in table(clean, "mother")}
    assert mothers
    assert mothers <= {row["pers_person_id"] for row in people if row["pers_is_mother"] == "Y"}
    leavers = {row["clea_care_leaver_eligibility"] for row in table(clean, "care_leavers")}
    assert {"Eligible", "Former relevant"} <= leavers
    assert table(clean, "missing")


def test_every_child_in_our_care_has_a_reviewing_officer(clean: Path) -> None:
    """Open today, by involvement."""
    cared_for = {
        row["clae_person_id"]
        for row in table(clean, "cla_episodes")
        if not row["clae_cla_episode_ceased_date"]
    }
    reviewed = {
        row["invo_person_id"]
        for row in table(clean, "involvements")
        if row["invo_professional_role_id"] == "IRO" and not row["invo_involvement_end_date"]
    }
    assert cared_for <= reviewed


def test_caseloads_are_as_they_are(clean: Path) -> None:
    """About sixteen for a social worker, where there are children enough."""
    loads = [
        int(row["prof_professional_caseload"])
        for row in table(clean, "professionals")
        if row["prof_professional_job_title"] == "Social worker"
    ]
    assert 11 < sum(loads) / len(loads) < 20


def test_names_tell_nothing(clean: Path) -> None:
    """No forename belongs to a sex or a group more than chance allows."""
    people = [row for row in table(clean, "person") if row["pers_sex"] in {"M", "F"}]
    girls = share_of([row["pers_sex"] == "F" for row in people])
    for name, many in Counter(row["pers_forename"] for row in people).items():
        named = [row["pers_sex"] == "F" for row in people if row["pers_forename"] == name]
        assert abs(share_of(named) - girls) < 3.5 * (girls * (1 - girls) / many) ** 0.5, name


def test_every_figure_has_its_source() -> None:
    """Published, or said to be ours."""
    assert all(source == "ours" or len(source) > 10 for source in sources().values())
