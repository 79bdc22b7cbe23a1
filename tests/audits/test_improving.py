"""What became of audited cases beside others: promises before and after, and the next grade."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from evenhand.accounts.models import Role
from evenhand.audits.queries.improving import improving_for
from evenhand.people.models import Child
from evenhand.standards.models import Standing
from tests import factories as make
from tests.audits.making import audit
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
AUDITED = date(2026, 1, 12)
ROWS = count(1)
KEPT, LATE = Standing.Kind.DONE_IN_TIME, Standing.Kind.DONE_LATE


@pytest.fixture
def qa(clock: Clock) -> Desk:
    clock.at("2026-06-02")
    make.coverage("assessment.authorised", complete_to=date(2026, 6, 1))
    return Desk("Quin Asher", role=Role.QUALITY_ASSURANCE)


def promised(child: Child, days: int, kind: Standing.Kind) -> None:
    """An assessment of a child that fell due so many days after the audit."""
    place = next(ROWS)
    due = AUDITED + timedelta(days)
    Standing.objects.create(
        standard="england/single-assessment", subject="assessment", subject_id=place, cycle=1,
        child=child, due_on=due, done_on=due, kind=kind, pack_digest="", digest=place,
    )  # fmt: skip


def followed(qa: Desk, number: int, before: int, after: int, *, audited: bool) -> None:
    """Children with a promise before and one after, of which so many were kept."""
    for place in range(number):
        child = make.child(team=qa.team)
        if audited:
            audit(qa.user, child, done_on=AUDITED, grade="good", type_="senior")
        promised(child, -20, KEPT if place < before else LATE)
        promised(child, 20, KEPT if place < after else LATE)


def test_audited_cases_stand_beside_others(qa: Desk) -> None:
    """From 4 of 20 to 16 of 20 kept, against 6 of 20 to 8 of 20: 50 points more, with an interval
    and the caution; no team is named."""
    followed(qa, 20, before=4, after=16, audited=True)
    followed(qa, 20, before=6, after=8, audited=False)
    found = improving_for(qa.user, timezone.now())
    assert found.kept == ((4, 20, 16, 20), (6, 20, 8, 20))
    assert round(found.promises.difference, 6) == 0.5
    assert found.promises.low < 0.5 < found.promises.high
    page = qa.words("audits:improving")
    assert "changed by +60 points in audited cases and by +10 points in others" in page
    assert "not that audits did it" in page
    assert qa.team.name not in page


def test_what_falls_outside_the_months_or_is_picked_does_not_count(qa: Desk) -> None:
    child = make.child(team=qa.team)
    audit(qa.user, child, done_on=AUDITED, grade="good", type_="senior")
    for days in (-200, 0, 200):
        promised(child, days, KEPT)
    picked = make.child(team=qa.team)
    audit(qa.user, picked, done_on=AUDITED, grade="good", type_="senior", is_random=False)
    promised(picked, 20, KEPT)
    found = improving_for(qa.user, timezone.now())
    assert found.kept[0] == (0, 0, 0, 0)
    assert found.audited.number == 1
    assert "Too few cases had promises" in qa.words("audits:improving")


def test_of_few_cases_nothing_is_compared(qa: Desk) -> None:
    """Nineteen of a side: how many there are is said, and neither a share nor an interval."""
    followed(qa, 19, before=4, after=16, audited=True)
    followed(qa, 20, before=6, after=8, audited=False)
    page = qa.words("audits:improving")
    assert "19 audited, 20 not audited. Of fewer than 20 on either side nothing" in page
    assert "%" not in page


def test_the_last_audit_of_cases_audited_before_stands_beside_others(qa: Desk) -> None:
    """Twenty audited thrice, of which 15 were good at last; twenty audited once, of which none."""
    for place in range(20):
        child = make.child(team=qa.team)
        again = "good" if place >= 5 else "inadequate"
        for on, grade in ((AUDITED, "inadequate"), (date(2026, 4, 7), "good"),
                          (date(2026, 5, 5), again)):  # fmt: skip
            audit(qa.user, child, done_on=on, grade=grade, type_="senior")
        other = make.child(team=qa.team)
        audit(qa.user, other, done_on=AUDITED, grade="inadequate", type_="senior")
    grades = improving_for(qa.user, timezone.now()).grades
    assert (grades.again, grades.of_again, grades.first, grades.of_first) == (15, 20, 0, 20)
    words = qa.words("audits:improving")
    assert "in 75% of cases audited before, and in 0% of others" in words


def test_it_costs_the_same_however_many(qa: Desk, django_assert_max_num_queries: Any) -> None:
    followed(qa, 6, before=2, after=3, audited=True)
    followed(qa, 6, before=2, after=3, audited=False)
    with django_assert_max_num_queries(25):
        improving_for(qa.user, timezone.now())
