"""The first core group of all says from when core groups are known: for every child."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from evenhand.accounts.models import Role
from evenhand.casework.actions import enter_in_error, record
from evenhand.sources.models import SourceReference
from evenhand.standards import standing
from evenhand.standards.models import Standing, StandingTally
from tests import factories as make

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def _kept() -> tuple[list[Any], list[Any]]:
    rows = Standing.objects.filter(subject="protection_plan")
    tallies = StandingTally.objects.all()
    return (
        sorted(rows.values_list("standard", "subject_id", "cycle", "kind", "not_recorded")),
        sorted(tallies.values_list("standard", "month", "late", "not_recorded")),
    )


@pytest.mark.django_db
def test_the_first_of_all_is_worked_out_for_everybody() -> None:
    """What is kept is what a rebuild gives, after it is recorded and after it is taken back."""
    by = make.user(Role.SOCIAL_WORKER)
    first, _other = (make.protection_plan(make.child(), date(2026, 4, day)) for day in (1, 2))
    standing.refresh(NOW)
    empty = _kept()
    record(first.child, kind="core_group", held_on=date(2026, 4, 10), by=by, at=NOW)
    told = _kept()
    assert told != empty
    standing.refresh(NOW)
    assert told == _kept()
    enter_in_error(SourceReference.objects.get(), by=by, at=NOW, reason="Another child's.")
    assert _kept() == empty
