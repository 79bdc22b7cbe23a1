"""Which group a child is in: by what was said, or as it was at the event."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.accounts.references import new_reference
from evenhand.casework.models import ImmigrationStatus
from evenhand.equality import tallying
from evenhand.equality.dimensions import dimension_called, dimensions, headline_dimensions
from evenhand.equality.grouping import group_of
from evenhand.equality.models import GroupTally
from evenhand.equality.queries import Asked
from evenhand.equality.queries.trend import quarters_for
from evenhand.facts.registry import BINDINGS
from evenhand.people import standings
from evenhand.people.models import Address, Child, IdentityStatement, Place
from tests import factories as make
from tests.equality.crowd import BLACK, referred
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db]
DAY = timedelta(1)


@pytest.fixture
def held() -> None:
    """A source holds every fact until today."""
    make.coverage(*BINDINGS, complete_to=TODAY)


def said(child: Child, characteristic: str, answer: str, status: str = "answered") -> None:
    IdentityStatement.objects.create(
        ref=new_reference(), child=child, characteristic=characteristic, status=status,
        answer=answer, said_by="child", recorded_at=NOW,
    )  # fmt: skip


def count(*characteristics: str) -> None:
    """Work out what leads, and count the steps by group; no clock stands."""
    everyone = [(pk, None) for pk in Child.objects.values_list("pk", flat=True)]
    standings.restate(everyone, characteristics or ["ethnicity"])
    tallying.refresh(NOW)


def of(dimension: str, measure: str = "assessed") -> dict[str, tuple[int, int]]:
    """Reached and of what was counted of each group in the year."""
    rows = GroupTally.objects.filter(
        dimension=dimension, measure=measure, team=None, period="year", unaccompanied=False
    )
    return {row.group: (row.reached, row.of) for row in rows}


def test_every_dimension_says_what_it_is_for_and_on_what_it_rests() -> None:
    for dimension in dimensions():
        assert dimension.read in ("standing", "at the event"), dimension.id
        assert dimension.lawful_condition, dimension.id
        assert dimension.used_for, dimension.id
    assert {"team", "care-status"}.isdisjoint(one.id for one in headline_dimensions())


@pytest.mark.parametrize(
    ("dimension", "answer", "group", "parent"),
    [
        ("ethnicity", "CHNE", "Asian or Asian British", None),
        ("first-language", "eng", "english", None),
        ("first-language", "bfi", "sign", None),
        ("first-language", "pol", "another", None),
        ("first-language-detail", "pol", "pol", "another"),
        ("disability", "NONE", "none", None),
        ("disability-detail", "NONE", "NONE", "none"),
        ("disability-detail", "AUT", "AUT", "any"),
        ("disability-detail", "AUT LD", "several", "any"),
        ("disability-detail", "QQQ", "not known", None),
        ("religion", "none", "none", None),
    ],
)
def test_an_answer_gives_a_group(
    dimension: str, answer: str, group: str, parent: str | None
) -> None:
    """An unknown code is not known, and a part belongs to its whole."""
    found = dimension_called(dimension)
    assert found is not None
    assert group_of(found, "answered", answer) == group
    if parent:
        assert found.parent_of(group) == parent


@pytest.mark.usefixtures("held")
def test_declined_asked_and_never_asked_are_three_rows() -> None:
    for status in ("declined", "not known", "awaiting"):
        said(referred(""), "religion", "", status)
    said(referred(""), "religion", "jewish")
    referred("")
    count("religion")
    assert of("religion") == {
        "declined": (0, 1), "not known": (0, 2), "jewish": (0, 1), "not asked": (0, 1),
    }  # fmt: skip


@pytest.mark.usefixtures("held")
def test_help_already_given_is_that_of_the_day_before() -> None:
    """A plan that began by the event itself was not there; one that ended the day before was."""
    day = TODAY - timedelta(200)
    for starts, ends in ((day, None), (day - DAY, None), (day - 9 * DAY, day - DAY),
                         (day - 9 * DAY, day - 2 * DAY)):  # fmt: skip
        make.protection_plan(referred("WBRI"), starts, ended_on=ends)
    make.care_period(referred("WBRI"), day - 30 * DAY)
    short = make.care_period(referred("WBRI"), day - 30 * DAY)
    make.legal_status(short, "V4")
    count()
    assert of("care-status") == {
        "none": (0, 3), "protection-plan": (0, 2), "looked-after": (0, 1),
    }  # fmt: skip


@pytest.mark.usefixtures("held")
def test_before_our_records_begin_no_help_is_not_known() -> None:
    make.coverage("need_plan.started", complete_from=TODAY - timedelta(100))
    referred("WBRI")
    count()
    assert of("care-status") == {"not known": (0, 1)}


@pytest.mark.usefixtures("held")
def test_the_team_is_that_of_the_record() -> None:
    """By its name; two of one name are told apart; without one it is not known."""
    teams = [make.team(name=name) for name in ("Harbour", "Harbour", "Quay")]
    for team in [*teams, None]:
        make.referral(make.child(), TODAY - timedelta(200), team=team)
    count()
    found = of("team")
    assert len(found) == 4
    assert {"Quay", "Harbour", "not known"} < set(found)
    assert all(counts == (0, 1) for counts in found.values())


@pytest.mark.usefixtures("held")
def test_a_day_of_birth_that_cannot_be_right_is_no_age() -> None:
    """Born years after the event, or a hundred years before it: not known, and no crash."""
    for born in (date(2024, 1, 1), date(1900, 1, 1), date(2026, 1, 1)):
        make.referral(make.child(born_on=born), date(2025, 11, 1))
    count()
    assert of("age") == {"not known": (0, 1), "unborn": (0, 1), "from-1": (0, 1)}


@pytest.mark.usefixtures("held")
def test_a_referral_on_which_nothing_was_done_is_counted_by_what_it_says() -> None:
    """Yes and no are judged; what is not on record stands beside."""
    for says in (True, False, None):
        child = referred("BAFR")
        child.referrals.update(no_further_action=says)
    count()
    found = GroupTally.objects.get(
        measure="refused", dimension="ethnicity", group=BLACK, team=None, period="year"
    )
    assert (found.reached, found.of, found.unjudged) == (1, 2, 1)


@pytest.mark.usefixtures("held")
def test_what_is_in_the_future_or_before_its_cause_is_counted_nowhere() -> None:
    """A referral of tomorrow is not counted yet; an assessment of the day before follows none."""
    referred("WBRI", -1)
    early = referred("BAFR")
    make.assessment(early, TODAY - timedelta(201))
    count()
    assert of("ethnicity") == {BLACK: (0, 1)}


@pytest.mark.usefixtures("held")
def test_a_measure_by_quarter_is_as_many_as_in_the_year() -> None:
    """Within reach only, and what is of four quarters adds up."""
    for days in (60, 100, 200, 300, 400, 700):
        child = referred("WBRI", days)
        if days != 100:
            make.assessment(child, TODAY - timedelta(days - 1))
    count()
    dimension = dimension_called("ethnicity")
    assert dimension is not None
    found = quarters_for(make.user("director"), "assessed", Asked(dimension))
    assert found.is_exact
    assert sum(counts["White"].of for _, counts in found.found) == 6
    assert sum(counts["White"].reached for _, counts in found.found) == 5
    spans = [span for span, _ in found.found]
    assert spans == sorted(spans)
    nobody: Any = quarters_for(make.user("social_worker"), "assessed", Asked(dimension))
    assert nobody.found == []


@pytest.mark.usefixtures("held")
def test_the_home_is_that_of_the_day() -> None:
    """A move counts from its day; a home that is not known hides the one before it."""
    day = TODAY - timedelta(200)
    Place.objects.bulk_create(
        [Place(postcode="IH15YT", decile=1, rural="rural", locality="Northport"),
         Place(postcode="IH15YU", decile=10, rural="urban")]
    )  # fmt: skip
    moved, early, unknown, withdrawn, ended = (referred("WBRI") for _ in range(5))
    for child, postcode, starts, fields in (
        (moved, "IH15YT", day - 99 * DAY, {"ends_on": day}), (moved, "IH15YU", day, {}),
        (early, "IH15YT", None, {}), (early, "IH15YU", day + DAY, {}),
        (unknown, "IH15YT", None, {}), (unknown, "", day, {}),
        (withdrawn, "IH15YT", None, {"withdrawn": True}),
        (ended, "IH15YT", None, {"ends_on": day - DAY}),
    ):  # fmt: skip
        Address.objects.create(child=child, postcode=postcode, starts_on=starts, **fields)
    count()
    assert of("deprivation") == {"1": (0, 1), "10": (0, 1), "not known": (0, 3)}
    assert of("rurality") == {"rural": (0, 1), "urban": (0, 1), "not known": (0, 3)}
    assert of("locality") == {"Northport": (0, 1), "not known": (0, 4)}


@pytest.mark.usefixtures("held")
def test_an_immigration_status_is_that_of_the_day_in_the_case_systems_words() -> None:
    """Words that nobody listed are "another"; none on record is not "no", nor a citizen."""
    day = TODAY - timedelta(200)
    for words, starts, ends in (
        ("unaccompanied asylum seeking child ", day - 90 * DAY, day - DAY),
        ("Refugee Status", day - 90 * DAY, None),
        ("Adult Asylum Seeker", day, None),
        ("UASC", None, day),
        ("Leave outside the rules", day - DAY, None),
        ("Refugee Status", day + DAY, None),
        ("", day - DAY, None),
    ):
        ImmigrationStatus.objects.create(
            child=referred("WBRI"), status=words, started_on=starts, ended_on=ends
        )
    count()
    assert of("immigration-status") == {
        "refugee": (0, 1), "adult": (0, 1), "alone": (0, 1), "another": (0, 1), "none": (0, 3),
    }  # fmt: skip


def test_where_no_source_tells_of_statuses_none_is_not_known() -> None:
    make.coverage(*(name for name in BINDINGS if name != "child.unaccompanied"), complete_to=TODAY)
    referred("WBRI")
    count()
    assert of("immigration-status") == {"not known": (0, 1)}
