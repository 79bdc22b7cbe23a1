"""Looked-after reviews: the first, the second and the later ones, from an extract to the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.casework.models import Placement
from evenhand.imports.actions import import_paths
from evenhand.people.models import Child
from tests import factories
from tests.imports.extracts import Extract
from tests.pages import shown as shown_page

pytestmark = pytest.mark.django_db
POLICY = "isle-of-wight/looked-after-review"
REVIEWS = "Looked-after reviews are held"
AS_AT = date(2026, 11, 20)
Promises = list[list[str]]
Shown = Callable[[Extract], Promises]


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    """Wren, of whom nothing is told yet, and another child whose reviews are."""
    written = Extract(tmp_path / "extract").person("1", forename="Wren", surname="Harbour")
    other = {"clae_cla_id": "C2", "clae_cla_episode_start_date": "2026-02-02"}
    written.person("2", forename="Robin").row("ssd_cla_episodes", "E9", "2", **other)
    return written.row("ssd_cla_reviews", "V9", "2", clar_cla_id="C2",
                       clar_cla_review_date="2026-02-20")  # fmt: skip


@pytest.fixture
def shown(client: Client) -> Shown:
    """Import an extract; return the rows about reviews on Wren's page, as a person reads them.

    Each is what was promised, why, by when (with what stands beside it) and how it stands.
    """

    def imported(extract: Extract) -> Promises:
        import_paths([extract.write()], by=None, now=timezone.now(), as_at=AS_AT)
        client.force_login(factories.user("director"))
        page = shown_page(client.get(f"/children/{Child.objects.get(forename='Wren').ref}/"))
        rows = [list(map(lines_of, row)) for row in page.findall(".//table/tbody/tr")]
        return [row for row in rows if REVIEWS in row[0]]

    return imported


def lines_of(cell: Element) -> str:
    """The lines of a cell, one after another."""
    return " ".join(line for text in cell.itertext() if (line := " ".join(text.split())))


def looked_after(extract: Extract, since: str, *reviews: str) -> Extract:
    """Say since when Wren is looked after, and on which days reviews were held."""
    entered = {"clae_cla_episode_start_date": since, "clae_entered_care_date": since}
    extract.row("ssd_cla_episodes", "E1", "1", **entered)
    extract.row("ssd_legal_status", "L1", "1", lega_legal_status="C2",
                lega_legal_status_start_date=since)  # fmt: skip
    for number, day in enumerate(reviews, 1):
        extract.row("ssd_cla_reviews", f"V{number}", "1", clar_cla_review_date=day)
    return extract


def moved(extract: Extract, first: str, second: str) -> Extract:
    """Say that Wren lived with one family, and from a day with another."""
    kinds = {"clap_cla_id": "C1", "clap_cla_placement_type": "U4"}
    extract.row("ssd_cla_placement", "P1", "1", clap_cla_placement_start_date=first,
                clap_cla_placement_end_date=second, **kinds)  # fmt: skip
    extract.row("ssd_cla_placement", "P2", "1", clap_cla_placement_start_date=second, **kinds)
    return extract


def row_due(rows: Promises, day: str) -> list[str]:
    """The one row whose leading day it is; AssertionError otherwise."""
    (found,) = [row for row in rows if row[2].startswith(day)]
    return found


@pytest.mark.clause("IOW-2.4.27-lac-d", rests_on=POLICY)
def test_the_laws_twenty_working_days_lead_where_they_end_before_four_weeks(
    extract: Extract, shown: Shown
) -> None:
    (review,) = shown(looked_after(extract, "2026-10-24"))
    assert "The law's limit" in review[0]
    assert "Within 20 working days of the day the child became looked after" in review[1]
    assert "(Sat 24 October 2026)" in review[1]
    assert review[2] == "Fri 20 November 2026 Our promise: Sat 21 November 2026"


@pytest.mark.clause("IOW-2.4.27-lac-d", rests_on=POLICY)
def test_four_weeks_lead_where_they_end_before_the_laws_limit(
    extract: Extract, shown: Shown
) -> None:
    (review,) = shown(looked_after(extract, "2026-03-27"))
    assert "Our promise" in review[0]
    assert "IOW-2.4.27-lac-d" in review[0]
    assert "Within 4 weeks of the day the child became looked after" in review[1]
    assert review[2] == "Fri 24 April 2026 The law's limit: Tue 28 April 2026"


@pytest.mark.clause("IOW-2.4.27-lac-d", rests_on=POLICY)
def test_a_later_move_starts_no_new_clock(extract: Extract, shown: Shown) -> None:
    looked_after(extract, "2026-03-27", "2026-04-24")
    rows = shown(moved(extract, "2026-03-27", "2026-05-11"))
    assert Placement.objects.count() == 2
    assert len(rows) == 2
    assert row_due(rows, "Fri 24 July 2026")
    assert row_due(rows, "Fri 24 April 2026")[3].lower() == "kept"


@pytest.mark.clause("IOW-2.4.27-lac-e", rests_on=POLICY)
def test_the_second_is_due_three_months_after_the_first_was_held(
    extract: Extract, shown: Shown
) -> None:
    rows = shown(looked_after(extract, "2026-03-27", "2026-04-24", "2026-07-25"))
    second = row_due(rows, "Fri 24 July 2026")
    assert second[2] == "Fri 24 July 2026 Our promise: the same day"
    assert "Within 3 months of the one before (Fri 24 April 2026)" in second[1]
    assert "Done on Sat 25 July 2026, 1 day later" in second[1]
    assert second[3].lower().startswith("kept late")


@pytest.mark.clause("IOW-2.4.27-lac-f", rests_on=POLICY)
@pytest.mark.parametrize(
    ("since", "held", "due", "why"),
    [
        (
            "2026-05-05",
            ("2026-05-31", "2026-08-31"),
            "Sun 28 February 2027",
            "Within 6 months of the one before (Mon 31 August 2026)",
        ),
        (
            "2026-03-24",
            ("2026-04-20", "2026-07-20"),
            "Wed 20 January 2027",
            "Within 6 months of the one before (Mon 20 July 2026)",
        ),
    ],
)
def test_then_every_six_months_and_month_ends_are_safe(
    extract: Extract, shown: Shown, since: str, held: tuple[str, ...], due: str, why: str
) -> None:
    third = row_due(shown(looked_after(extract, since, *held)), due)
    assert why in third[1]
    assert "Our promise: the same day" in third[2]
