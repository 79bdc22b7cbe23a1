"""Each kind of fault is in the files as often as the manifest says, and in no clean extract."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.synth import manifest
from tests.synth.extracts import AS_AT, Rows, table

TODAY = AS_AT.isoformat()
ETHNICITIES = [
    "WBRI",
    "WIRI",
    "WIRT",
    "WOTH",
    "WROM",
    "MWBC",
    "MWBA",
    "MWAS",
    "MOTH",
    "AIND",
    "APKN",
    "ABAN",
    "AOTH",
    "BCRB",
    "BAFR",
    "BOTH",
    "CHNE",
    "OOTH",
    "REFU",
    "NOBT",
]
SLASHED = re.compile(r"\d\d/\d\d/\d{4}")


def having(name: str, column: str, wrong: Callable[[str], object]) -> Callable[[Path], int]:
    """A count of the rows whose cell is wrong."""
    return lambda folder: sum(bool(wrong(row[column])) for row in table(folder, name))


def _twice(folder: Path) -> int:
    rows = table(folder, "person")
    known = {row["pers_person_id"] for row in rows}
    return sum(row["pers_person_id"][1:] in known for row in rows)


def _orphans(folder: Path) -> int:
    known = {row["pers_person_id"] for row in table(folder, "person")}
    found = [row["cont_person_id"].removesuffix(".0") for row in table(folder, "contacts")]
    return sum(person not in known for person in found)


def _estimated(folder: Path) -> int:
    return sum(
        not row["pers_dob"] and row["pers_expected_dob"] <= TODAY for row in table(folder, "person")
    )


def _ends_before(folder: Path) -> int:
    return sum(
        "0300" < row["cinp_cin_plan_end_date"] < row["cinp_cin_plan_start_date"]
        for row in table(folder, "cin_plans")
    )


def _repeated(rows: Rows) -> int:
    return sum(many - 1 for many in Counter(tuple(row.values()) for row in rows).values())


def _copied_gender(folder: Path) -> int:
    return sum(row["pers_gender"] == row["pers_sex"] for row in table(folder, "person"))


FOUND: dict[str, Callable[[Path], int]] = {
    "local_ethnicity": having("person", "pers_ethnicity", lambda it: it and it not in ETHNICITIES),
    "same_sex_and_gender": _copied_gender,
    "estimated_birth": _estimated,
    "stray_space": having("person", "pers_surname", lambda it: it != it.strip()),
    "twice_recorded": _twice,
    "orphan": _orphans,
    "id_as_number": having("contacts", "cont_person_id", lambda it: it.endswith(".0")),
    "midnight": having("contacts", "cont_contact_date", lambda it: it.endswith(" 00:00:00.000")),
    "unknown_worker": having("cin_episodes", "cine_referral_worker_id", lambda it: it == "-1"),
    "unknown_team": having("cin_plans", "cinp_cin_plan_team", lambda it: it == "0"),
    "year_0202": having("cin_plans", "cinp_cin_plan_end_date", lambda it: it.startswith("0202-")),
    "end_before_start": _ends_before,
    "null_text": having("cin_plans", "cinp_cin_plan_end_date", lambda it: it == "NULL"),
    "join_duplicate": lambda folder: _repeated(table(folder, "legal_status")),
    "review_before_birth": having(
        "cla_reviews", "clar_cla_review_date", lambda it: it and it < "2000"
    ),
    "placeholder": having(
        "cp_reviews", "cppr_cp_review_participation", lambda it: it == "PLACEHOLDER_DATA"
    ),
    "agency_placeholder": having(
        "professionals", "prof_agency_worker_flag", lambda it: it == "PLACEHOLDER_DATA"
    ),
    "slash_dates": having("missing", "miss_missing_episode_start_date", SLASHED.fullmatch),
}


def test_every_kind_is_looked_for(extract: Path) -> None:
    """Here, by means of its own."""
    assert set(manifest.read(extract).dirt) == set(FOUND)


@pytest.mark.parametrize("kind", FOUND)
def test_each_fault_is_as_often_as_the_manifest_says(extract: Path, kind: str) -> None:
    """And there is some of each in the demonstration."""
    count = FOUND[kind](extract)
    assert count == manifest.read(extract).dirt[kind]["count"]
    assert count > 0


@pytest.mark.parametrize("kind", FOUND)
def test_a_clean_extract_has_none(clean: Path, kind: str) -> None:
    """Of any kind."""
    assert FOUND[kind](clean) == 0


def test_the_manifest_counts_the_rows_of_each_file(extract: Path) -> None:
    """Duplicates and orphans with them."""
    for name, rows in manifest.read(extract).rows.items():
        assert len(table(extract, name.removeprefix("ssd_").removesuffix(".csv"))) == rows, name
