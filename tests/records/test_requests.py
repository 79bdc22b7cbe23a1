"""A request to see records: its clock, its steps, and who may do what."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.design.lettering import shown
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.records import actions
from evenhand.records.models import RecordsRequest
from evenhand.standards.models import Standing
from tests import factories as make
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db
RECEIVED, MAY_5 = date(2026, 4, 3), date(2026, 5, 5)


@pytest.fixture
def officer() -> User:
    """The data protection officer."""
    return make.user("data_protection_officer")


def request_of(child: Child, by: User, **fields: object) -> RecordsRequest:
    """A request that the child made."""
    said = {
        "received_on": RECEIVED, "came_by": "Letter", "asked_by": "child", "wanted": "Everything",
    }  # fmt: skip
    return actions.receive(child, by=by, at=make.NOW, **{**said, **fields})  # type: ignore[arg-type]


def step(client: Client, request: RecordsRequest, slug: str, **answers: str) -> object:
    """Take a step of a request through its page."""
    return client.post(reverse("records:step", args=[request.ref, slug]), answers)


def test_the_standing_follows_the_request(officer: User) -> None:
    """Open until answered; the second standard stays out of it."""
    request = request_of(make.child(), officer)
    assert request.due_on == MAY_5
    rows = Standing.objects.filter(subject="records_request")
    assert [(row.standard, row.due_on, row.done_on) for row in rows] == [
        ("england/access-to-records", MAY_5, None)
    ]
    actions.answer(request, by=officer, at=make.NOW, decision="whole", answered_on=date(2026, 5, 6))
    assert rows.get().done_on == date(2026, 5, 6)
    assert rows.get().kind == Standing.Kind.DONE_LATE


@pytest.mark.both_databases
def test_a_question_stops_the_clock_and_its_answer_moves_the_day(
    client: Client, officer: User
) -> None:
    """Through the pages: asked on the 13th, answered on the 15th: three days do not count."""
    request = request_of(make.child(), officer)
    client.force_login(officer)
    step(client, request, "ask-detail", asked_on="13/4/2026", asked="Which years?")
    assert "Waiting for the person" in main_of(client.get(reverse("records:requests")))
    request.refresh_from_db()
    assert (request.stopped, request.paused) == (True, True)
    step(client, request, "detail", answered_on="15/4/2026", answer="All of them.")
    page = main_of(client.get(reverse("records:request", args=[request.ref])))
    assert "Wed 6 May 2026" in page
    assert "3 days do not count while more detail was asked for" in page
    later = Standing.objects.get(standard="england/access-to-records-with-more-time")
    assert later.due_on == date(2026, 5, 6)
    assert Standing.objects.get(standard="england/access-to-records").excused_by == (
        "records_request.paused"
    )


@pytest.mark.parametrize(
    ("told_on", "due_on", "said"),
    [
        ("1/5/2026", date(2026, 7, 3), "extended by 2 months"),
        ("6/5/2026", MAY_5, "not extended: they were told after the month"),
    ],
)
def test_an_extension_holds_only_if_told_in_time(
    client: Client, officer: User, told_on: str, due_on: date, said: str
) -> None:
    """One told too late is recorded, and gives no time."""
    request = request_of(make.child(), officer)
    client.force_login(officer)
    step(client, request, "extend", extension_told_on=told_on, extension_why="Many volumes.")
    request.refresh_from_db()
    assert request.due_on == due_on
    assert said in main_of(client.get(reverse("records:request", args=[request.ref])))


def test_the_month_begins_when_identity_is_shown(client: Client, officer: User) -> None:
    request = request_of(make.child(), officer)
    client.force_login(officer)
    step(client, request, "ask-identity", asked_on="3/4/2026")
    step(client, request, "identity", shown_on="10/4/2026", identity_by="Birth certificate seen")
    request.refresh_from_db()
    assert (request.due_on, request.paused) == (date(2026, 5, 11), True)


def test_days_that_cannot_be_are_refused_in_a_sentence(client: Client, officer: User) -> None:
    request = request_of(make.child(), officer)
    client.force_login(officer)
    told = step(client, request, "ask-detail", asked_on="2/4/2026", asked="Which years?")
    assert "is before the request came" in main_of(told)
    told = step(client, request, "answer", decision="refused", answered_on="4/5/2026")
    assert "No reason was given." in main_of(told)
    request.refresh_from_db()
    assert request.decision == ""
    assert request.answered_on is None


def test_what_was_answered_is_not_answered_again(officer: User) -> None:
    request = request_of(make.child(), officer)
    actions.answer(
        request, by=officer, at=make.NOW, decision="refused", decision_why="Not theirs.",
        answered_on=date(2026, 5, 1),
    )  # fmt: skip
    with pytest.raises(Problem, match="answered already"):
        actions.extend(request, by=officer, at=make.NOW, extension_told_on=MAY_5, extension_why="x")


def test_a_worker_sees_requests_of_their_own_children_alone(client: Client, officer: User) -> None:
    team = make.team()
    worker = make.worker(team=team)
    mine, other = make.child(worker=worker, team=team), make.child(surname="Quillfeather")
    for child in (mine, other):
        request_of(child, officer)
    client.force_login(make.user("social_worker", worker=worker))
    page = client.get(reverse("records:requests"))
    assert len(table_of(page, "Requests to see records")) == 1
    assert "Quillfeather" not in page.content.decode()
    hidden = RecordsRequest.objects.get(child=other)
    assert client.get(reverse("records:request", args=[hidden.ref])).status_code == 404
    theirs = RecordsRequest.objects.get(child=mine)
    page = main_of(client.get(reverse("records:request", args=[theirs.ref])))
    assert "Record the answer given" not in page
    assert step(client, theirs, "extend").status_code == 403  # type: ignore[attr-defined]


def test_the_officer_finds_the_child_by_number_or_name(client: Client, officer: User) -> None:
    """And the words are in no address."""
    child = make.child(forename="Ada", surname="Lanternbearer", is_open=False)
    client.force_login(officer)
    found = client.post(reverse("records:find"), {"words": "Ada Lanternbearer"})
    rows = table_of(found, "Children found")
    assert [row[0] for row in rows] == ["Lanternbearer, Ada"]
    assert reverse("records:new", args=[child.ref]) in found.content.decode()


def test_a_request_is_recorded_through_its_page(client: Client, officer: User) -> None:
    child = make.child()
    client.force_login(officer)
    given = {
        "received_on": "3/4/2026", "came_by": "Letter", "asked_by": "parent",
        "asker_name": "Maren Quay", "wanted": "All of it <script>",
    }  # fmt: skip
    answer = client.post(reverse("records:new", args=[child.ref]), given, follow=True)
    page = main_of(answer)
    assert "All of it <script>" in page
    assert "Maren Quay" in page
    assert "Ask the child what they want" in page


def test_the_later_day_is_one_of_law_too() -> None:
    """Though the day itself is a fact, missing it is a breach of law, with its citation."""
    standard = policy().standards["england/access-to-records-with-more-time"]
    assert standard.law
    assert "Article 12A" in standard.citation


def test_what_the_typeface_cannot_show_is_said_in_words() -> None:
    """A letter that a PDF for everybody may not hold stops nothing."""
    assert shown("é ü 😀 مرحبا\x00") == (
        "é ü [grinning face] [words in arabic letters, which the files for a computer hold]"
    )
