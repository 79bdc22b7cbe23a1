"""Every file has exactly the columns of the standard, in its order, or Mosaic's."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.formats.roster import ROSTER_COLUMNS
from evenhand.formats.ssd.tables import tables
from evenhand.synth.build import Order, build
from tests.synth.extracts import AS_AT, header, table

ASKED = [
    "person",
    "family",
    "mother",
    "contacts",
    "early_help_episodes",
    "cin_episodes",
    "cin_assessments",
    "assessment_factors",
    "s47_enquiry",
    "initial_cp_conference",
    "cp_plans",
    "cp_reviews",
    "cp_visits",
    "cin_plans",
    "cin_visits",
    "cla_episodes",
    "cla_placement",
    "legal_status",
    "cla_reviews",
    "cla_visits",
    "care_leavers",
    "missing",
    "disability",
    "immigration_status",
    "professionals",
    "department",
    "involvements",
    "address",
]


@pytest.fixture(scope="module")
def mosaic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small extract in Mosaic's spelling."""
    folder = tmp_path_factory.mktemp("mosaic")
    build(Order(120, 1, AS_AT, variant="mosaic"), folder)
    return folder


def test_every_table_asked_for_is_written(extract: Path) -> None:
    """And no other."""
    assert {path.stem for path in extract.glob("ssd_*.csv")} == {f"ssd_{name}" for name in ASKED}


@pytest.mark.parametrize("name", ASKED)
def test_columns_are_the_standards(extract: Path, name: str) -> None:
    """As the importer's own table of the standard has them."""
    standard = [column.name for column in tables()[f"ssd_{name}"].columns]
    assert header(extract / f"ssd_{name}.csv") == standard


def test_the_roster_has_its_columns(extract: Path) -> None:
    """Those of the roster format."""
    assert tuple(header(extract / "roster.csv")) == ROSTER_COLUMNS


@pytest.mark.parametrize(
    ("name", "there", "gone"),
    [
        ("cin_plans", "cin_plan_id", "cinp_cin_plan_id"),
        ("cin_visits", "cinv_cin_plan_id", "cinv_person_id"),
        ("cla_placement", "clap_cla_id", "clap_person_id"),
        ("contacts", "cont_contact_source_desc", "cont_contact_source_code"),
        ("cp_plans", "cppl_cp_plan_id", "cppl_cp_plan_ola"),
        ("cp_reviews", "actual_date", "cppr_cp_review_date"),
        ("cp_visits", "cppv_cp_plan_id", "cppv_person_id"),
        ("involvements", "invo_referral_id", "invo_person_id"),
        ("professionals", "prof_staff_id", "prof_professional_name"),
        ("person", "pers_common_child_id", "pers_single_unique_id"),
    ],
)
def test_mosaic_spells_otherwise(mosaic: Path, name: str, there: str, gone: str) -> None:
    """Renamed columns, and columns that it does not have."""
    columns = header(mosaic / f"ssd_{name}.csv")
    assert there in columns
    assert gone not in columns


def test_mosaic_has_no_family(mosaic: Path) -> None:
    """The whole table is absent."""
    assert not (mosaic / "ssd_family.csv").exists()


def test_mosaic_joins_involvements_by_referral(mosaic: Path) -> None:
    """So that it has none without one; the standard's extract has those of early help."""
    assert all(row["invo_referral_id"] for row in table(mosaic, "involvements"))


def test_the_standard_has_involvements_without_a_referral(extract: Path) -> None:
    """Early help needs none."""
    assert not all(row["invo_referral_id"] for row in table(extract, "involvements"))
