"""Reads an extract as a stranger would: CSV, Python, and a calendar that is not ours."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays

AS_AT = date(2026, 11, 20)
Rows = list[dict[str, str]]
NAMED = ("CW", "PA", "EH")
GROUPS = {"W": "White", "M": "Mixed", "A": "Asian", "C": "Asian", "B": "Black", "O": "Other"}


@cache
def table(folder: Path, name: str) -> Rows:
    """Every row of one table, as text."""
    with (folder / f"ssd_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header(path: Path) -> list[str]:
    """The first line of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@cache
def _off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@cache
def due(start: str, working_days: int) -> str:
    """The day so many working days after a day, counted one by one."""
    day = date.fromisoformat(start)
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5 and day not in _off(day.year)
    return day.isoformat()


def is_late(due_on: str, done: str) -> bool:
    """Late is done after the due day, or not done though it has passed."""
    return not done or done > due_on


def assessments_by_team(folder: Path, since: str) -> dict[str, dict[str, int]]:
    """For each team: assessments of referrals since a day, now due, and how many were late."""
    referred = {
        row["cine_referral_id"]: row["cine_referral_date"] for row in table(folder, "cin_episodes")
    }
    counts: Counter[tuple[str, bool]] = Counter()
    for row in table(folder, "cin_assessments"):
        received = referred[row["cina_referral_id"]]
        due_on = due(received, 45)
        if received >= since and due_on < AS_AT.isoformat():
            late = is_late(due_on, row["cina_assessment_auth_date"])
            counts[row["cina_assessment_team"], late] += 1
    return _tallied(counts, "late")


def conferences_by_group(folder: Path, local_codes: dict[str, str]) -> dict[str, dict[str, int]]:
    """For each recorded ethnic group: initial conferences now due, and how many were late."""
    groups = {
        row["pers_person_id"]: _group(row["pers_ethnicity"], local_codes)
        for row in table(folder, "person")
    }
    started = {
        row["s47e_s47_enquiry_id"]: row["s47e_s47_start_date"]
        for row in table(folder, "s47_enquiry")
    }
    counts: Counter[tuple[str, bool]] = Counter()
    for row in table(folder, "initial_cp_conference"):
        due_on = due(started[row["icpc_s47_enquiry_id"]], 15)
        if due_on < AS_AT.isoformat():
            counts[groups[row["icpc_person_id"]], is_late(due_on, row["icpc_icpc_date"])] += 1
    return _tallied(counts, "late")


def ethnicity_by_team(folder: Path) -> dict[str, dict[str, int]]:
    """For each team: the born children open to it, and how many have no ethnicity recorded."""
    people = {row["pers_person_id"]: row for row in table(folder, "person")}
    latest: dict[str, dict[str, str]] = {}
    for row in table(folder, "involvements"):
        child, starts = row["invo_person_id"], row["invo_involvement_start_date"]
        if row["invo_involvement_end_date"] or row["invo_professional_role_id"] not in NAMED:
            continue
        if child not in latest or starts > latest[child]["invo_involvement_start_date"]:
            latest[child] = row
    counts: Counter[tuple[str, bool]] = Counter()
    for child, row in latest.items():
        if people[child]["pers_expected_dob"] <= AS_AT.isoformat():
            missing = people[child]["pers_ethnicity"] in {"", "NOBT"}
            counts[row["invo_professional_team"], missing] += 1
    return _tallied(counts, "missing")


def _group(code: str, local_codes: dict[str, str]) -> str:
    code = local_codes.get(code, code)
    return "Not recorded" if code in {"", "NOBT", "REFU"} else GROUPS[code[0]]


def _tallied(counts: Counter[tuple[str, bool]], word: str) -> dict[str, dict[str, int]]:
    return {
        key: {word: counts[key, True], "of": counts[key, True] + counts[key, False]}
        for key in sorted({key for key, _ in counts})
    }
