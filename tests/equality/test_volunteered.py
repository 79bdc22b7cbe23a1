"""What children chose to tell is counted where they said so and are many; else nothing is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.test import Client

from evenhand.equality.models import GroupTally
from evenhand.equality.volunteered import REST, Chosen, Limits, Part, parts
from evenhand.facts.registry import BINDINGS
from evenhand.people.actions import answer
from evenhand.people.models import Child
from evenhand.people.queries.volunteered import agreed_answers
from tests import factories as make
from tests.equality.crowd import count, referred
from tests.factories import NOW, TODAY
from tests.pages import main_of, table_of

PAGE = "/equality/fares/volunteered/"
EARLIER = NOW - timedelta(90)  # before this quarter began
FIGURES = "worker figures"
GENDER = Chosen("gender_identity", "Gender identity", "The child's wish", "Fairness",
                {"girl": "Girl", "boy": "Boy"})  # fmt: skip
FIVE = Limits(least=5, base=5)


def shown(girls: tuple[int, int], everybody: tuple[int, int]) -> list[Part]:
    """Some girls and how many of them went on, of all who were counted and all who went on."""
    of, reached = girls
    others = everybody[1] - reached
    counted, went_on = np.arange(everybody[0]), np.r_[:reached, of : of + others]
    return parts(GENDER, dict.fromkeys(range(of), "girl"), counted, went_on, FIVE)


@pytest.mark.parametrize(
    ("girls", "everybody", "is_shown"),
    [
        ((10, 5), (40, 20), True),
        ((4, 0), (40, 20), False),  # too few
        ((10, 4), (40, 20), False),  # too few went on
        ((10, 6), (40, 20), False),  # too few did not
        ((10, 0), (40, 20), True),  # none went on
        ((10, 5), (14, 5), False),  # too few others
        ((10, 5), (40, 9), False),  # too few others went on
        ((10, 5), (40, 5), False),  # all who went on would be known to be girls
        ((10, 5), (10, 5), False),  # all who were counted would be
        ((10, 0), (40, 0), True),  # nobody went on at all
    ],
)
def test_a_group_is_shown_with_enough_on_every_side(
    girls: tuple[int, int], everybody: tuple[int, int], is_shown: bool
) -> None:
    assert bool(shown(girls, everybody)) is is_shown


def test_what_is_shown_is_rounded_and_small_groups_are_among_the_rest() -> None:
    answers = dict.fromkeys(range(12), "girl") | dict.fromkeys(range(12, 15), "boy")
    found = parts(GENDER, answers, np.arange(43), np.r_[:6, 20:33], FIVE)
    assert found == [Part("Girl", 10, 5), Part(REST, 30, 15)]


def tells(child: Child, by: Any, said: str, may_see: str, at: datetime = EARLIER) -> None:
    answer(
        child, by=by, at=at, characteristic="gender_identity", status="answered", answer=said,
        said_by="child", asked_on=at.date(), how="", may_see=may_see,
    )  # fmt: skip


@pytest.fixture
def worker(db: None) -> Iterator[Any]:
    make.coverage(*BINDINGS, complete_to=TODAY)
    return make.user("social_worker")


def test_only_the_last_wish_counts_and_only_from_the_next_quarter(worker: Any) -> None:
    agreed, silent, took_back, lately, twin = (referred("") for _ in range(5))
    tells(agreed, worker, "girl", "figures")
    tells(silent, worker, "girl", "worker manager")
    tells(took_back, worker, "boy", FIGURES)
    tells(took_back, worker, "boy", "worker", at=NOW)
    tells(lately, worker, "girl", FIGURES, at=NOW)
    tells(twin, worker, "non-binary", FIGURES)
    Child.objects.filter(pk=twin.pk).update(merged_into=silent)
    first = date(2026, 10, 1)
    assert agreed_answers("gender_identity", first) == {agreed.pk: "girl", silent.pk: "non-binary"}


def test_the_page_shows_those_who_agreed_and_too_few_as_too_few(
    worker: Any, client: Client
) -> None:
    for place in range(66):
        child = referred("")
        if place < 20:
            tells(child, worker, "non-binary", FIGURES)
            make.assessment(child, TODAY - timedelta(190))
        elif place < 44:
            tells(child, worker, "girl", "worker" if place < 40 else FIGURES)
            make.assessment(child, TODAY - timedelta(190))
    count()
    client.force_login(make.user("equality_lead"))
    page = client.get(PAGE)
    assert list(table_of(page, "The pathway by gender identity"))[:2] == [
        ["From a referral to an assessment", "Non-binary", "20", "20", "100%"],
        ["From a referral to an assessment", REST, "45", "25", "56%"],
    ]
    assert main_of(page).count("Too few children have said that it may be counted") == 1
    assert "Non-binary" not in client.get("/equality/fares/").content.decode()
    assert not GroupTally.objects.filter(dimension__contains="gender").exists()


def test_of_one_service_nothing_is_counted(worker: Any, client: Client) -> None:
    client.force_login(make.user("service_manager", team=make.team()))
    count()
    assert "for the whole authority alone" in main_of(client.get(PAGE))
