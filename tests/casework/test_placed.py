"""Where a child is placed now, as conditions read it: kind, area, and moves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evenhand.casework import placed
from evenhand.casework.models import CarePeriod, Placement
from evenhand.facts.reading import case
from evenhand.people.models import Child
from tests import factories as make

NAMES = (
    "child.placement_kind", "child.placement_provider", "child.placement_is_local",
    "child.placement_moves",
)  # fmt: skip


def read(child: Child) -> list[Any]:
    """The facts of a child's placement, in the order of their names here."""
    found = case("child", child.pk, NAMES)
    return [found[name] for name in NAMES]


def place(period: CarePeriod, starts: str, ends: str | None, postcode: str, kind: str) -> None:
    Placement.objects.create(
        child=period.child, care_period=period, started_on=date.fromisoformat(starts),
        ended_on=date.fromisoformat(ends) if ends else None, kind=kind, provider="PR4",
        postcode=postcode,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.both_databases
def test_the_placement_now_says_its_kind_its_area_and_how_many_came_before() -> None:
    child = make.child(born_on=date(2014, 1, 1))
    assert read(child) == [None, None, None, None]
    period = make.care_period(child, date(2024, 1, 1))
    place(period, "2024-01-01", "2024-05-01", "IH1 7QA", "U4")
    place(period, "2024-05-01", "2024-05-09", "IH1 7QA", "T0")
    place(period, "2024-05-09", None, "ih2 1ud", "K2")
    assert read(child) == ["K2", "PR4", True, 1]
    Placement.objects.filter(ended_on=None).update(ended_on=date(2024, 7, 1))
    place(period, "2024-07-01", None, "QX13AB", "U6")
    assert read(child) == ["U6", "PR4", False, 2]
    Placement.objects.filter(ended_on=None).update(postcode="")
    assert read(child) == ["U6", "PR4", None, 2]


@pytest.mark.django_db
def test_moves_of_a_time_in_care_that_is_over_are_not_counted() -> None:
    child = make.child(born_on=date(2014, 1, 1))
    before = make.care_period(child, date(2020, 1, 1), ended_on=date(2021, 1, 1))
    place(before, "2020-01-01", "2020-06-01", "IH1 7QA", "U4")
    place(before, "2020-06-01", "2021-01-01", "IH1 7QA", "U4")
    place(make.care_period(child, date(2024, 1, 1)), "2024-01-01", None, "IH1 7QA", "U4")
    assert read(child)[3] == 0


@pytest.mark.django_db
def test_which_stays_are_no_move_is_the_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packs' list a week with somebody else is a move like any other."""
    period = make.care_period(make.child(born_on=date(2014, 1, 1)), date(2024, 1, 1))
    place(period, "2024-01-01", "2024-05-01", "IH1 7QA", "U4")
    place(period, "2024-05-01", "2024-05-09", "IH1 7QA", "T3")
    place(period, "2024-05-09", None, "IH1 7QA", "U4")
    assert read(period.child)[3] == 1
    monkeypatch.setattr(placed, "temporary", lambda: ())
    assert read(period.child)[3] == 2
