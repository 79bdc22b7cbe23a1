"""Who asks to be left out when groups are compared is, from the next counting; the help stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.equality import tallying
from evenhand.equality.grouping import children
from evenhand.equality.models import GroupTally
from evenhand.equality.queries.left_out import left_out_words
from evenhand.facts.registry import BINDINGS
from evenhand.history.models import Entry
from evenhand.people.actions.objecting import object_to_monitoring, withdraw_objection
from evenhand.people.models import Child, MonitoringObjection
from evenhand.problems import Problem
from evenhand.standards import standing
from evenhand.standards.models import Standing
from tests import factories as make
from tests.equality.crowd import CLOCK, enquiry
from tests.factories import NOW, TODAY
from tests.pages import main_of

pytestmark = [pytest.mark.django_db]


def counted(measure: str) -> int:
    """How many of a measure stand in the counts by sex, judged or not."""
    tallying.refresh(NOW)
    rows = GroupTally.objects.filter(measure=measure, dimension="sex", team=None)
    return sum(row.of + row.unjudged for row in rows)


def objects(child: Child, by: object = None) -> MonitoringObjection:
    who = by or make.user("social_worker")
    found: MonitoringObjection = object_to_monitoring(
        child, by=who, at=NOW, said_by="child", said_on=TODAY
    )
    return found


def test_who_objects_is_in_no_count_by_group_and_keeps_every_promise() -> None:
    """Of the pathway and of the clocks; and withdrawing it counts them again."""
    make.coverage(*BINDINGS, complete_to=TODAY)
    child, _ = enquiry("BAFR", 60), enquiry("BAFR", 60)
    standing.refresh(NOW)
    promised = Standing.objects.filter(child=child).count()
    assert (counted("assessed"), counted(CLOCK)) == (2, 2)

    objects(child)
    assert (counted("assessed"), counted(CLOCK)) == (1, 1)
    assert child.pk not in children().ids
    standing.refresh(NOW)
    assert Standing.objects.filter(child=child).count() == promised

    by = make.user("social_worker")
    withdraw_objection(child, by=by, at=NOW, said_by="child", said_on=TODAY)
    assert (counted("assessed"), counted(CLOCK)) == (2, 2)


def test_an_objection_holds_for_the_record_that_a_child_is_merged_into() -> None:
    kept, other = make.child(), make.child()
    objects(other)
    Child.objects.filter(pk=other.pk).update(merged_into=kept)
    assert kept.pk not in children().ids


def test_it_is_recorded_on_the_page_about_the_child_and_taken_back_there(client: Client) -> None:
    worker = make.worker()
    child = make.child(worker=worker, is_open=True)
    client.force_login(make.user("social_worker", worker=worker))
    page, form = reverse("people:identity", args=[child.ref]), {"said_by": "child"}
    where = reverse("people:objection", args=[child.ref])
    assert where in client.get(page).content.decode()
    assert "left out of our numbers" in main_of(client.get(where))

    day = f"{make.TODAY:%d/%m/%Y}"
    done = client.post(where, {"wish": "leave out", "said_on": day, **form})
    assert done.status_code == 302
    assert "Left out when groups are compared, since" in main_of(client.get(page))
    again = client.post(where, {"wish": "leave out", "said_on": day, **form})
    assert "They are left out already." in main_of(again)

    early = f"{make.TODAY - timedelta(1):%d/%m/%Y}"
    refused = client.post(where, {"wish": "count again", "said_on": early, **form})
    assert "which is later" in main_of(refused)
    client.post(where, {"wish": "count again", "said_on": day, **form})
    assert "They may ask to be left out" in main_of(client.get(page))
    told = Entry.objects.filter(child_id=child.pk, action__startswith="monitoring.")
    assert list(told.order_by("pk").values_list("action", flat=True)) == [
        "monitoring.objected", "monitoring.objection_withdrawn",
    ]  # fmt: skip


def test_a_day_to_come_and_a_wish_that_is_none_are_refused(client: Client) -> None:
    worker = make.worker()
    child = make.child(worker=worker, is_open=True)
    client.force_login(make.user("social_worker", worker=worker))
    where = reverse("people:objection", args=[child.ref])
    for given in ({"wish": "leave out", "said_on": "01/01/2199"}, {"wish": "x", "said_on": ""}):
        assert client.post(where, {"said_by": "child", **given}).status_code == 200
    assert not MonitoringObjection.objects.exists()


def test_how_many_are_left_out_is_said_only_where_they_are_not_few() -> None:
    """Four would be told of; five may be."""
    director, by = make.user("director"), make.user("social_worker")
    for few in range(5):
        assert left_out_words(director, None, TODAY) == "", few
        objects(make.child(), by)
    assert left_out_words(director, None, TODAY).startswith("5 children asked to be left out")
    assert left_out_words(make.user("team_manager", team=make.team()), None, TODAY) == ""


def test_the_page_of_figures_says_how_many_are_left_out(client: Client) -> None:
    make.coverage(*BINDINGS, complete_to=TODAY)
    make.referral(make.child(), TODAY - timedelta(200))
    for _ in range(5):
        objects(make.child())
    tallying.refresh(NOW)
    client.force_login(make.user("director"))
    assert "5 children asked to be left out" in main_of(client.get(reverse("equality:fares")))


def test_nobody_is_counted_again_who_was_not_left_out() -> None:
    with pytest.raises(Problem, match="counted already"):
        withdraw_objection(
            make.child(), by=make.user("social_worker"), at=NOW, said_by="child", said_on=TODAY
        )
