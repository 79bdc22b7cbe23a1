"""What people record by hand counts at once, and becomes one with the case system's own record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.casework.actions import enter_in_error, record
from evenhand.casework.models import CoreGroup, LookedAfterReview, Visit
from evenhand.history.models import Entry
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.sources.models import Difference, Source, SourceReference
from evenhand.standards.models import Standing
from tests import factories as make
from tests.clock import Clock
from tests.imports.conftest import NOW, Import, extract, run
from tests.imports.extracts import Extract
from tests.pages import links_of, main_of

__all__ = ["extract", "run"]
HELD = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def today(clock: Clock) -> None:
    """It is the day of the imports: standards of today are asked of what was held then."""
    clock.at(f"{NOW:%Y-%m-%d %H:%M}")


@pytest.fixture
def in_care(run: Import, extract: Extract) -> Child:
    """Return a child in our care since April, whose only review was in April."""
    extract.person("1", dob="2015-06-01").row("ssd_cla_episodes", "E1", "1")
    run(extract.row("ssd_cla_reviews", "R1", "1"))
    return Child.objects.get()


@pytest.fixture
def worker(in_care: Child) -> User:
    """Return the child's social worker, who signs in."""
    made = make.worker()
    make.involvement(in_care, made)
    return make.user(Role.SOCIAL_WORKER, worker=made)


@pytest.fixture
def page(client: Client, worker: User) -> Client:
    """Return a client that the worker is signed in with."""
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _send(page: Client, child: Child, **said: str) -> str:
    form = {"kind": "looked_after_review", "held_on": f"{HELD:%d/%m/%Y}", **said}
    address = reverse("casework:record", args=[child.ref])
    return main_of(page.post(address, form, follow=True))


def test_it_is_recorded_on_the_childs_page_and_counts(page: Client, in_care: Child) -> None:
    address = reverse("casework:record", args=[in_care.ref])
    assert address in links_of(page.get(reverse("pages:child", args=[in_care.ref])))
    shown = _send(page, in_care)
    assert "Recorded by hand on" in shown
    assert "not yet shown by the case system" in shown
    review = LookedAfterReview.objects.get(held_on=HELD)
    assert review.care_period is not None
    held = Standing.objects.filter(standard="england/looked-after-review", done_on=HELD)
    assert held.count() == 1
    assert Entry.objects.get(action="event.recorded").child_id == in_care.pk


@pytest.mark.both_databases
def test_the_case_systems_own_record_becomes_one_with_it(
    in_care: Child, worker: User, run: Import, extract: Extract
) -> None:
    record(in_care, kind="visit", held_on=HELD, seen_alone=True, by=worker, at=NOW)
    typed = Visit.objects.get()
    day_after = (HELD + timedelta(days=1)).isoformat()
    extract.row("ssd_cla_visits", "V1", "1", clav_cla_visit_date=day_after)
    run(extract)
    visit = Visit.objects.get()
    assert (visit.pk, visit.held_on, visit.seen_alone) == (typed.pk, date(2026, 11, 11), True)
    references = SourceReference.objects.filter(target="casework.visit")
    assert sorted(references.values_list("source__key", flat=True)) == ["evenhand", "ssd"]
    kept = Difference.objects.get(standing="open")
    assert (kept.field, kept.held, kept.told) == ("held_on", day_after, HELD.isoformat())
    run(extract)
    assert Visit.objects.get().held_on == date(2026, 11, 11)


def test_the_page_says_that_it_was_confirmed(
    page: Client, in_care: Child, run: Import, extract: Extract
) -> None:
    _send(page, in_care)
    run(extract.row("ssd_cla_reviews", "R2", "1", clar_cla_review_date=HELD.isoformat()))
    shown = main_of(page.get(reverse("pages:child", args=[in_care.ref])))
    assert shown.count("A looked-after review was held") == 2
    assert "confirmed by Case system (SSD extract) on Sat 21 November 2026" in shown


