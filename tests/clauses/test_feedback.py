"""Feedback in numbers and with links; trust beside the quarter before; discrimination counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role, User, Worker
from evenhand.feedback.actions import record_feedback
from evenhand.feedback.models import Feedback
from evenhand.people.models import Child
from evenhand.rules.periods import quarter_of
from tests import factories as make
from tests.pages import links_of, main_of, signed_in, table_of

pytestmark = pytest.mark.django_db
QUARTER = reverse("feedback:quarter")


@pytest.fixture
def worker() -> Worker:
    return make.worker("Sam Pebble", team=make.team("Harbour"))


@pytest.fixture
def staff(worker: Worker) -> User:
    return make.user(Role.SOCIAL_WORKER, worker=worker)


@pytest.fixture
def child(worker: Worker) -> Child:
    return make.child(team=worker.team, worker=worker)


def in_boxes(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def today() -> date:
    return timezone.localdate()


def tell(by: User, child: Child | None, **answers: str) -> Feedback:
    """Write feedback down on its page."""
    given = {
        "respondent": "parent", "words": "Nobody rang back.", "received_on": in_boxes(today()),
        **answers,
    }  # fmt: skip
    route = reverse("feedback:new-of-child", args=[child.ref]) if child else reverse("feedback:new")
    reply = signed_in(by).post(route, given)
    assert reply.status_code == 302, reply.content.decode()
    return Feedback.objects.latest("pk")


def answer(by: User, feedback: Feedback) -> None:
    """Say on its page that whoever gave it was told what came of it."""
    day = in_boxes(today())
    given = {
        "version": "0", "considered_on": day, "action_words": "We rang.", "action_on": day,
        "told_how": "telephone", "answered_on": day,
    }  # fmt: skip
    reply = signed_in(by).post(reverse("feedback:item", args=[feedback.ref]), given)
    assert reply.status_code == 302, reply.content.decode()


@pytest.mark.clause("IOW-2.1.6-d", rests_on="feedback/time")
def test_the_pack_says_how_many_came_and_links_those_that_await_a_response(
    staff: User, child: Child
) -> None:
    told = [tell(staff, child, service="short-breaks", theme="time") for _ in range(12)]
    for each in told[:9]:
        answer(staff, each)

    page = signed_in(make.user(Role.QUALITY_ASSURANCE)).get(QUARTER)
    assert "12 received, 3 awaiting a response" in main_of(page)
    linked = set(links_of(page))
    links = {each.ref: reverse("feedback:item", args=[each.ref]) for each in told}
    assert [ref for ref, link in links.items() if link in linked] == [e.ref for e in told[9:]]
    assert table_of(page, "Feedback by service") == [["Short breaks", "9", "3", "12"]]
    assert table_of(page, "Feedback by theme") == [["Waiting and being on time", "9", "3", "12"]]


@pytest.mark.clause("NOR-att-f", rests_on="feedback/carer")
def test_trust_stands_beside_the_quarter_before_split_by_who_answered(
    staff: User, child: Child
) -> None:
    for number in range(20):
        who = ("parent", "carer", "child", "child")[number % 4]
        tell(staff, child, respondent=who, confidence="yes" if number % 4 else "partly")
    before = quarter_of(today()).since - timedelta(days=1)
    for answer_ in ("yes", "no"):
        record_feedback(
            by=staff, at=timezone.now(), received_on=before, respondent="parent",
            confidence=answer_, child=child,
        )  # fmt: skip

    page = signed_in(make.user(Role.DIRECTOR)).get(QUARTER)
    assert "75% confident (15 of 20) this quarter" in main_of(page)
    assert "50% confident (1 of 2) the quarter before" in main_of(page)
    assert table_of(page, "Trust, by who answered") == [
        ["The child or young person", "100%10 of 10", "nobody answered"],
        ["A parent", "0%0 of 5", "50%1 of 2"],
        ["A carer", "100%5 of 5", "nobody answered"],
    ]
    # Those who see no records see no small numbers.
    hidden = signed_in(make.user(Role.EQUALITY_LEAD)).get(QUARTER)
    assert "1 of 2" not in main_of(hidden)


@pytest.mark.clause("IOW-2.1.2-b", rests_on="grounds/race-ethnicity")
def test_racist_bullying_on_an_assessment_counts_once_and_names_nobody(
    staff: User, child: Child
) -> None:
    make.assessment(child, today() - timedelta(days=9))
    where = reverse("feedback:discrimination", args=[child.ref])
    client = signed_in(staff)
    lead = signed_in(make.user(Role.QUALITY_ASSURANCE))

    def note(happened: str) -> None:
        assessment = client.get(where).context["form"].fields["fastened"].choices[0][0]
        given = {
            "ground": "race-ethnicity", "form": "bullying", "fastened": assessment,
            "happened": happened, "noted_on": in_boxes(today()),
        }  # fmt: skip
        assert client.post(where, given).status_code == 302

    def counted() -> int:
        rows = table_of(lead.get(QUARTER), "Discrimination that children met")
        return next((int(n) for name, n, _ in rows if name == "Race or ethnicity"), 0)

    note("Left out at break time.")
    before = counted()
    note("Called names at school.")
    assert counted() == before + 1

    told = client.get(reverse("feedback:child", args=[child.ref]))
    assert "Called names at school." in main_of(told)
    assert "Assessment begun" in main_of(told)
    seen_by_others = lead.get(reverse("feedback:child", args=[child.ref]))
    assert "Called names" not in main_of(seen_by_others)
    assert "Race" not in main_of(seen_by_others)
