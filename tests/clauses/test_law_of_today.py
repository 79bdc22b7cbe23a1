"""The law of today beside the policies: what runs a clock, what does not, and both names."""

from __future__ import annotations

import pytest

from evenhand.accounts.models import Role
from tests.pages import links_of, main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(role=Role.TEAM_MANAGER)


def test_law_without_a_day_in_force_runs_no_clock_and_is_for_a_solicitor(desk: Desk) -> None:
    rows = table_of(desk.get("pages:law"), "What the law asks today")
    act = [row for row in rows if row[0] == "Children's Wellbeing and Schools Act 2026"]
    assert act
    assert all(row[2] == "Not known" and row[3].startswith("No clock runs") for row in act)
    assert all("A solicitor reads this" in row[1] for row in act)


def test_law_in_force_names_its_clock(desk: Desk) -> None:
    rows = table_of(desk.get("pages:law"), "What the law asks today")
    reviews = next(row for row in rows if row[0].endswith("regulation 33"))
    assert reviews[2] == "Since Fri 1 April 2011"
    assert reviews[3].startswith("Looked-after reviews are held")
    first = next(row for row in rows if row[0].endswith("regulation 28(2)(a) and (b)"))
    assert "not again from each new placement" in first[3]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("core assessment", "single assessment"),
        ("ACPC", "local safeguarding children partnership"),
        ("CAF", "early help assessment"),
        ("Connexions", "the careers and participation service"),
        ("SEN transition review", "education health and care plan review from Year 9"),
    ],
)
def test_both_names_of_a_thing_find_the_same(desk: Desk, asked: str, found: str) -> None:
    assert [asked, found] in table_of(desk.get("pages:law"), "Words of the policies, and of today")
    then, now = (links_of(desk.get("pages:clauses", words=words)) for words in (asked, found))
    assert [link for link in then if "/policy/" in link and "words" not in link] == [
        link for link in now if "/policy/" in link and "words" not in link
    ]


def test_words_narrow_the_clauses_by_either_name(desk: Desk) -> None:
    found = main_of(desk.get("pages:clauses", words="early help assessment"))
    assert "CAF" in found or "early help" in found.lower()
    assert "IOW-2.1.4-a" not in main_of(desk.get("pages:clauses", words="Connexions"))
