"""A closer look at one measure: two ways at once, what age explains, how long each group waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.accounts.models import Team
from evenhand.accounts.references import new_reference
from evenhand.equality import tallying
from evenhand.facts.registry import BINDINGS
from evenhand.people import standings
from evenhand.people.actions import rebuild_lists
from evenhand.people.models import Child, IdentityStatement
from evenhand.standards import standing
from tests import factories as make
from tests.equality.crowd import BLACK, CLOCK, crowd, enquiry
from tests.factories import NOW, TODAY
from tests.pages import links_of, main_of, table_of

pytestmark = pytest.mark.django_db
CLOSER = f"/equality/fares/clocks/{CLOCK}/closer/"
STEP = "/equality/fares/steps/assessed/closer/"
MOST_QUERIES = 20


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The crowd, every second of them a girl, the older ones of one group mostly."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        for database in connections:
            stack.enter_context(transaction.atomic(using=database))
        make.coverage(*BINDINGS, complete_to=TODAY)
        crowd(make.team("Pier", parent=make.team("Harbour")))
        other = make.team("Wharf", parent=make.team("Quill"))
        for code, after in (("OOTH", 60), ("OOTH", None), ("OOTH", 10)):
            Child.objects.filter(pk=enquiry(code, after).pk).update(team=other)
        everyone = list(Child.objects.order_by("pk").values_list("pk", flat=True))
        IdentityStatement.objects.bulk_create(
            IdentityStatement(
                ref=new_reference(), child_id=pk, characteristic="sex", status="answered",
                answer="F" if pk % 2 else "M", said_by="import", recorded_at=NOW,
            )
            for pk in everyone
        )  # fmt: skip
        Child.objects.filter(pk__in=everyone[::3]).update(born_on=date(2021, 3, 1))
        standings.restate([(pk, None) for pk in everyone], ["ethnicity", "sex"])
        standing.refresh(NOW)
        tallying.refresh(NOW)
        rebuild_lists(today=TODAY)
        yield
        for database in connections:
            transaction.set_rollback(True, using=database)


def looked_at(client: Client, role: str, where: str = CLOSER, **given: str) -> Any:
    client.force_login(make.user(role))
    return client.get(where, {"by": "ethnicity", "also": "sex", **given})


@pytest.mark.usefixtures("counted")
def test_two_ways_at_once_add_up_to_what_the_page_of_the_measure_shows(client: Client) -> None:
    page = looked_at(client, "director")
    rows = {row[0]: row[1:] for row in table_of(page, "The share that was not done in time, by e")}
    assert sum(int(cell.split("%")[1].split(" of ")[0]) for cell in rows[BLACK]) == 24
    assert sum(int(cell.split(" of ")[1]) for cell in rows[BLACK]) == 30
    assert "it is most often so for “Black, Black British, Caribbean or African, " in main_of(page)
    assert CLOSER + "?by=ethnicity" in links_of(client.get(f"/equality/fares/clocks/{CLOCK}/"))


@pytest.mark.usefixtures("counted")
def test_who_sees_counts_only_sees_no_small_number(client: Client) -> None:
    """Two ways at once hold nothing but small numbers here, so no table is left of them."""
    page = looked_at(client, "equality_lead")
    assert "Too few are of two groups at once to tell" in main_of(page)
    assert "by ethnic group and sex" not in main_of(page)
    waits = table_of(page, "How long each waits, by ethnic group")
    assert "Other ethnic group" not in [row[0] for row in waits]
    assert "%" not in str(waits)
    assert "The share still waiting" not in main_of(page)
    alone = looked_at(client, "equality_lead", children="without-unaccompanied")
    assert alone.status_code == 200


@pytest.mark.usefixtures("counted")
def test_age_is_allowed_for_and_what_that_says_is_said(client: Client) -> None:
    page = looked_at(client, "director")
    said = main_of(page)
    assert "Does age explain the difference?" in said
    assert (
        "For children of Black ethnic background, after allowing for age, the difference is about "
        "the same: 4." in said
    )
    rows = {row[0]: row[1:] for row in table_of(page, "As it is, and allowing for age, by ethnic")}
    assert rows[BLACK][4] == "About the same: age does not explain it"
    assert "Other ethnic group" not in rows


@pytest.mark.usefixtures("counted")
def test_how_long_each_group_waits_counts_those_who_still_wait(client: Client) -> None:
    page = looked_at(client, "director")
    rows = {row[0]: row[1:] for row in table_of(page, "How long each waits, by ethnic group")}
    assert rows[BLACK][0].startswith("30")
    assert rows[BLACK][1].startswith("60 days")
    assert rows["White"][1].startswith("10 days")
    assert rows[BLACK][2].startswith("80%")
    assert rows[BLACK][3] == "Longer than chance would explain"
    assert rows["Other ethnic group"][0] == "32 of them done"
    assert (
        "Children of Black ethnic background waited longer than everyone else. Half of them "
        "waited 60 days or more." in main_of(page)
    )


@pytest.mark.usefixtures("counted")
def test_completeness_and_why_stand_before_and_under_the_figures(client: Client) -> None:
    said = main_of(looked_at(client, "director"))
    assert said.index("How far we know") < said.index("Is it so for everyone in a group")
    assert "Why we may look at this" in said
    assert "Data Protection Act 2018" in said


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    "given",
    [{}, {"by": "age", "also": "age"}, {"by": "nonsense", "also": "nonsense"},
     {"by": "ethnicity-detail", "also": "ethnicity"}, {"by": "team"}, {"by": "disability"},
     {"children": "without-unaccompanied"}],
)  # fmt: skip
def test_whatever_is_asked_a_page_answers_without_a_number_that_is_none(
    client: Client, given: dict[str, str]
) -> None:
    for role, where in (("director", CLOSER), ("equality_lead", CLOSER), ("director", STEP)):
        said = main_of(looked_at(client, role, where, **given))
        assert "nan" not in said.lower().split()
        assert "inf" not in said.lower().split()


@pytest.mark.usefixtures("counted")
def test_a_service_manager_sees_their_own_service(client: Client) -> None:
    service = Team.objects.get(name="Quill")
    client.force_login(make.user("service_manager", team=service))
    page = client.get(CLOSER, {"by": "ethnicity", "also": "sex"})
    rows = table_of(page, "The share that was not done in time, by e")
    assert [row[0] for row in rows] == ["Other ethnic group"]


@pytest.mark.usefixtures("counted")
def test_teams_are_placed_for_those_who_may_open_their_cases_and_small_ones_not_called(
    client: Client,
) -> None:
    page = looked_at(client, "director")
    rows = {row[0]: row[1:] for row in table_of(page, "The share that was not done in time, team")}
    assert rows["Wharf"][0] == "67%2 of 3"
    assert rows["Wharf"][3] == "Too few to say anything of"
    assert rows["Pier"][3] == "As chance would have it"
    assert "Of 1 team large enough to tell, none lies further" in main_of(page)
    assert "Do teams differ?" not in main_of(looked_at(client, "equality_lead"))


@pytest.mark.usefixtures("counted")
def test_quarters_stand_beside_one_another_and_the_small_ones_are_hidden(client: Client) -> None:
    page = looked_at(client, "director")
    rows = table_of(page, "The share in time, by quarter and ethnic group")
    counted = [cell.split("%")[1] for row in rows for cell in row[1:2] if "%" in cell]
    assert sum(int(each.split(" of ")[1]) for each in counted) == 106
    assert "Is it getting better?" in main_of(page)
    said = main_of(looked_at(client, "equality_lead"))
    assert "1 of 3" not in said


@pytest.mark.usefixtures("counted")
def test_a_figure_leads_to_its_children_for_those_who_may_open_them(client: Client) -> None:
    page = looked_at(client, "director", f"/equality/fares/clocks/{CLOCK}/")
    (listed,) = [where for where in links_of(page) if "cases/?by=ethnicity&group=Black" in where]
    found = client.get(f"{listed}&went=yes")
    assert "24 counted, about 24 children." in main_of(found)
    assert len(table_of(found, "The initial conference is held: the children")) == 24
    service = Team.objects.get(name="Quill")
    client.force_login(make.user("service_manager", team=service))
    assert "Nothing of this" not in main_of(client.get(listed))
    assert "0 counted" in main_of(client.get(listed))
    client.force_login(make.user("equality_lead"))
    assert client.get(listed).status_code == 403
    page = client.get(f"/equality/fares/clocks/{CLOCK}/")
    assert not [where for where in links_of(page) if "/cases/" in where]


@pytest.mark.usefixtures("counted")
def test_a_closer_look_is_for_those_inside_and_is_no_file(client: Client) -> None:
    page = looked_at(client, "director", CLOSER)
    assert "Figures by group leave only as released figures" in main_of(page)
    assert client.get(CLOSER, {"by": "ethnicity", "as": "csv"})["Content-Type"].startswith(
        "text/html"
    )


@pytest.mark.usefixtures("counted")
def test_nothing_counted_yet_is_said(client: Client) -> None:
    said = main_of(looked_at(client, "director", STEP.replace("assessed", "enquiry")))
    assert "Nothing of this can be counted by ethnic group yet." in said


@pytest.mark.usefixtures("counted")
def test_teams_are_drawn_by_size_with_their_table_for_those_who_may_open_the_cases(
    client: Client,
) -> None:
    """A team of three is in the table, and is not drawn."""
    page = looked_at(client, "director", CLOSER).content.decode()
    assert page.count('class="eh-funnel__dot') == 1
    assert "No team lies outside what chance would explain" in page
    assert "Wharf" in page
    assert "eh-funnel" not in looked_at(client, "equality_lead", CLOSER).content.decode()


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("where", [CLOSER, STEP])
def test_a_closer_look_costs_few_queries(client: Client, where: str) -> None:
    looked_at(client, "director", where)
    with CaptureQueriesContext(connection) as made:
        assert client.get(where, {"by": "ethnicity"}).status_code == 200
    assert len(made) <= MOST_QUERIES, len(made)