def test_it_is_never_set_aside_as_told_by_one_source_alone(
    page: Client, in_care: Child, run: Import, extract: Extract
) -> None:
    _send(page, in_care)
    run(extract)
    assert not LookedAfterReview.objects.get(held_on=HELD).withdrawn
    assert not Difference.objects.exists()


def test_what_was_entered_in_error_no_longer_counts(page: Client, in_care: Child) -> None:
    _send(page, in_care)
    reference = SourceReference.objects.get(source__key="evenhand")
    address = reverse("casework:in-error", args=[in_care.ref, reference.key])
    assert address in links_of(page.get(reverse("pages:child", args=[in_care.ref])))
    assert "A looked-after review, held on" in main_of(page.get(address))
    page.post(address, {"reason": "It was another child."})
    assert LookedAfterReview.objects.get(held_on=HELD).withdrawn
    assert not Standing.objects.filter(done_on=HELD).exists()
    kept = Entry.objects.get(action="event.entered_in_error")
    assert kept.reason == "It was another child."
    again = page.post(address, {"reason": "It was a slip."}).content.decode()
    assert "It was another child." in again
    assert "It was a slip." in again
    assert Entry.objects.filter(action="event.entered_in_error").count() == 1


def test_what_the_case_system_has_too_stays_when_the_hand_written_is_taken_back(
    in_care: Child, worker: User, run: Import, extract: Extract
) -> None:
    record(in_care, kind="looked_after_review", held_on=HELD, by=worker, at=NOW)
    run(extract.row("ssd_cla_reviews", "R2", "1", clar_cla_review_date=HELD.isoformat()))
    reference = SourceReference.objects.get(source__key="evenhand")
    enter_in_error(reference, by=worker, at=timezone.now(), reason="Twice.")
    assert not LookedAfterReview.objects.get(held_on=HELD).withdrawn


def test_what_cannot_be_is_refused_with_what_to_do(page: Client, in_care: Child) -> None:
    assert "is still to come" in _send(page, in_care, held_on="01/01/2100")
    assert "before the child was born" in _send(page, in_care, held_on="01/01/2010")
    assert "no period of care" in _send(page, in_care, held_on="01/02/2026")
    assert "no plan" in _send(page, in_care, kind="core_group")
    assert "is here already" in _send(page, in_care, held_on="20/04/2026")
    assert LookedAfterReview.objects.count() == 1
    assert not CoreGroup.objects.exists()


@pytest.mark.parametrize(
    ("under", "kind"), [("care_period", "care"), ("plan", "protection"), ("need_plan", "need")]
)
def test_a_visit_belongs_to_what_ran_on_its_day(db: None, under: str, kind: str) -> None:
    child = make.child()
    owner = {
        "care_period": make.care_period, "plan": make.protection_plan, "need_plan": make.need_plan,
    }[under](child, date(2026, 1, 1))  # fmt: skip
    at: datetime = NOW
    record(child, kind="visit", held_on=HELD, by=make.user(Role.DIRECTOR), at=at)
    visit = Visit.objects.get()
    assert (visit.kind, getattr(visit, under)) == (kind, owner)


def test_a_later_source_ranks_before_what_was_written_by_hand(
    in_care: Child, worker: User, run: Import, extract: Extract
) -> None:
    record(in_care, kind="looked_after_review", held_on=HELD, by=worker, at=NOW)
    assert Source.objects.get(key="evenhand").name == "Recorded by hand"
    days = {"clar_cla_review_date": "2026-11-11", "clar_cla_review_participation": "PN1"}
    extract.rows["ssd_cla_reviews"] = []
    run(extract.row("ssd_cla_reviews", "X2", "1", **days), source="returns")
    assert LookedAfterReview.objects.get(participation="PN1").held_on == date(2026, 11, 11)
    with pytest.raises(Problem):
        record(in_care, kind="visit", held_on=date(2010, 1, 1), by=worker, at=NOW)
