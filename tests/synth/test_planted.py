"""What the manifest says was planted is in the files, counted again by other means."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evenhand.synth import manifest
from evenhand.synth.figures import words
from tests.synth.extracts import (
    AS_AT,
    assessments_by_team,
    conferences_by_group,
    ethnicity_by_team,
    header,
    table,
)

LOCAL_CODES = {local: code for code, local in words("dirt:local_codes").items()}
Counts = dict[str, dict[str, int]]


@pytest.fixture(params=["extract", "clean"])
def folder(request: pytest.FixtureRequest) -> Path:
    """Both extracts: faults do not touch what was planted."""
    found: Path = request.getfixturevalue(request.param)
    return found


def rest(counts: Counts, besides: set[str], word: str = "late") -> float:
    """The rate of all but some."""
    others = [count for key, count in counts.items() if key not in besides]
    return sum(count[word] for count in others) / sum(count["of"] for count in others)


def rate(count: dict[str, int], word: str = "late") -> float:
    """The rate of one."""
    return count[word] / count["of"]


def test_one_team_is_late_on_assessments(folder: Path) -> None:
    """At least twice as often as the others, and the counts are the manifest's."""
    planted = manifest.read(folder).planted["late_team"]
    counts = assessments_by_team(folder, planted["since"])
    assert counts == planted["counted"]
    assert rate(counts[planted["team"]]) == pytest.approx(planted["late"], abs=0.09)
    assert rest(counts, {planted["team"]}) == pytest.approx(planted["late_elsewhere"], abs=0.05)


def test_one_group_waits_longer_for_the_conference(folder: Path) -> None:
    """And the group named as its contrast does not."""
    made = manifest.read(folder)
    planted, unlike = made.planted["slow_group"], made.decoys["other_group"]
    counts = conferences_by_group(folder, LOCAL_CODES)
    assert counts == planted["counted"]
    assert rate(counts[planted["group"]]) == pytest.approx(planted["late"], abs=0.12)
    assert rest(counts, {planted["group"], "Not recorded"}) < 0.3
    assert counts[unlike["group"]] == unlike["counted"]
    assert rate(counts[unlike["group"]]) < 0.3


def test_two_teams_have_not_asked(folder: Path) -> None:
    """Ethnicity is missing several times as often for the children of two teams."""
    planted = manifest.read(folder).planted["unasked"]
    counts = ethnicity_by_team(folder)
    assert counts == planted["counted"]
    both = [counts[team] for team in planted["teams"]]
    missing = sum(count["missing"] for count in both) / sum(count["of"] for count in both)
    assert missing > 3 * rest(counts, set(planted["teams"]), "missing")


def test_the_small_team_is_a_decoy(folder: Path) -> None:
    """It looks as late as a bad team, on too few to tell."""
    made = manifest.read(folder)
    decoy = made.decoys["small_team"]
    counts = assessments_by_team(folder, made.planted["late_team"]["since"])
    assert counts[decoy["team"]] == decoy["counted"]
    assert 6 <= decoy["counted"]["of"] <= 12
    assert rate(decoy["counted"]) > 0.25


def test_visits_stop_a_month_before(folder: Path) -> None:
    """To children in need only: the other visits go on to the last days."""
    planted = manifest.read(folder).planted["visits_stop"]
    newest = max(row["cinv_cin_visit_date"] for row in table(folder, "cin_visits"))
    assert newest == planted["newest"] <= planted["last_day"] == "2026-10-20"
    for name, column in (
        ("cp_visits", "cppv_cp_visit_date"),
        ("cla_visits", "clav_cla_visit_date"),
    ):
        assert max(row[column] for row in table(folder, name)) > "2026-11-10"


def test_reviews_are_entered_late(folder: Path) -> None:
    """In the extract they are still to come; the later file gives the day they were held."""
    planted = manifest.read(folder).planted["late_entered"]
    key, held = "clar_cla_review_id", "clar_cla_review_date"
    extract = {row[key]: row for row in table(folder, "cla_reviews")}
    with (folder / planted["file"]).open(encoding="utf-8", newline="") as file:
        later = {row[key]: row for row in csv.DictReader(file)}
    assert len(later) == planted["rows"]
    shared = [review for review in planted["reviews"] if review in extract]
    assert planted["reviews"]
    assert shared
    for review in planted["reviews"]:
        assert planted["held_from"] <= later[review][held] <= planted["held_to"]
    assert all(extract[review][held] == "" for review in shared)
    changed = {review for review in later if later[review][held]} - {
        review for review in extract if extract[review][held]
    }
    assert set(planted["reviews"]) <= changed


def test_religion_and_language_are_in_no_file(folder: Path) -> None:
    """Nobody supplies them: not supplied is not missing."""
    for path in folder.glob("*.csv"):
        assert not [name for name in header(path) if "relig" in name or "langu" in name]
    assert "religion" in manifest.read(folder).planted["never_supplied"]["characteristics"]


def test_every_role_has_work_today(extract: Path) -> None:
    """Reviews late and due in a fortnight, assessments open, children allocated to each role."""
    today, fortnight = AS_AT.isoformat(), "2026-12-04"
    reviews = [
        row["clar_cla_review_due_date"]
        for row in table(extract, "cla_reviews")
        if not row["clar_cla_review_date"]
    ]
    assert [day for day in reviews if day < today]
    assert [day for day in reviews if today <= day <= fortnight]
    assert [
        row for row in table(extract, "cin_assessments") if not row["cina_assessment_auth_date"]
    ]
    roles = {
        row["invo_professional_role_id"]
        for row in table(extract, "involvements")
        if not row["invo_involvement_end_date"]
    }
    assert roles == {"CW", "IRO", "PA", "EH", "Personal Adviser (supporting)"}


def test_the_manifest_is_read_back(extract: Path, tmp_path: Path) -> None:
    """From the folder or the file; what is no manifest is refused."""
    assert manifest.read(extract) == manifest.read(extract / "manifest.json")
    other = tmp_path / "other.json"
    other.write_text('{"children": 3}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"other\.json is not a manifest"):
        manifest.read(other)
    with pytest.raises(FileNotFoundError):
        manifest.read(tmp_path / "none.json")
