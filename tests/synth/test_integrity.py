"""A clean extract is whole: keys, references, codes, days in order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evenhand.formats.ssd.tables import codes, tables
from tests.synth.extracts import AS_AT, table
from tests.synth.test_tables import ASKED

TODAY = AS_AT.isoformat()
BESIDES = (
    ("cp_plans", "cppl_referral_id", "cin_episodes", "cine_referral_id"),
    ("cla_episodes", "clae_referral_id", "cin_episodes", "cine_referral_id"),
    ("involvements", "invo_person_id", "person", "pers_person_id"),
    ("involvements", "invo_referral_id", "cin_episodes", "cine_referral_id"),
    ("initial_cp_conference", "icpc_cp_plan_id", "cp_plans", "cppl_cp_plan_id"),
    ("cla_reviews", "clar_cla_id", "cla_episodes", "clae_cla_id"),
    ("cla_reviews", "clar_cla_person_id", "person", "pers_person_id"),
    ("cla_visits", "clav_cla_id", "cla_episodes", "clae_cla_id"),
    ("cla_placement", "clap_cla_id", "cla_episodes", "clae_cla_id"),
    ("cp_visits", "cppv_cp_plan_id", "cp_plans", "cppl_cp_plan_id"),
)
REFERENCES = BESIDES + tuple(
    (name, column.name, *column.refers.removeprefix("ssd_").split("."))
    for name in ASKED
    for column in tables()[f"ssd_{name}"].columns
    if column.refers and column.refers.removeprefix("ssd_").split(".")[0] in ASKED
)
IN_ORDER = (
    ("cin_episodes", "cine_referral_date", "cine_close_date"),
    ("cin_assessments", "cina_assessment_start_date", "cina_assessment_auth_date"),
    ("s47_enquiry", "s47e_s47_start_date", "s47e_s47_end_date"),
    ("cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    ("cin_plans", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    ("cla_episodes", "clae_entered_care_date", "clae_cla_episode_start_date"),
    ("cla_episodes", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    ("cla_placement", "clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    ("legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date"),
    ("involvements", "invo_involvement_start_date", "invo_involvement_end_date"),
    ("missing", "miss_missing_episode_start_date", "miss_missing_episode_end_date"),
    ("early_help_episodes", "earl_episode_start_date", "earl_episode_end_date"),
    ("address", "addr_address_start_date", "addr_address_end_date"),
)


@pytest.mark.parametrize(("name", "column", "other", "key"), REFERENCES)
def test_every_reference_is_kept(clean: Path, name: str, column: str, other: str, key: str) -> None:
    """Each named row is in its table."""
    keys = {row[key] for row in table(clean, other)}
    assert not {row[column] for row in table(clean, name)} - keys - {""}


@pytest.mark.parametrize("name", ASKED)
def test_keys_are_there_and_once(clean: Path, name: str) -> None:
    """For every table with its own key."""
    key = tables()[f"ssd_{name}"].key.name
    held = Counter(row[key] for row in table(clean, name))
    assert held
    assert "" not in held
    assert max(held.values()) == 1


@pytest.mark.parametrize(
    ("name", "column", "of"),
    [
        (name, column.name, column.codes)
        for name in ASKED
        for column in tables()[f"ssd_{name}"].columns
        if column.codes and column.kind == "code"
    ],
)
def test_codes_are_of_their_list(clean: Path, name: str, column: str, of: str) -> None:
    """As the standard's own lists have them."""
    assert not {row[column] for row in table(clean, name)} - set(codes()[of]) - {""}


@pytest.mark.parametrize(("name", "first", "then"), IN_ORDER)
def test_days_are_in_order(clean: Path, name: str, first: str, then: str) -> None:
    """Nothing ends before it starts, and nothing has happened after the last day."""
    for row in table(clean, name):
        assert row[first] <= (row[then] or TODAY), row
        assert row[then] <= TODAY, row


def test_one_period_of_care_at_a_time(clean: Path) -> None:
    """And each begins once, with S, on the day the child entered care."""
    begun: Counter[str] = Counter()
    open_now: Counter[str] = Counter()
    for row in table(clean, "cla_episodes"):
        if row["clae_cla_episode_start_reason"] == "S":
            begun[row["clae_cla_id"]] += 1
            assert row["clae_entered_care_date"] == row["clae_cla_episode_start_date"]
        open_now[row["clae_person_id"]] += not row["clae_cla_episode_ceased_date"]
    assert set(begun.values()) == {1}
    assert max(open_now.values()) == 1


def test_siblings_share_their_meetings(clean: Path) -> None:
    """One meeting for several children, always of one family and on one day."""
    family = {row["fami_person_id"]: row["fami_family_id"] for row in table(clean, "family")}
    meetings: dict[str, set[tuple[str, str]]] = {}
    attended: Counter[str] = Counter()
    for row in table(clean, "initial_cp_conference"):
        where = (family[row["icpc_person_id"]], row["icpc_icpc_date"])
        meetings.setdefault(row["icpc_icpc_meeting_id"], set()).add(where)
        attended[row["icpc_icpc_meeting_id"]] += 1
    assert max(attended.values()) > 1
    assert {len(found) for found in meetings.values()} == {1}


def test_whoever_is_open_has_a_worker(clean: Path) -> None:
    """Nearly all: a few wait to be allocated, as they do."""
    open_cases = {
        row["cine_person_id"] for row in table(clean, "cin_episodes") if not row["cine_close_date"]
    }
    held = {
        row["invo_person_id"]
        for row in table(clean, "involvements")
        if not row["invo_involvement_end_date"] and row["invo_professional_role_id"] == "CW"
    }
    assert len(open_cases - held) < 0.02 * len(open_cases)
    assert not held - open_cases
