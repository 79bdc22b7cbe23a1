"""Identity: differences, completeness, unaccompanied children, and asking what is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User, Worker
from evenhand.casework.models import ImmigrationStatus
from evenhand.people.actions import answer, rebuild_lists
from evenhand.people.models import Adult, Child
from tests import factories
from tests.pages import labels_of, links_of, main_of, table_of

pytestmark = pytest.mark.django_db
ANSWERS = {
    "ethnicity": "BAFR", "religion": "muslim", "first_language": "tir", "interpreter": "yes",
    "communication": "none", "disability": "NONE", "sex": "F", "nationality": "ERI",
    "age_assessment": "accepted", "tracing": "wanted",
}  # fmt: skip


@pytest.fixture
def worker() -> Worker:
    return factories.worker("Wren Pebble", team=factories.team("Quay Team"))


@pytest.fixture
def social_worker(worker: Worker) -> User:
    return factories.user("social_worker", worker=worker)


@pytest.fixture
def child(worker: Worker) -> Child:
    return factories.child(born_on=date(2012, 3, 1), team=worker.team, worker=worker)


@pytest.fixture
def pages(client: Client, social_worker: User) -> Client:
    """A client signed in as the child's social worker."""
    client.force_login(social_worker)
    return client


def say(pages: Client, child: Child, name: str, adult: Adult | None = None, **given: Any) -> None:
    """Record an answer on the page that asks for it."""
    today = timezone.localdate()
    usual = {"said_by": "child", "asked_on": f"{today:%d/%m/%Y}", "how": "Face to face"}
    route, args = "people:ask", [child.ref, name]
    if adult is not None:
        route, args = "people:ask-adult", [child.ref, adult.ref, name]
    response = pages.post(reverse(route, args=args), {**usual, **given})
    assert response.status_code == 302, response.content.decode()


@pytest.mark.clause("NOR-known-d", rests_on="ask-set/ethnicity")
def test_a_child_whose_records_differ_is_listed_until_that_is_resolved(
    pages: Client, child: Child
) -> None:
    conflicts = reverse("people:conflicts")
    referral = {"said_by": "worker", "how": "Read in the referral"}
    assessment = {"said_by": "worker", "how": "Read in the assessment"}
    say(pages, child, "ethnicity", answer="WBRI", **referral)
    say(pages, child, "ethnicity", answer="WOTH", own_words="Polish", **assessment)

    row = table_of(pages.get(conflicts), "Where what we hold differs")[0]
    assert child.surname in row[0]
    assert "White British" in row[2]
    assert "Polish" in row[2]
    assert row[3] == "Wren Pebble"

    say(pages, child, "ethnicity", answer="WOTH", own_words="Polish", **referral)
    assert "No two sources differ" in main_of(pages.get(conflicts))


@pytest.mark.clause("NOR-ofsted-a", rests_on="ask-set/communication")
def test_a_parent_of_whom_it_was_not_asked_shows_as_missing_and_none_is_an_answer(
    pages: Client, child: Child
) -> None:
    mother = factories.parent(child, "Marina")
    rebuild_lists(today=timezone.localdate())
    for name in ("ethnicity", "first_language", "interpreter"):
        code = {"ethnicity": "WBRI", "first_language": "eng", "interpreter": "no"}[name]
        say(pages, child, name, adult=mother, answer=code, said_by="adult")

    def of_parents() -> dict[str, list[str]]:
        page = pages.get(reverse("people:completeness"))
        return {row[0]: row[1:5] for row in table_of(page, "Parents and carers")}

    assert of_parents()["Communication need"] == ["1", "0%", "0%", "1"]
    family = main_of(pages.get(reverse("people:identity", args=[child.ref])))
    assert "3 of 4 known (75%) Not known yet: Communication need." in family

    say(pages, child, "communication", adult=mother, answer="none", said_by="adult")
    assert of_parents()["Communication need"] == ["1", "100%", "100%", "0"]


@pytest.mark.clause("NOR-ofsted-d", rests_on="ask-set/interpreter")
def test_an_unaccompanied_child_is_not_complete_without_interpreter_and_their_own_items(
    pages: Client, child: Child
) -> None:
    ImmigrationStatus.objects.create(
        child=child, status="Unaccompanied Asylum Seeking Child", started_on=date(2026, 9, 1)
    )
    profile = reverse("people:identity", args=[child.ref])
    for name, code in ANSWERS.items():
        if name != "interpreter":
            say(pages, child, name, answer=code)
    found = main_of(pages.get(profile))
    assert "9 of 10 known (90%) Not known yet: Interpreter." in found
    for label in ("First language", "Religion or belief", "Age assessment", "Family tracing"):
        assert label in found

    ImmigrationStatus.objects.all().delete()
    found = main_of(pages.get(profile))
    assert "6 of 7 known (86%) Not known yet: Interpreter." in found
    assert "Family tracing" not in found


@pytest.mark.clause("NOR-did-e", rests_on="ask-set/first_language")
def test_a_campaign_shows_what_was_filled_and_lists_the_rest(
    client: Client, worker: Worker
) -> None:
    manager = factories.user("team_manager", team=worker.team)
    children = [
        factories.child(born_on=date(2012, 3, 1), team=worker.team, worker=worker)
        for _ in range(61)
    ]
    refused = children.pop()
    tell = {"by": manager, "at": timezone.now(), "said_by": "child"}
    today = timezone.localdate()
    answer(refused, characteristic="first_language", status="declined", asked_on=today, **tell)
    rebuild_lists(today=today)
    client.force_login(manager)
    form = client.get(reverse("people:start-campaign"))
    offered = labels_of(form, "characteristics")
    assert "First language" in offered
    assert not {"Gender identity", "Sexual orientation"} & set(offered)

    started = client.post(
        reverse("people:start-campaign"),
        {
            "title": "First language before Christmas", "characteristics": ["first_language"],
            "team": worker.team.ref, "target_on": f"{today + timedelta(days=30):%d/%m/%Y}",
        },
    )  # fmt: skip
    for each in children[:45]:
        answer(
            each, characteristic="first_language", status="answered", answer="pol", asked_on=today,
            **tell,
        )  # fmt: skip

    page = client.get(started["Location"])
    assert "60 not known at the start" in main_of(page)
    assert "45 filled since, 75%" in main_of(page)
    assert table_of(page, "By worker") == [["Wren Pebble", "60", "45", "0", "15"]]
    left = {row[0] for row in table_of(page, "Still to ask")}
    assert left == {f"{each.surname}, {each.forename}" for each in children[45:]}


@pytest.mark.clause("NOR-did-e", rests_on="ask-set/ethnicity")
def test_what_is_volunteered_is_on_no_worklist(pages: Client, child: Child) -> None:
    rebuild_lists(today=timezone.localdate())
    listed = main_of(pages.get(reverse("people:worklist")))
    assert "Ethnicity" in listed
    assert "Gender identity" not in listed
    assert "Sexual orientation" not in listed
    profile = pages.get(reverse("people:identity", args=[child.ref]))
    assert reverse("people:ask", args=[child.ref, "gender_identity"]) in links_of(profile)
    assert "0 of 7 known" in main_of(profile)
