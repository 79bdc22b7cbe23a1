"""The staff inclusion survey: answers of nobody, small groups suppressed, a gap acted on."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role
from evenhand.design.wording import day
from evenhand.feedback.models import Survey, SurveyAnswer
from evenhand.history.models import Entry
from tests import factories as make
from tests.pages import main_of, signed_in, table_of

pytestmark = pytest.mark.django_db
Said = tuple[str, int, int]
"""A group, how many of it agree that they belong, and how many disagree."""


def surveyed(lead: Client, by: str, *said: Said) -> str:
    """Open a survey on its page, let each answer with a link of their own, and close it."""
    people = sum(agree + disagree for _, agree, disagree in said)
    given = {"title": "Inclusion, autumn", "invited": str(people)}
    page = lead.post(reverse("feedback:new-survey"), given, follow=True).content.decode()
    links = iter(re.findall(r"/feedback/answer/[\w-]+/", page))
    for group, agree, disagree in said:
        for reply in ["agree"] * agree + ["disagree"] * disagree:
            link, staff = next(links), Client()
            assert "Nobody can tell that these answers are yours" in main_of(staff.get(link))
            sent = {"said-belong": reply, f"group-{by}": group}
            assert staff.post(link, sent).status_code == 200
            assert staff.post(link, sent).status_code == 410
    where = reverse("feedback:survey", args=[Survey.objects.get().ref])
    assert "Results are shown once it is closed" in main_of(lead.get(where))
    assert lead.post(where).status_code == 302
    return where


@pytest.mark.clause("NOR-att-e", rests_on="feedback/survey-gap")
def test_four_are_suppressed_and_a_gap_of_fifteen_points_opens_an_action() -> None:
    lead = signed_in(make.user(Role.EQUALITY_LEAD))
    where = surveyed(
        lead, "ethnicity", ("white", 16, 2), ("black", 15, 5), ("asian", 16, 2), ("mixed", 4, 0)
    )

    shown = {row[0]: row[1] for row in table_of(lead.get(where), "By ethnic group")}
    assert shown["Mixed or multiple ethnic groups"] == "suppressed"
    black = shown["Black, Black British, Caribbean or African"]
    assert black == "75%15 of 20; 15 points below everybody else"
    tasks = main_of(lead.get(reverse("work:tasks")))
    assert tasks.count("agree less that “I belong here”") == 1
    assert "Caribbean or African (ethnic group) agree less" in tasks
    # Nothing of who answered, or when, is anywhere.
    held = {field.name for field in SurveyAnswer._meta.concrete_fields}
    assert held == {"id", "survey", "groups", "said"}
    told = {"survey.opened", "survey.closed", "task.opened"}
    assert set(Entry.objects.values_list("action", flat=True)) == told


@pytest.mark.clause("STR-frame-c", rests_on="thresholds/smallest-survey")
def test_a_staff_group_of_eight_is_suppressed_and_others_show_value_period_and_number() -> None:
    lead = signed_in(make.user(Role.EQUALITY_LEAD))
    where = surveyed(lead, "ethnicity", ("white", 16, 4), ("black", 8, 0), ("asian", 12, 0))

    page = lead.get(where)
    shown = {row[0]: row[1] for row in table_of(page, "By ethnic group")}
    assert shown["Black, Black British, Caribbean or African"] == "suppressed"
    # One group alone would be told by the whole: the next smallest goes with it.
    assert shown["Asian or Asian British"] == "suppressed"
    assert shown["White"].startswith("80%16 of 20")
    assert day(timezone.localdate()) in main_of(page)
    assert "40 of 40 answered" in main_of(page)
