"""The packs' kinds of task name roles, permissions and clauses that there are."""

from __future__ import annotations

from datetime import date

from evenhand.accounts.roles import roles
from evenhand.equality.dimensions import dimensions
from evenhand.facts.adopted import policy
from evenhand.work.pack import due_day, kinds, opens_on, review_day, reviews

DAY = date(2026, 1, 31)


def test_each_kind_goes_to_a_role_and_is_seen_by_a_permission_that_there_is() -> None:
    """And every value has one in force, so that nothing fails on the day."""
    for kind in kinds().values():
        assert kind.owner in roles().roles, kind.id
        assert not kind.seen_with or kind.seen_with in roles().permissions, kind.id
        assert set(kind.clauses) <= policy().clauses.keys(), kind.id
        assert due_day(kind, DAY) >= DAY >= opens_on(kind, DAY)
        assert review_day(kind, DAY) is None or review_day(kind, DAY) > DAY  # type: ignore[operator]


def test_the_reviews_that_open_by_themselves_name_what_there_is() -> None:
    """Their kind, and ways to tell groups apart that are not within others."""
    found = reviews()
    assert found is not None
    assert found.kind in kinds()
    assert set(found.of) <= {"step", "clock"}
    assert set(found.dimensions) <= {each.id for each in dimensions() if not each.within}
