"""From a difference between groups to somebody who looks, and to what is done about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.config import upkeep
from evenhand.equality import findings, tallying
from evenhand.equality.actions import record_concern
from evenhand.equality.findings import Finding
from evenhand.rules.periods import quarters_to
from evenhand.standards import standing
from evenhand.work import reviewing
from evenhand.work.actions import open_task
from evenhand.work.models import Task
from tests import factories as make
from tests.equality.many import BLACK, assessments, lead, referrals
from tests.factories import NOW
from tests.pages import main_of

pytestmark = pytest.mark.django_db
APRIL, OCTOBER = (datetime(2026, month, 1, 12, tzinfo=UTC) for month in (4, 10))


def browser(user: User) -> Client:
    """Return the browser of somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, where: str) -> str:
    """Return the words of a page."""
    return " ".join(main_of(client.get(where)).split())


@pytest.mark.clause("IOW-2.1.4-a", rests_on="pathway/refused")
def test_a_group_refused_three_times_as_often_opens_a_review() -> None:
    """30 of 100 against 70 of 700: 3.0 times, 2.07 to 4.36, more than chance after correction."""
    referrals(100, 30, "BAFR")
    referrals(700, 70, "WBRI")
    lead()
    standing.refresh(NOW)
    upkeep.tend(NOW)  # which counts, and opens what it finds
    equality_lead = browser(make.user(Role.EQUALITY_LEAD))
    page = read(equality_lead, "/equality/fares/steps/refused/?by=ethnicity")
    assert "30% (30 of 100), against 10% for everyone else" in page
    assert "3.00 (2.07 to 4.36)" in page
    assert "more than chance would explain, after allowing for" in page
    assert "Equality lead looks into this" in page
    tasks = read(equality_lead, "/tasks/")
    assert "Review for indirect discrimination" in tasks
    assert "Referrals about children of Black ethnic background ended with nothing more" in tasks


@pytest.mark.clause("IOW-2.1.9-d", rests_on="tasks/improvement")
def test_an_action_shows_the_same_measure_before_and_after() -> None:
    """71% on 1 April and 84% on 1 October: +13 points, with both source counts."""
    referrals(100, 0, "BAFR", on=date(2025, 6, 1), assessed=71)
    referrals(100, 0, "BAFR", on=date(2026, 6, 1), assessed=84)
    lead()
    tallying.refresh(APRIL)
    person = make.user(Role.EQUALITY_LEAD)
    finding = Finding("assessed", "ethnicity", BLACK)
    task = open_task(
        by=person, at=APRIL, kind="improvement", what="Letters in the family's language",
        owner=person, behind=findings.behind(finding, APRIL),
    )  # fmt: skip
    assert task.review_on == date(2026, 10, 1)
    tallying.refresh(OCTOBER)
    reviewing.tend(OCTOBER)
    page = read(browser(person), f"/tasks/{task.ref}/")
    assert "+13 points." in page
    assert "Wed 1 April 2026" in page
    assert "71% (71 of 100)" in page
    assert "Thu 1 October 2026" in page
    assert "84% (84 of 100)" in page
    assert "more than chance would explain: it likely lies between" in page


@pytest.mark.clause("STR-1-a", rests_on="thresholds/rising")
def test_concerns_that_rise_three_quarters_running_open_a_review() -> None:
    """3, 5 and 8 about one group: the report says rising, and the equality lead is asked."""
    by, team = make.user(Role.SOCIAL_WORKER), make.team("Harbour")
    quarters = quarters_to(timezone.localdate(), 2)
    for span, count in zip(quarters, (3, 5, 8), strict=True):
        for _ in range(count):
            record_concern(
                by=by, at=timezone.now(), received_on=span.since, ground="race-ethnicity",
                team=team, what_happened="Turned away.",
            )  # fmt: skip
    record_concern(
        by=by, at=timezone.now(), received_on=quarters[0].since, ground="class",
        what_happened="Turned away.",
    )  # fmt: skip
    equality_lead = browser(make.user(Role.EQUALITY_LEAD))
    page = read(equality_lead, "/equality/concerns/report/")
    assert "3 5 8 Rising" in page
    assert page.count("Rising:") == 1
    assert "Harbour" in page
    assert "Review of concerns that rise" in read(equality_lead, "/tasks/")
    assert Task.objects.get().role == Role.EQUALITY_LEAD


@pytest.mark.clause("STR-2", rests_on="thresholds/service-gap")
def test_a_service_with_a_wide_gap_is_amber_until_an_action_is_linked() -> None:
    """On-time assessment 92% for everyone else and 78% for one group: over 10 points."""
    service = make.team("Family help")
    team = make.team("Harbour", parent=service)
    assessments(50, 39, "BAFR", team=team)
    assessments(100, 92, "WBRI", team=team)
    lead()
    standing.refresh(NOW)
    tallying.refresh(NOW)
    director = make.user(Role.DIRECTOR)
    client, where = browser(director), "/equality/fares/services/"
    page = read(client, where)
    assert "78%39 of 50" in page
    assert "92%" in page
    assert "14 points" in page
    assert "Family help Amber" in page
    sent = {"group": f"ethnicity|{BLACK}", "kind": "improvement", "owner": director.name,
            "what": "A worker who speaks the language", "due_on": ""}  # fmt: skip
    clock = "/equality/fares/clocks/england/single-assessment/look-into/"
    client.post(f"{clock}?service={service.ref}", sent)
    page = read(client, where)
    assert "Family help Action linked" in page
    assert "A worker who speaks the language" in page
    task = Task.objects.get()
    client.post(f"/tasks/{task.ref}/not-needed/", {"reason": "We do something else."})
    assert "Family help Amber" in read(client, where)
    assert task.due_on > timezone.localdate() + timedelta(80)
