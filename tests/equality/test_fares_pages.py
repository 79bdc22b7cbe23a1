"""Who fares worse, as pages and released files show it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.accounts.models import Team
from evenhand.equality import tallying
from evenhand.equality.models import GroupTally
from evenhand.facts.registry import BINDINGS
from evenhand.monitoring import counting
from evenhand.monitoring.actions.allocating import Share, share_out
from evenhand.people.actions import rebuild_lists
from evenhand.people.models import Child
from evenhand.standards import standing
from tests import factories as make
from tests.clock import Clock
from tests.equality.crowd import BLACK, CLOCK, count, crowd, enquiry
from tests.factories import NOW, TODAY
from tests.pages import links_of, main_of, table_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20
SERVICE, OTHER = "Harbour", "Quill"


@pytest.fixture(autouse=True)
def on_the_day(clock: Clock) -> None:
    """What lies on record is looked at on the day it was worked out for."""
    clock.at(f"{make.TODAY}")


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A crowd in one service, and a few in another, counted once for the module."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        for database in connections:
            stack.enter_context(transaction.atomic(using=database))
        make.coverage(*BINDINGS, complete_to=TODAY)
        crowd(make.team("Pier", parent=make.team(SERVICE)))
        other = make.team("Wharf", parent=make.team(OTHER))
        for code, after in (("WROM", 60), ("OOTH", 60), ("OOTH", 10)):
            Child.objects.filter(pk=enquiry(code, after).pk).update(team=other)
        count()
        rebuild_lists(today=TODAY)
        yield
        for database in connections:
            transaction.set_rollback(True, using=database)


def pages_as(client: Client, role: str) -> Client:
    client.force_login(make.user(role))
    return client


@pytest.mark.usefixtures("counted")
def test_the_page_says_who_waits_longer_with_number_interval_and_strength(client: Client) -> None:
    """And names no group that does not."""
    said = main_of(pages_as(client, "director").get(reverse("equality:clocks")))
    assert "Children of Black ethnic background waited longer." in said
    assert "was not in time for 80% (24 of 30), against 20% for everyone else." in said
    assert "That is 4.1 times as often (likely between" in said
    assert "more than chance would explain, after allowing for" in said
    assert "White ethnic background waited longer" not in said


@pytest.mark.usefixtures("counted")
def test_completeness_comes_first(client: Client) -> None:
    said = main_of(pages_as(client, "director").get(reverse("equality:fares")))
    assert said.index("How far we know") < said.index("What we found")
    assert "106 of 106 children who are open to us now: known" in said


@pytest.mark.usefixtures("counted")
def test_no_headline_where_too_few_are_known(client: Client) -> None:
    """It says why, and leads to who has not been asked."""
    for _ in range(60):
        enquiry("", 10)
    count()
    page = pages_as(client, "director").get(f"/equality/fares/clocks/{CLOCK}/")
    assert "We draw no conclusion. The ethnic group is known for 64%" in main_of(page)
    assert "waited longer" not in main_of(page)
    page = client.get(reverse("equality:clocks"))
    assert "/children/identity/completeness/?item=ethnicity&person=child" in links_of(page)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("role", "sees"), [("director", True), ("quality_assurance", True), ("equality_lead", False)]
)
def test_small_numbers_are_for_those_entitled_to_the_cases(
    client: Client, role: str, sees: bool
) -> None:
    rows = table_of(
        pages_as(client, role).get(f"/equality/fares/clocks/{CLOCK}/"),
        "The initial conference is held: by ethnic group",
    )
    other = next(row for row in rows if row[0] == "Other ethnic group")
    assert (other[1] == "50%1 of 2") is sees
    assert ("Hidden" in other[1]) is not sees


@pytest.mark.usefixtures("counted")
def test_a_standard_shows_kept_kept_late_and_late_by_group(client: Client) -> None:
    """What is not known stands in a column of its own."""
    enquiry("BAFR", None)
    count()
    page = pages_as(client, "director").get(f"/equality/fares/clocks/{CLOCK}/")
    rows = {row[0]: row[1:] for row in table_of(page, "How it stands, by ethnic group")}
    assert rows[BLACK] == ["6", "24", "1", "0"]


@pytest.mark.usefixtures("counted")
def test_only_those_who_may_see_them_are_led_to_the_children(client: Client) -> None:
    where = f"/equality/fares/clocks/{CLOCK}/"
    listed = f"/standards/{CLOCK}/children/"
    assert listed in links_of(pages_as(client, "director").get(where))
    assert listed not in links_of(pages_as(client, "equality_lead").get(where))


@pytest.mark.usefixtures("counted")
def test_a_service_manager_sees_their_service_and_no_more(client: Client) -> None:
    """Of two services each with its own children, one is counted."""
    service = Team.objects.get(name=SERVICE)
    client.force_login(make.user("service_manager", team=service))
    said = main_of(client.get(f"/equality/fares/clocks/{CLOCK}/"))
    assert "37 of 103" in said
    assert "39 of 106" not in said
    other = Team.objects.get(name=OTHER)
    said = main_of(client.get(f"/equality/fares/clocks/{CLOCK}/?service={other.ref}"))
    assert "37 of 103" in said


@pytest.mark.usefixtures("counted")
def test_nobody_who_sees_counts_only_can_take_a_service_from_the_whole(client: Client) -> None:
    """The equality lead is offered no service, and naming one changes nothing."""
    where, service = f"/equality/fares/clocks/{CLOCK}/", Team.objects.get(name=OTHER)
    page = pages_as(client, "equality_lead").get(f"{where}?service={service.ref}")
    assert "39 of 106" in main_of(page)
    assert OTHER not in main_of(page)
    released = main_of(client.get(f"{where}release/?service={service.ref}&by=ethnicity"))
    assert "All together 40 105" in released


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("role", ["director", "equality_lead"])
@pytest.mark.parametrize(
    "where",
    ["/equality/fares/", "/equality/fares/clocks/", f"/equality/fares/clocks/{CLOCK}/",
     "/equality/fares/steps/assessed/", "/equality/fares/steps/looked-after/",
     "/equality/fares/steps/assessed/closer/", "/equality/fares/steps/looked-after/closer/",
     f"/equality/fares/clocks/{CLOCK}/closer/", "/monitoring/", "/"],
)  # fmt: skip
def test_a_page_costs_few_queries(client: Client, role: str, where: str) -> None:
    pages_as(client, role).get(where)
    with CaptureQueriesContext(connection) as made:
        assert client.get(where).status_code == 200
    assert len(made) <= MOST_QUERIES, len(made)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("where", [f"/equality/fares/clocks/{CLOCK}/closer/", "/monitoring/"])
def test_a_page_costs_no_more_with_more_teams_and_places(client: Client, where: str) -> None:
    """Ten teams more, each with a child counted late, and places shared out between them."""
    lead, service = make.user("director"), Team.objects.get(name=SERVICE)
    teams = [make.team(f"Pier {number}", parent=service) for number in range(10)]
    for team in teams:
        Child.objects.filter(pk=enquiry("BAFR", 60).pk).update(team=team)
    for kind in ("Foster homes", "Nursery places"):
        shares = [Share(team, Decimal(5)) for team in teams]
        days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(90)}
        share_out(by=lead, at=NOW, kind=kind, told_by="A made-up list", shares=shares, **days)
    count()
    counting.refresh(NOW)
    client.force_login(lead)
    client.get(where)
    with CaptureQueriesContext(connection) as made:
        said = main_of(client.get(where))
    assert "Pier 9" in said
    assert len(made) <= MOST_QUERIES, len(made)


@pytest.mark.usefixtures("counted")
def test_the_equality_leads_first_page_leads_with_what_was_found(client: Client) -> None:
    said = main_of(pages_as(client, "equality_lead").get("/"))
    assert "difference between groups, more than chance would explain" in said
    assert "Children of Black ethnic background waited longer." in said
    for part in ("Were children asked who they are?", "Campaigns to ask", "Fairness concerns",
                 "What changed since last month"):  # fmt: skip
        assert part in said


@pytest.mark.usefixtures("counted")
def test_counts_are_made_anew_only_when_standings_were() -> None:
    assert not tallying.refresh_if_stale()
    tomorrow = NOW + timedelta(1)
    assert standing.refresh_if_stale(tomorrow)
    assert tallying.refresh_if_stale()
    assert set(GroupTally.objects.values_list("as_at", flat=True)) == {tomorrow.date()}


def test_published_figures_say_whose_they_are_and_flag_nothing(client: Client) -> None:
    said = main_of(pages_as(client, "equality_lead").get(reverse("equality:fares")))
    assert "Children looked after at 31 March, by ethnic group" in said
    assert "Open Government Licence" in said
    assert "Source: Department for Education" in said
    assert "nothing is concluded from them here" in said
