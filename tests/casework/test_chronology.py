"""A child's chronology: every event in order, with its source, a page at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.accounts.models import Role
from evenhand.casework.queries import chronology
from evenhand.sources.models import SourceReference
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_events_come_newest_first_in_words_with_their_source() -> None:
    child, viewer = make.child(), make.user(Role.DIRECTOR)
    referral = make.referral(child, date(2026, 1, 5), source_code="1A", closed_on=date(2026, 9, 1))
    period = make.care_period(child, date(2026, 3, 1))
    make.looked_after_review(period, date(2026, 3, 20), participation="PN1")
    make.visit(period, date(2026, 3, 2), withdrawn=True)
    SourceReference.objects.create(
        source=make.source(), kind="referral", key="1", target="casework.referral",
        target_id=referral.pk, last_batch_id=1,
    )  # fmt: skip
    told = [(each.day, each.words) for each in chronology(child, viewer)]
    assert told == [
        (date(2026, 9, 1), "Our services under a referral ended"),
        (date(2026, 3, 20), "A looked-after review was held: attends and speaks for self"),
        (date(2026, 3, 2), "Visited in our care"),
        (date(2026, 3, 1), "Came into our care"),
        (date(2026, 1, 5), "Referred to us: individual – family member, relative or carer"),  # noqa: RUF001
    ]
    assert [each.source for each in chronology(child, viewer)][-1] == "ssd"
    assert [each.withdrawn for each in chronology(child, viewer)].count(True) == 1


def test_a_page_takes_few_queries_however_much_happened(
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    child, viewer = make.child(), make.user(Role.DIRECTOR)
    period = make.care_period(child, date(2020, 1, 1))
    for number in range(60):
        make.visit(period, date(2020, 1, 2) + timedelta(number))
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        page = chronology(child, viewer, page=3)
    assert (len(page), page.paginator.count) == (11, 61)


def test_one_kind_of_event() -> None:
    child, viewer = make.child(), make.user(Role.DIRECTOR)
    period = make.care_period(child, date(2026, 1, 1))
    make.visit(period, date(2026, 1, 2))
    assert [each.kind for each in chronology(child, viewer, kind="visit")] == ["visit"]


def test_of_a_child_one_may_not_see_nothing_is_told() -> None:
    child, stranger = make.child(), make.user(Role.TEAM_MANAGER, team=make.team())
    make.referral(child, date(2026, 1, 5))
    assert list(chronology(child, stranger)) == []


def test_what_happened_before_a_merge_is_told_too() -> None:
    kept, viewer = make.child(), make.user(Role.DIRECTOR)
    merged = make.child(merged_into=kept)
    make.referral(merged, date(2026, 1, 5))
    assert len(chronology(kept, viewer)) == 1
