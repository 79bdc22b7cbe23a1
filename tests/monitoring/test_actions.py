"""What is recorded in this room: services, shares, comparators; and what is refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evenhand.monitoring import actions
from evenhand.monitoring.actions.allocating import shares_in
from evenhand.monitoring.actions.benchmarking import values_in
from evenhand.monitoring.models import Benchmark, BenchmarkFile, Provision, Resource
from evenhand.monitoring.queries.allocation import allocation_of
from evenhand.monitoring.queries.benchmarks import ranked
from evenhand.people.models import Child
from evenhand.problems import Problem
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def child() -> Child:
    return make.child(born_on=TODAY - 3000 * DAY, team=make.team())


def record(child: Child, outcome: str = "supplied", starts_on=TODAY) -> Provision:  # type: ignore[no-untyped-def]
    """Record an interpreter of sign language for a child."""
    return actions.record_provision(
        child, by=make.user("director"), at=NOW, service="bsl-interpreter", outcome=outcome,
        starts_on=starts_on,
    )  # fmt: skip


def test_what_takes_its_place_ends_the_day_before(child: Child) -> None:
    waits = record(child, "waiting", TODAY - 9 * DAY)
    record(child)
    waits.refresh_from_db()
    assert waits.ends_on == TODAY - DAY
    record(child, "not there")
    assert Provision.objects.filter(entered_in_error=False).count() == 2


@pytest.mark.parametrize("days", [1, -4000])
def test_a_day_to_come_and_one_before_the_birth_are_refused(child: Child, days: int) -> None:
    with pytest.raises(Problem):
        record(child, starts_on=TODAY + days * DAY)
    assert not Provision.objects.exists()


def test_what_ended_or_was_an_error_is_not_ended_again(child: Child) -> None:
    made, by = record(child, starts_on=TODAY - DAY), make.user("director")
    for ends_on in (TODAY + DAY, TODAY - 2 * DAY):
        with pytest.raises(Problem, match="Check the day"):
            actions.end(made, by=by, at=NOW, ends_on=ends_on)
    actions.end(made, by=by, at=NOW, ends_on=TODAY)
    with pytest.raises(Problem, match="meanwhile"):
        actions.end(made, by=by, at=NOW, ends_on=TODAY)
    actions.take_back(made, by=by, at=NOW, reason="Another child.")
    with pytest.raises(Problem, match="before"):
        actions.take_back(made, by=by, at=NOW, reason="Another child.")


def test_shares_are_of_teams_that_do_not_overlap() -> None:
    service = make.team("Harbour")
    make.team("Quay", parent=service)
    for text, said in (
        ("area,number\nNowhere,3", "no team or service called 'Nowhere'"),
        ("area,number\nQuay,3\nQuay,4", "Give each area once"),
        ("area,number\nHarbour,3\nQuay,4", "one is part of the other"),
        ("area,number\nQuay,0", "No area has any"),
        ("area,number\nQuay,-1", "cannot be below 0"),
    ):
        with pytest.raises(Problem, match=said):
            shares_in(text)
    assert shares_in("area,number\nquay,3")[0].number == Decimal(3)


def test_a_share_of_few_children_is_hidden_from_whoever_may_not_open_them() -> None:
    small, large = make.team("Quay"), make.team("Harbour")
    for team, count in ((small, 3), (large, 20)):
        for _ in range(count):
            make.child(team=team)
    lead = make.user("equality_lead")
    shares = shares_in("area,number\nQuay,5\nHarbour,5")
    made = actions.share_out(
        by=lead, at=NOW, kind="Places", starts_on=TODAY, ends_on=TODAY, told_by="Us", shares=shares
    )
    rows = {row.area: row for row in allocation_of(lead, made).rows}
    assert (rows["Quay"].need, rows["Quay"].gap) == ("<5", None)
    assert rows["Harbour"].need == "[c]"
    seen = {row.area: row for row in allocation_of(make.user("director"), made).rows}
    assert (seen["Quay"].need, round(seen["Quay"].gap or 0)) == ("3", 37)
    with pytest.raises(Problem, match="told already"):
        actions.share_out(
            by=lead, at=NOW, kind="places", starts_on=TODAY, ends_on=TODAY, told_by="Us",
            shares=shares,
        )  # fmt: skip
    assert Resource.objects.count() == 1


@pytest.mark.both_databases
def test_a_value_told_again_is_revised_and_every_file_kept() -> None:
    by = make.user("director")
    for value in (85, 86):
        values = values_in(
            f"indicator,period,authority,value\nreviews-in-time,2025-26,Farshire,{value}"
        )
        actions.import_benchmarks(values, by=by, at=NOW, source="The region", licence="Ours")
    assert Benchmark.objects.get().value == Decimal(86)
    assert BenchmarkFile.objects.count() == 2


def test_a_benchmark_of_one_group_stands_in_no_table_of_all(client: Client) -> None:
    client.force_login(make.user("equality_lead"))
    table = b"indicator,period,authority,value,group\nreviews-in-time,2025-26,Farshire,85,White"
    given = {"source": "The region", "licence": "Ours", "file": SimpleUploadedFile("b.csv", table)}
    assert client.post(reverse("monitoring:bring-in"), given).status_code == 302
    words = main_of(client.get(reverse("monitoring:benchmarks")))
    assert "none is of all children" in words
    assert "not in this table: White" in words
    assert "Ours is not known for this period" in words


def test_a_page_says_what_is_wrong_with_a_table_and_keeps_what_was_typed(client: Client) -> None:
    client.force_login(make.user("equality_lead"))
    given = {"source": "The region", "licence": "Ours", "table": "indicator,period\nx,y"}
    words = main_of(client.post(reverse("monitoring:bring-in"), given))
    assert "The table has no column called 'authority'." in words
    both = {**given, "file": SimpleUploadedFile("b.csv", b"x")}
    assert "one of the two" in main_of(client.post(reverse("monitoring:bring-in"), both))
    assert not BenchmarkFile.objects.exists()


@pytest.mark.parametrize(
    ("own", "others", "higher", "found"),
    [
        (90.0, [85.0, 88.0, 95.0], True, (2, -5.0)),
        (90.0, [85.0, 88.0, 95.0], False, (3, 5.0)),
        (95.0, [95.0], True, (1, 0.0)),
        (90.0, [], True, (None, None)),
        (None, [85.0], True, (None, None)),
    ],
)
def test_rank_and_gap(own, others, higher, found) -> None:  # type: ignore[no-untyped-def]
    assert ranked(own, others, higher_is_better=higher) == found


def test_a_name_is_frozen_once_and_nothing_counted_is_said(client: Client) -> None:
    client.force_login(make.user("equality_lead"))
    words = main_of(client.post(reverse("monitoring:freeze"), {"name": "1 April 2026"}))
    assert "Nothing is counted by group yet." in words


def test_small_needs_are_hidden_from_the_equality_lead(client: Client) -> None:
    by = make.user("director")
    for place in range(8):
        child = make.child(team=make.team("Quay") if not place else None)
        outcome = "supplied" if place < 3 else "not there"
        make.provision(child, by, outcome=outcome)
    client.force_login(make.user("equality_lead"))
    row = table_of(client.get(reverse("monitoring:uses")), "Needs recorded")[0]
    assert row == ["British Sign Language", "8", "[c]", "[c]"]
    page = client.get(reverse("monitoring:gap", args=["sign-language"]))
    assert "Whose need" not in main_of(page)
    assert client.get(reverse("monitoring:gap", args=["no-such-need"])).status_code == 404
