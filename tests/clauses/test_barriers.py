"""What stands between families and services: counted, completed, and answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role, Team, User, Worker
from evenhand.design.wording import day
from evenhand.feedback.models import Barrier, BarrierMet, Feedback
from evenhand.people.models import Child
from tests import factories as make
from tests.pages import links_of, main_of, signed_in, table_of

pytestmark = pytest.mark.django_db
QUARTER, REGISTER = reverse("feedback:quarter"), reverse("feedback:barriers")


@pytest.fixture
def team() -> Team:
    return make.team("Harbour")


@pytest.fixture
def worker(team: Team) -> Worker:
    return make.worker("Sam Pebble", team=team)


@pytest.fixture
def staff(worker: Worker) -> User:
    return make.user(Role.SOCIAL_WORKER, worker=worker)


@pytest.fixture
def lead() -> Client:
    return signed_in(make.user(Role.QUALITY_ASSURANCE))


@pytest.fixture
def child(worker: Worker) -> Child:
    return make.child(team=worker.team, worker=worker)


def in_boxes(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def told(by: User, child: Child, code: str, **answers: str) -> BarrierMet:
    """Write a barrier down on the child's page, fastened to their newest assessment if any."""
    client, where = signed_in(by), reverse("feedback:barrier-of-child", args=[child.ref])
    fields = client.get(where).context["form"].fields
    chosen = fields["fastened"].choices[0][0] if "fastened" in fields else ""
    given = {
        "code": code, "fastened": chosen, "met_on": in_boxes(timezone.localdate()), **answers
    }  # fmt: skip
    reply = client.post(where, given)
    assert reply.status_code == 302, reply.content.decode()
    return BarrierMet.objects.latest("pk")


def page_of(by: User, met: BarrierMet) -> str:
    return main_of(signed_in(by).get(reverse("feedback:met", args=[met.ref])))


def completed(by: User, met: BarrierMet, **answers: str) -> None:
    reply = signed_in(by).post(reverse("feedback:met", args=[met.ref]), answers)
    assert reply.status_code == 302, reply.content.decode()


@pytest.mark.clause("IOW-2.1.7-b", rests_on="feedback/parenting-group")
def test_one_barrier_of_three_assessments_links_all_three(
    staff: User, worker: Worker, lead: Client
) -> None:
    for _ in range(3):
        child = make.child(team=worker.team, worker=worker)
        make.assessment(child, timezone.localdate() - timedelta(days=20))
        told(
            staff, child, "unsuitable-service", service="parenting-group", group="fathers",
            cause="hours",
        )  # fmt: skip

    rows = table_of(lead.get(REGISTER), "Barriers")
    assert rows == [
        ["3 A service that does not fit", "Parenting group", "Fathers", "The hours", "3",
         "Nothing is done yet"]
    ]  # fmt: skip
    barrier = Barrier.objects.get()
    page = lead.get(reverse("feedback:barrier", args=[barrier.ref]))
    sources = [reverse("feedback:met", args=[met.ref]) for met in barrier.met.all()]
    assert len(set(sources)) == 3
    assert set(sources) <= set(links_of(page))
    told_in = [row[2] for row in table_of(page, "Where it was told")]
    assert [words.startswith("Assessment begun") for words in told_in] == [True] * 3

    acted = {"version": "0", "status": "acting", "action_words": "An evening group from May."}
    where = reverse("feedback:barrier", args=[barrier.ref])
    assert lead.post(where, acted).status_code == 302
    assert "An evening group from May." in main_of(lead.get(where))


