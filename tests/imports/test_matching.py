"""Children and events that a second source tells are found among those of the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.casework.models import LookedAfterReview, Referral
from evenhand.people.models import Child
from evenhand.sources.models import RowFinding, SourceReference
from tests.imports.conftest import Import
from tests.imports.extracts import Extract

BORN = "2015-06-01"


@pytest.fixture
def other(tmp_path: Path) -> Extract:
    """Return an empty extract of another source."""
    return Extract(tmp_path / "other")


def _two(run: Import, first: Extract, second: Extract) -> None:
    run(first)
    run(second, source="returns")


def _keys(child: Child) -> list[tuple[str, str]]:
    references = SourceReference.objects.filter(kind="child", target_id=child.pk)
    return list(references.order_by("source__rank").values_list("source__key", "key"))


@pytest.mark.both_databases
def test_one_identifier_and_one_day_of_birth_are_one_child(
    run: Import, extract: Extract, other: Extract
) -> None:
    _two(run, extract.person("1", dob=BORN), other.person("1", dob=BORN))
    assert _keys(Child.objects.get()) == [("ssd", "1"), ("returns", "1")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"dob": BORN}, {"dob": ""}),
        ({"dob": ""}, {"dob": BORN}),
        ({"dob": "", "expected_dob": "2026-10-20"}, {"dob": "2026-10-12"}),
        ({"dob": "2026-10-12"}, {"dob": "", "expected_dob": "2026-10-20"}),
    ],
)
def test_a_day_that_is_not_known_or_was_expected_fits(
    run: Import, extract: Extract, other: Extract, first: dict[str, str], second: dict[str, str]
) -> None:
    _two(run, extract.person("1", **first), other.person("1", **second))
    assert Child.objects.count() == 1


@pytest.mark.parametrize(
    "second", [{"dob": "2014-06-01"}, {"dob": "", "expected_dob": "2026-10-20"}]
)
def test_another_day_of_birth_is_in_doubt(
    run: Import, extract: Extract, other: Extract, second: dict[str, str]
) -> None:
    _two(run, extract.person("1", dob=BORN), other.person("1", **second))
    assert Child.objects.count() == 1
    assert RowFinding.objects.get(fate="quarantined").rule == "ALL-M01"


def test_a_pupil_number_and_a_day_of_birth_are_one_child(
    run: Import, extract: Extract, other: Extract
) -> None:
    upn = {"upn": "A801200000001", "dob": BORN}
    other.person("X1", **upn).person("X2", upn="A801200000001", dob="2013-01-01")
    _two(run, extract.person("1", **upn), other)
    kept = Child.objects.get(born_on=BORN)
    assert _keys(kept) == [("ssd", "1"), ("returns", "X1")]
    assert Child.objects.count() == 2


def test_two_children_who_may_be_meant_are_in_doubt(
    run: Import, extract: Extract, other: Extract
) -> None:
    extract.person("1", dob=BORN).person("2", dob=BORN, upn="A801200000001")
    _two(run, extract, other.person("1", dob=BORN, upn="A801200000001"))
    assert RowFinding.objects.get(fate="quarantined").rule == "ALL-M02"


def test_two_rows_of_one_child_are_in_doubt(run: Import, extract: Extract, other: Extract) -> None:
    upn = {"upn": "A801200000001", "dob": BORN}
    _two(run, extract.person("1", **upn), other.person("X1", **upn).person("X2", **upn))
    assert RowFinding.objects.filter(fate="quarantined", rule="ALL-M02").count() == 2


def _reviews(extract: Extract, *days: str, prefix: str = "R") -> Extract:
    extract.person("1", dob=BORN)
    extract.row("ssd_cla_episodes", f"{prefix}E", "1", clae_cla_id=f"{prefix}C")
    for number, day in enumerate(days):
        cells = {"clar_cla_review_date": day, "clar_cla_id": f"{prefix}C"}
        extract.row("ssd_cla_reviews", f"{prefix}{number}", "1", **cells)
    return extract


@pytest.mark.both_databases
def test_the_same_day_comes_before_the_nearest(
    run: Import, extract: Extract, other: Extract
) -> None:
    _reviews(extract, "2026-04-20", "2026-04-22")
    _two(run, extract, _reviews(other, "2026-04-22", "2026-04-19", prefix="X"))
    days = {
        reference.key: LookedAfterReview.objects.get(pk=reference.target_id).held_on
        for reference in SourceReference.objects.filter(
            source__key="returns", kind="looked_after_review"
        )
    }
    assert {key: str(day) for key, day in days.items()} == {"X0": "2026-04-22", "X1": "2026-04-20"}
    assert LookedAfterReview.objects.filter(withdrawn=False).count() == 2


def test_two_that_are_equally_near_are_in_doubt(
    run: Import, extract: Extract, other: Extract
) -> None:
    _reviews(extract, "2026-04-20", "2026-04-24")
    _two(run, extract, _reviews(other, "2026-04-22", prefix="X"))
    found = RowFinding.objects.get(fate="quarantined")
    assert (found.rule, found.key) == ("ALL-M03", "X0")
    assert LookedAfterReview.objects.count() == 2


def test_what_lies_further_apart_than_the_pack_says_is_another(
    run: Import, extract: Extract, other: Extract
) -> None:
    extract.person("1", dob=BORN).row("ssd_cin_episodes", "F1", "1")
    other.person("1", dob=BORN)
    other.row("ssd_cin_episodes", "X1", "1", cine_referral_date="2026-03-03")
    _two(run, extract, other)
    assert Referral.objects.count() == 2


def test_what_a_source_told_before_is_found_by_its_own_key(
    run: Import, extract: Extract, other: Extract
) -> None:
    _two(run, _reviews(extract, "2026-04-20"), _reviews(other, "2026-04-20", prefix="X"))
    run(other, source="returns")
    report = run(extract)
    assert LookedAfterReview.objects.count() == 1
    assert report.total("created") == report.total("changed") == 0
