"""What audits say by group, document, kind of work and service: equality in the quality of work."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import Role, Team, User
from evenhand.accounts.references import new_reference
from evenhand.audits.models import Audit
from evenhand.people import standings
from evenhand.people.models import Child, IdentityStatement
from evenhand.recording.models import Answer, Recording
from evenhand.work.models import Reading, Task
from tests import factories as make
from tests.audits.making import audit
from tests.clock import Clock
from tests.pages import links_of, main_of, table_of

pytestmark = pytest.mark.django_db
TODAY, BEFORE = date(2026, 5, 4), date(2025, 5, 6)


@pytest.fixture
def director(client: Client, clock: Clock) -> Client:
    """The pages as somebody sees them who may open every record, in June 2026."""
    clock.at("2026-06-02")
    client.force_login(make.user("director"))
    return client


@pytest.fixture
def auditor() -> User:
    return make.user("quality_assurance")


def graded(
    auditor: User, team: Team, grade: str = "good", on: date = TODAY, **answers: str
) -> Child:
    """A child of a team whose file was audited, with what its questions were graded."""
    child = make.child(team=team, worker=None)
    done = audit(auditor, child, done_on=on, grade=grade, type_="senior")
    written = Recording.objects.create(
        ref=done.ref, form=done.tool, edition=done.edition, subject="audit", child=child, on=on,
        recorded_by=auditor, recorded_at=make.NOW,
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(recording=written, ref=new_reference(), question=question, code=code)
        for question, code in answers.items()
    )
    Audit.objects.filter(pk=done.pk).update(recording=written)
    return child


def shares(auditor: User, team: Team, question: str, met: int, of: int, **more: Any) -> None:
    """So many of so many audits of a team in which a question met the standard."""
    for place in range(of):
        grade = "good" if place < met else "requires-improvement"
        graded(auditor, team, **{question: grade}, **more)


def scored(auditor: User, disabled: bool, points: int, of: int) -> None:
    """Children, disabled or not, whose audits gave so many points together."""
    team = make.team()
    grades = {4: "outstanding", 3: "good", 2: "requires-improvement", 1: "inadequate"}
    for place in range(of):
        each = points // of + (place < points % of)
        child = graded(auditor, team, grades[each])
        IdentityStatement.objects.create(
            ref=new_reference(), child=child, characteristic="disability", status="answered",
            answer="MOB" if disabled else "NONE", said_by="import", recorded_at=make.NOW,
        )  # fmt: skip


@pytest.mark.clause("IOW-2.1.9-c", rests_on="monitoring-uses/score-gap")
def test_a_gap_in_grades_proposes_an_improvement_action(director: Client, auditor: User) -> None:
    """64 for disabled children, 82 for all others, and a threshold of 10 points."""
    scored(auditor, True, points=64, of=25)
    scored(auditor, False, points=82, of=25)
    standings.restate([(pk, None) for pk in Child.objects.values_list("pk", flat=True)],
                      ["disability"])  # fmt: skip
    page = director.get(reverse("monitoring:quality"))
    words = main_of(page)
    assert "64 of 100, against 82 for all other children: 18 points lower" in words
    assert "An improvement action is proposed" in words
    assert "64 of 100" in main_of(director.get(reverse("monitoring:uses")))
    where = next(url for url in links_of(page) if url.startswith(reverse("monitoring:improve")))
    given = {"about": "quality:disability|any", "what": "Ask what each child needs to take part."}
    assert 'value="quality:disability|any"' in director.get(where).content.decode()
    reply: Any = director.post(where, given)
    assert reply.status_code == 302
    task = Task.objects.get(kind="improvement")
    first = Reading.objects.get(task=task)
    assert (first.of, first.others_of) == (25, 25)
    assert task.what in main_of(director.get(reverse("monitoring:quality")))
    again: Any = director.post(where, given)
    assert "open already" in main_of(again)


@pytest.mark.clause("NOR-known-b", rests_on="identity-audits/assessment")
def test_identity_comes_alive_in_assessments_reports_and_plans(
    director: Client, auditor: User
) -> None:
    """Ten audits: 4 assessments alive, 3 reports, 2 plans. Beside it the trend of each team."""
    team = make.team("Harbour")
    for place in range(10):
        grades = [
            "good" if place < alive else "inadequate" for alive in (4, 3, 2)
        ]  # fmt: skip
        asked = dict(
            zip(("identity_assessment", "identity_report", "identity_plan"), grades, strict=True)
        )
        graded(auditor, team, **asked)
    shares(auditor, team, "identity_assessment", 1, 5, on=BEFORE)
    page = director.get(reverse("monitoring:quality"))
    rows = {row[0]: row for row in table_of(page, "Does who the child is come alive?")}
    for name, share in (("Assessments", "40%"), ("Reports", "30%"), ("Plans", "20%")):
        assert rows[name][1] == "10"
        assert rows[name][2].startswith(share)
    assert rows["Assessments"][-1].startswith("20%")
    (row,) = table_of(page, "Team by team")
    assert row[0] == "Harbour"
    assert "the year before 20%" in row[1]


def test_the_second_headline_counts_the_audits_of_the_year(director: Client, auditor: User) -> None:
    """Assessments in which identity is analysed: 4 of the 10 that were graded."""
    team = make.team("Harbour")
    shares(auditor, team, "identity_assessment", 4, 10)
    shares(auditor, team, "identity_assessment", 5, 5, on=BEFORE)
    for page in ("pages:home", "people:completeness"):
        words = main_of(director.get(reverse(page)))
        assert "40.0% Assessments in which identity is analysed" in words
        assert "4 of 10 met the standard in audits of a year, target 80%" in words


@pytest.mark.clause("NOR-ofsted-c", rests_on="identity-audits/early-help")
def test_early_help_stands_beside_social_care(director: Client, auditor: User) -> None:
    """80% and 55%: a gap of 25 points, with the year before, and an action to link to."""
    team = make.team("Harbour")
    shares(auditor, team, "identity_early_help", 16, 20)
    shares(auditor, team, "identity_assessment", 11, 20)
    shares(auditor, team, "identity_early_help", 5, 10, on=BEFORE)
    shares(auditor, team, "identity_assessment", 4, 10, on=BEFORE)
    page = director.get(reverse("monitoring:quality"))
    rows = {row[0]: row for row in table_of(page, "Early help beside social care")}
    assert rows["Early help assessments"][2].startswith("80%")
    assert rows["Social care assessments"][2].startswith("55%")
    words = main_of(page)
    assert "Gap: 25 points. Early help assessments are ahead of social care assessments" in words
    assert "The year before it was 10 points" in words
    where = next(url for url in links_of(page) if url.endswith("about=identity-gap"))
    given = {"about": "identity-gap", "what": "Learn from early help."}
    assert director.post(where, given).status_code == 302
    page = director.get(reverse("monitoring:quality"))
    task = Task.objects.get(what="Learn from early help.")
    assert reverse("work:task", args=[task.ref]) in links_of(page)


@pytest.mark.clause("NOR-ofsted-e", rests_on="identity-audits/identity")
def test_services_stand_side_by_side_and_the_best_is_a_source(
    director: Client, auditor: User
) -> None:
    """The disability service at 88%, the average at 70%: first, and a source of good practice."""
    disability, area = make.team("Disability service"), make.team("Area service")
    shares(auditor, make.team("Short breaks", parent=disability), "identity_grade", 22, 25)
    shares(auditor, make.team("North", parent=area), "identity_grade", 13, 25)
    page = director.get(reverse("monitoring:quality"))
    rows = table_of(page, "Services side by side")
    assert [row[0] for row in rows] == ["Disability service", "Area service"]
    assert rows[0][2].startswith("88%")
    assert rows[0][-1] == "Good-practice source"
    assert rows[1][-1] != "Good-practice source"
    assert "Average of all services: 70% of 50 audits" in main_of(page)


def test_small_numbers_are_hidden_from_who_may_not_open_the_cases(
    clock: Clock, auditor: User
) -> None:
    """The equality lead sees that there is too little to compare, and no number of few."""
    clock.at("2026-06-02")
    scored(auditor, True, points=6, of=2)
    scored(auditor, False, points=82, of=25)
    standings.restate([(pk, None) for pk in Child.objects.values_list("pk", flat=True)],
                      ["disability"])  # fmt: skip
    pages = Client()
    pages.force_login(make.user(Role.EQUALITY_LEAD))
    page = pages.get(reverse("monitoring:quality"))
    rows = table_of(page, "Grades of audits, by disability")
    assert "Hidden" in rows[0]
    assert "75" not in rows[1]  # the score of all others is that of the two who are hidden
    assert "Small numbers are hidden here" in main_of(page)


def test_second_and_picked_audits_count_nowhere(director: Client, auditor: User) -> None:
    """Nor does a page of nothing fall over."""
    assert "we cannot tell" in main_of(director.get(reverse("monitoring:quality")))
    team = make.team("Harbour")
    shares(auditor, team, "identity_grade", 5, 5)
    first = Audit.objects.order_by("pk")[0]
    Audit.objects.exclude(pk=first.pk).update(is_random=False)
    twin = audit(make.user("director"), first.child, twin_of=first, done_on=TODAY, grade="good")
    assert twin.twin_of == first
    assert "of 1 audit." in main_of(director.get(reverse("monitoring:quality")))