@pytest.mark.clause("NOR-barrier-a", rests_on="barriers/discrimination")
def test_code_1_is_counted_by_service_and_quarter(staff: User, child: Child, lead: Client) -> None:
    client, today = signed_in(staff), in_boxes(timezone.localdate())
    for _ in range(3):
        said = {
            "respondent": "parent", "service": "short-breaks", "words": "They stared.",
            "received_on": today,
        }  # fmt: skip
        client.post(reverse("feedback:new-of-child", args=[child.ref]), said)
        item = Feedback.objects.latest("pk")
        where = reverse("feedback:barrier-of-item", args=[item.ref])
        assert client.get(where).context["form"].initial["service"] == "short-breaks"
        given = {"code": "discrimination", "service": "short-breaks", "met_on": today}
        assert client.post(where, given).status_code == 302

    rows = table_of(lead.get(QUARTER), "Barriers by service")
    assert rows == [["Short breaks", "3", "0", "0", "0", "0", "3"]]
    page = lead.get(reverse("feedback:barrier", args=[Barrier.objects.get().ref]))
    items = {reverse("feedback:item", args=[each.ref]) for each in Feedback.objects.all()}
    assert items <= set(links_of(page))


@pytest.mark.clause("NOR-barrier-b", rests_on="barriers/trust")
def test_code_2_without_what_would_help_is_missing_and_with_it_names_whom_to_ask(
    staff: User, child: Child
) -> None:
    met = told(staff, child, "trust")
    gap = f"missing: {staff.name}, {day(timezone.now())}"
    page = page_of(staff, met)
    assert f"What would help {gap}" in page
    assert f"Person to contact {gap}" in page

    completed(staff, met, would_help="A call before a visit", contact="Their aunt, Mo")
    assert "missing:" not in page_of(staff, met)
    childs = main_of(signed_in(staff).get(reverse("pages:child", args=[child.ref])))
    assert "Their aunt, Mo" in childs


@pytest.mark.clause("NOR-barrier-c", rests_on="barriers/unsuitable-service")
def test_code_3_saves_without_a_service_and_counts_against_it_once_it_is_said(
    staff: User, child: Child, lead: Client
) -> None:
    met = told(staff, child, "unsuitable-service")
    assert f"Service missing: {staff.name}, {day(timezone.now())}" in page_of(staff, met)
    nobody = table_of(lead.get(QUARTER), "Barriers by service")
    assert nobody == [["Not said", "0", "0", "1", "0", "0", "1"]]

    completed(staff, met, service="parenting-group")
    assert "Service Parenting group" in page_of(staff, met)
    rows = table_of(lead.get(QUARTER), "Barriers by service")
    assert rows == [["Parenting group", "0", "0", "1", "0", "0", "1"]]


@pytest.mark.clause("NOR-barrier-d", rests_on="barriers/cultural-competence")
def test_code_4_twice_for_one_service_suggests_training_once_and_cites_both(
    staff: User, child: Child, lead: Client
) -> None:
    caption = "Training to think of"
    met = [told(staff, child, "cultural-competence", service="fostering")]
    told(staff, child, "cultural-competence", service="short-breaks")
    assert "No service was named often enough" in main_of(lead.get(QUARTER))
    met.append(told(staff, child, "cultural-competence", service="fostering"))

    page = lead.get(QUARTER)
    assert [row[0] for row in table_of(page, caption)] == ["Fostering and family carers"]
    cited = [link for link in links_of(page) if link.startswith("/feedback/told/")]
    assert sorted(cited) == sorted(reverse("feedback:met", args=[each.ref]) for each in met)


@pytest.mark.clause("NOR-barrier-e", rests_on="barriers/understanding")
def test_a_wish_for_another_worker_is_the_managers_task_at_once_until_it_is_answered(
    staff: User, child: Child, team: Team
) -> None:
    manager = make.user(Role.TEAM_MANAGER, team=team)
    other = make.user(Role.TEAM_MANAGER, team=make.team("Quill"))
    tasks, words = reverse("work:tasks"), "A family asks for another worker"

    met = told(staff, child, "understanding", another_worker="yes")
    assert words in main_of(signed_in(manager).get(tasks))
    assert words not in main_of(signed_in(other).get(tasks))
    assert "They were answered Not yet" in page_of(manager, met)

    completed(
        manager, met, another_worker="yes", reply="Kit will visit from Monday.",
        replied_on=in_boxes(timezone.localdate()),
    )  # fmt: skip
    assert "They were answered Kit will visit from Monday." in page_of(staff, met)
    assert words not in main_of(signed_in(manager).get(tasks))
