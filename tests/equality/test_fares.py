"""Counting by group, from records: each step of the pathway, and every clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import steps
from evenhand.facts.registry import BINDINGS
from evenhand.people.models import Family, FamilyMember
from evenhand.sources.models import Coverage
from tests import factories as make
from tests.equality.crowd import BLACK, CLOCK, count, enquiry, referred
from tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held")]


def tally(measure: str, group: str, **of: Any) -> tuple[int, int]:
    """Return reached and of what was counted of one group in the year; nothing is (0, 0)."""
    found = GroupTally.objects.filter(
        measure=measure, group=group, period="year", team=None, **of
    ).values_list("reached", "of")
    return tuple(map(sum, zip(*found, strict=True))) if found else (0, 0)  # type: ignore[return-value]


@pytest.fixture
def held() -> None:
    """A source holds every fact until today."""
    make.coverage(*BINDINGS, complete_to=TODAY)


def test_the_steps_of_the_pack_are_bound_to_records() -> None:
    """In order: assessed or not, then an enquiry, a conference, a plan; and looked after."""
    assert [step.id for step in steps()] == [
        "assessed", "refused", "enquiry", "conference", "protection-plan", "looked-after",
    ]  # fmt: skip
    named = {name for step in steps() for name in (step.at, step.next_at)}
    assert named <= set(BINDINGS)


def test_a_referral_counts_as_assessed_within_the_days_of_the_pack() -> None:
    """On the last day it does, the day after it does not; the group is the answer that leads."""
    for days in (0, 45, 46):
        child = referred("WBRI")
        make.assessment(child, TODAY - timedelta(200 - days))
    count()
    assert tally("assessed", "White", dimension="ethnicity") == (2, 3)
    assert tally("assessed", "WBRI", dimension="ethnicity-detail") == (2, 3)
    assert tally("assessed", "not asked", dimension="disability") == (2, 3)


def test_only_those_with_time_enough_are_counted() -> None:
    """A referral of 44 days ago may still be assessed in time: it waits; one of 45 days counts."""
    referred("WBRI", 44)
    referred("BAFR", 45)
    count()
    assert tally("assessed", "White", dimension="ethnicity") == (0, 0)
    assert tally("assessed", BLACK, dimension="ethnicity") == (0, 1)


def test_a_step_counts_only_those_who_reached_the_one_before() -> None:
    """A section 47 enquiry without an assessment is in no count of assessed children."""
    assessed, other = referred("WBRI"), referred("WBRI")
    make.assessment(assessed, TODAY - timedelta(199))
    for child in (assessed, other):
        make.section_47(child, TODAY - timedelta(198))
    count()
    assert tally("enquiry", "White", dimension="ethnicity") == (1, 1)


def test_short_breaks_are_left_out_of_looked_after() -> None:
    """A period wholly of V4 is no becoming looked after; one that went on to section 20 is."""
    ago = TODAY - timedelta(250)
    for statuses in (["V4"], ["V4", "V2"], ["V2"], []):
        child = referred("WBRI", 260)
        make.assessment(child, TODAY - timedelta(255))
        period = make.care_period(child, ago)
        for status in statuses:
            make.legal_status(period, status)
    count()
    assert tally("looked-after", "White", dimension="ethnicity") == (3, 4)


def test_what_no_source_holds_is_no_step_at_all() -> None:
    """Without a source of assessments nobody is said not to be assessed."""
    Coverage.objects.filter(fact="assessment.started").delete()
    make.referral(make.child(), TODAY - timedelta(200))
    count()
    assert not GroupTally.objects.filter(measure="assessed").exists()


def test_the_data_ends_before_today() -> None:
    """What came after the last extract is not known: the year counted ends before it."""
    make.coverage("assessment.started", complete_to=TODAY - timedelta(100))
    referred("WBRI", 120)
    referred("BAFR", 150)
    count()
    assert tally("assessed", "White", dimension="ethnicity") == (0, 0)
    assert tally("assessed", BLACK, dimension="ethnicity") == (0, 1)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2026, 6, 1), "unborn"), (date(2026, 5, 5), "under-1"), (date(2025, 5, 6), "under-1"),
        (date(2025, 5, 5), "from-1"), (date(2010, 5, 5), "from-16"), (date(2008, 5, 6), "from-16"),
        (date(2008, 5, 5), "from-18"), (None, "not known"),
    ],
)  # fmt: skip
def test_age_is_that_of_the_day_of_the_event(born: date | None, band: str) -> None:
    """On the birthday the next band begins."""
    child = make.child(born_on=born)
    make.referral(child, date(2026, 5, 5))
    count()
    assert tally("assessed", band, dimension="age") == (0, 1)


def test_one_born_on_29_february_is_one_older_on_1_march() -> None:
    for day in (date(2026, 2, 28), date(2026, 3, 1)):
        make.referral(make.child(born_on=date(2016, 2, 29)), day)
    count()
    assert tally("assessed", "from-5", dimension="age") == (0, 1)
    assert tally("assessed", "from-10", dimension="age") == (0, 1)


def test_a_clock_by_group_counts_kept_late_and_late() -> None:
    """In time, late, and not held at all, each once; the last still waits."""
    for after in (10, 60, None):
        enquiry("BAFR", after)
    count()
    found = GroupTally.objects.get(
        measure=CLOCK, dimension="ethnicity", group=BLACK, period="year", team=None
    )
    assert (found.of, found.reached, found.waiting, found.unjudged) == (3, 2, 1, 0)


def test_what_is_not_known_is_never_late() -> None:
    """Due after the data ends: beside the count, not in it."""
    make.coverage("section_47.conference_held", complete_to=TODAY - timedelta(110))
    enquiry("BAFR", None)
    count()
    found = GroupTally.objects.get(
        measure=CLOCK, dimension="ethnicity", group=BLACK, period="year", team=None
    )
    assert (found.of, found.reached, found.unjudged) == (0, 0, 1)


def test_brothers_and_sisters_are_one_family() -> None:
    """The sums of squares are of families, not of children."""
    brood = [referred("WBRI") for _ in range(3)]
    referred("WBRI")
    family = Family.objects.create(ref="harbour")
    for child in brood:
        FamilyMember.objects.create(family=family, child=child)
    count()
    found = GroupTally.objects.get(
        measure="assessed", dimension="ethnicity", group="White", period="year", team=None
    )
    assert (found.of, found.of_squared) == (4, 9 + 1)
