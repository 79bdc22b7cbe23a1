"""Where two sources differ: who is believed, what is listed, and what becomes of it later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evenhand.casework.models import LookedAfterReview, Referral
from evenhand.sources.models import Difference, Source, SourceRank
from tests.imports.conftest import Import
from tests.imports.extracts import Extract

BORN = "2015-06-01"


@pytest.fixture
def other(tmp_path: Path) -> Extract:
    """Return an empty extract of another source."""
    return Extract(tmp_path / "other").person("1", dob=BORN)


def _referral(extract: Extract, key: str, **cells: str) -> Extract:
    named = {f"cine_{name}": value for name, value in cells.items()}
    return extract.row("ssd_cin_episodes", key, "1", **named)


def _open() -> list[tuple[str, str, str]]:
    found = Difference.objects.filter(standing="open").order_by("field")
    return list(found.values_list("field", "held", "told"))


@pytest.fixture
def first(extract: Extract) -> Extract:
    """Return the leading source's extract: one child with one referral that is closed."""
    return _referral(extract.person("1", dob=BORN), "F1", close_date="2026-05-01")


@pytest.mark.both_databases
def test_the_leading_source_stands_and_the_other_is_listed(
    run: Import, first: Extract, other: Extract
) -> None:
    run(first)
    run(_referral(other, "X1", close_date="2026-05-09"), source="returns")
    assert Referral.objects.get().closed_on == date(2026, 5, 1)
    assert _open() == [("closed_on", "2026-05-01", "2026-05-09")]
    kept = Difference.objects.get()
    assert kept.believed is not None
    assert (kept.source.key, kept.believed.key, kept.kind) == ("returns", "ssd", "referral")


@pytest.mark.both_databases
def test_a_leading_source_that_comes_second_wins(
    run: Import, first: Extract, other: Extract
) -> None:
    run(first)
    Source.objects.create(key="returns", name="Returns", rank=0)
    run(_referral(other, "X1", close_date="2026-05-09"), source="returns")
    assert Referral.objects.get().closed_on == date(2026, 5, 9)
    assert _open() == [("closed_on", "2026-05-09", "2026-05-01")]
    assert Difference.objects.get().source.key == "ssd"


def test_a_rank_of_one_kind_leaves_the_others_alone(
    run: Import, first: Extract, other: Extract
) -> None:
    run(first)
    Source.objects.create(key="returns", name="Returns", rank=8)
    SourceRank.objects.create(source=Source.objects.get(key="returns"), kind="referral", rank=0)
    other.change("ssd_person", "1", pers_forename="Wren")
    first.change("ssd_person", "1", pers_forename="Robin")
    run(first)
    run(_referral(other, "X1", close_date="2026-05-09"), source="returns")
    believed = dict(Difference.objects.values_list("field", "believed__key"))
    assert believed == {"closed_on": "returns", "forename": "ssd"}


@pytest.mark.both_databases
def test_a_blank_of_the_leading_source_is_filled_and_stays_the_others_own(
    run: Import, first: Extract, other: Extract
) -> None:
    run(first)
    run(_referral(other, "X1", close_date="2026-05-01", close_reason="RC1"), source="returns")
    assert Referral.objects.get().close_reason == "RC1"
    assert _open() == []
    run(first)
    assert Referral.objects.get().close_reason == "RC1"
    other.change("ssd_cin_episodes", "X1", cine_close_reason="RC2")
    run(other, source="returns")
    assert Referral.objects.get().close_reason == "RC2"
    first.change("ssd_cin_episodes", "F1", cine_close_reason="RC3")
    run(first)
    assert Referral.objects.get().close_reason == "RC3"
    assert _open() == [("close_reason", "RC3", "RC2")]


def test_what_the_leading_source_takes_back_is_taken_back(
    run: Import, first: Extract, other: Extract
) -> None:
    run(first)
    run(_referral(other, "X1", close_date="2026-05-01"), source="returns")
    _referral(first, "F2", referral_date="2026-06-02", close_date="2026-07-01")
    first.change("ssd_cin_episodes", "F1", cine_close_date="")
    run(first)
    assert Referral.objects.get(received_on="2026-03-02").closed_on is None


def test_a_difference_goes_when_the_sources_agree(
    run: Import, first: Extract, other: Extract
) -> None:
    run(first)
    run(_referral(other, "X1", close_date="2026-05-09"), source="returns")
    other.change("ssd_cin_episodes", "X1", cine_close_date="2026-05-01")
    run(other, source="returns")
    assert Difference.objects.get().standing == "gone"
    other.change("ssd_cin_episodes", "X1", cine_close_date="2026-05-09")
    run(other, source="returns")
    assert _open() == [("closed_on", "2026-05-01", "2026-05-09")]
    first.change("ssd_cin_episodes", "F1", cine_close_date="2026-05-09")
    run(first)
    assert Difference.objects.get().standing == "gone"


def _reviews(extract: Extract, *days: str, prefix: str = "R") -> Extract:
    extract.row("ssd_cla_episodes", f"{prefix}E", "1", clae_cla_id=f"{prefix}C")
    for number, day in enumerate(days):
        cells = {"clar_cla_review_date": day, "clar_cla_id": f"{prefix}C"}
        extract.row("ssd_cla_reviews", f"{prefix}{number}", "1", **cells)
    return extract


@pytest.mark.both_databases
def test_what_only_the_lower_source_tells_waits_where_the_higher_covers_the_day(
    run: Import, extract: Extract, other: Extract
) -> None:
    run(_reviews(extract.person("1", dob=BORN), "2026-04-20", "2026-07-20"))
    report = run(_reviews(other, "2026-03-01", "2026-06-01", prefix="X"), source="returns")
    stands = dict(LookedAfterReview.objects.values_list("held_on", "withdrawn"))
    assert stands == {
        date(2026, 3, 1): False,
        date(2026, 4, 20): False,
        date(2026, 6, 1): True,
        date(2026, 7, 20): False,
    }
    assert _open() == [("", "", "2026-06-01")]
    assert report.total("created") == 2
    third = {"clar_cla_review_date": "2026-06-01", "clar_cla_id": "RC"}
    run(extract.row("ssd_cla_reviews", "R9", "1", **third))
    assert not LookedAfterReview.objects.get(held_on="2026-06-01").withdrawn
    assert Difference.objects.get(field="").standing == "gone"


def test_what_one_source_withdraws_stays_while_another_holds_it(
    run: Import, extract: Extract, other: Extract
) -> None:
    run(_reviews(extract.person("1", dob=BORN), "2026-04-20", "2026-07-20"))
    run(_reviews(other, "2026-04-20", "2026-07-20", prefix="X"), source="returns")
    other.drop("ssd_cla_reviews", "X1")
    run(other, source="returns", accept_withdrawals=True)
    assert LookedAfterReview.objects.filter(withdrawn=False).count() == 2
    extract.drop("ssd_cla_reviews", "R1")
    run(extract, accept_withdrawals=True)
    assert LookedAfterReview.objects.get(held_on="2026-07-20").withdrawn
