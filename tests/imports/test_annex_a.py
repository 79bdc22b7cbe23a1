"""Annex A imported: what becomes of its rows, now and when the next workbook comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evenhand.accounts.models import Worker
from evenhand.casework import models as casework
from evenhand.imports.actions import import_paths, mend
from evenhand.imports.report import Report
from evenhand.people.actions import Said, state_from_import
from evenhand.people.models import Child, IdentityStatement
from evenhand.sources.models import Coverage, RowFinding, SourceReference
from tests import factories
from tests.formats.annex_a.books import Book, row

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
Import = Callable[..., Report]


@pytest.fixture
def run(db: None, tmp_path: Path) -> Import:
    """Return a function that imports a workbook; each run is a day after the one before."""
    runs: list[datetime] = []

    def run_import(book: Book, **options: Any) -> Report:
        at = NOW + timedelta(days=len(runs))
        runs.append(at)
        path = tmp_path / "annex_a.xlsx"
        path.write_bytes(book.data())
        return import_paths([path], by=None, now=at, source="annex_a", **options)

    return run_import


def a_row(number: int, child: Any = 4653765, **cells: Any) -> dict[str, Any]:
    """Return a row of a list."""
    return row(number, child=child, cells=cells)


def whole_book() -> Book:
    """Return a workbook in which one child is on every list, and a care leaver on list 9."""
    staff = {"Allocated Team": "Locality 4 Unit 1", "Allocated Worker": "Ezra Leigh"}
    more: dict[int, dict[str, Any]] = {
        5: {
            "Date of Initial Child Protection Conference": date(2026, 9, 16),
            "Did the Initial Child Protection Conference Result in a Child Protection Plan": "Yes",
        },
        6: {"Date Child Was Last Seen": date(2026, 11, 2), "Case Status": "c) Child in need plan"},
        7: {
            "Latest Category of Abuse": "Emotional abuse",
            "Date of the Last Statutory Visit": date(2026, 11, 5),
            "Was the Child Seen Alone?": "b) No",
            "Date of latest review conference": date(2026, 11, 10),
        },
        8: {
            "Date of Latest Statutory Review": date(2026, 10, 20),
            "Date of Last Social Work Visit": date(2026, 11, 1),
            "Date of Last IRO Visit / Contact to the Child": date(2026, 10, 15),
            "Placement postcode": "nope",
        },
    }
    book = Book()
    for number in range(1, 9):
        book.list(number, a_row(number, **{**staff, **more.get(number, {})}))
    latest = {"Latest Date of Contact": date(2026, 10, 1)}
    return book.list(9, a_row(9, 77, **staff, **latest)).list(10, a_row(10, 88))


def fates(report: Report) -> dict[str, dict[str, int]]:
    """Return the fates of each list's rows that any row has."""
    names = ("created", "changed", "unchanged", "duplicate", "folded", "ignored", "quarantined")
    found = {}
    for one in report.batch.files.all():
        counts = {name: getattr(one, name) for name in names if getattr(one, name)}
        assert sum(counts.values()) == one.rows_read
        found[one.kind.removeprefix("annex_a_list_")] = counts
    return found


@pytest.mark.both_databases
def test_one_child_on_every_list_is_one_child(run: Import) -> None:
    report = run(whole_book())
    assert Child.objects.count() == 2
    assert fates(report) == {
        **{str(n): {"created": 1} for n in (1, 2, 4, 5, 6, 7, 8, 9)},
        "3": {"folded": 1},
        "10": {"ignored": 1},
    }
    child = Child.objects.get(born_on="2012-08-14")
    said = IdentityStatement.objects.filter(child=child)
    assert set(said.values_list("characteristic", "answer")) == {
        ("sex", "F"), ("ethnicity", "WBRI"),
    }  # fmt: skip
    assert casework.Referral.objects.values_list("received_on", "source_code", "primary_need").get(
        child=child
    ) == (date(2026, 9, 2), "2A", "N1")


@pytest.mark.both_databases
def test_what_stands_in_one_row_is_linked(run: Import) -> None:
    run(whole_book())
    conference = casework.InitialConference.objects.get()
    assert (conference.held_on, conference.plan_made) == (date(2026, 9, 16), True)
    assert conference.section_47 == casework.Section47.objects.get()
    plan = casework.ProtectionPlan.objects.get()
    assert plan.latest_category == "EMO"
    assert plan.reviews.get().held_on == date(2026, 11, 10)
    assert plan.visits.get().seen_alone is False
    care = casework.CarePeriod.objects.get()
    assert care.placements.get().postcode == ""
    assert care.legal_statuses.get().status == "C2"
    assert care.reviews.get().held_on == date(2026, 10, 20)
    assert care.visits.get().held_on == date(2026, 11, 1)
    assert care.reviewing_officer_contacts.get().contacted_on == date(2026, 10, 15)
    assert casework.Visit.objects.get(kind="need").held_on == date(2026, 11, 2)
    assert casework.AdviserContact.objects.get().contacted_on == date(2026, 10, 1)


@pytest.mark.both_databases
def test_the_same_workbook_again_changes_nothing(run: Import) -> None:
    run(whole_book())
    again = fates(run(whole_book()))
    assert {name: set(counts) for name, counts in again.items()} == {
        **{str(n): {"unchanged"} for n in (1, 2, 4, 5, 6, 7, 8, 9)},
        "3": {"folded"},
        "10": {"ignored"},
    }


def test_another_latest_day_is_another_event_and_the_first_stays(run: Import) -> None:
    run(Book().list(7, a_row(7, **{"Date of latest review conference": date(2026, 10, 1)})))
    run(Book().list(7, a_row(7, **{"Date of latest review conference": date(2026, 11, 20)})))
    reviews = casework.ReviewConference.objects.order_by("held_on")
    assert [(one.held_on, one.withdrawn) for one in reviews] == [
        (date(2026, 10, 1), False), (date(2026, 11, 20), False),
    ]  # fmt: skip
    assert casework.ProtectionPlan.objects.count() == 1


@pytest.mark.both_databases
def test_only_what_the_window_covers_is_withdrawn(run: Import) -> None:
    begins = "Child Protection Plan Start Date"
    old, recent = date(2025, 1, 6), date(2026, 9, 20)
    run(
        Book().list(
            7,
            *(a_row(7, child, **{begins: day}) for child, day in ((1, old), (2, recent))),
            *(a_row(7, child) for child in range(3, 8)),
        )
    )
    run(Book().list(7, *(a_row(7, child) for child in range(3, 8))))
    withdrawn = casework.ProtectionPlan.objects.filter(withdrawn=True)
    assert [plan.started_on for plan in withdrawn] == [recent]


def test_a_row_that_was_refused_makes_nothing(run: Import) -> None:
    wrong = {"Date Started to be Looked After": date(2010, 2, 24)}
    report = run(Book().list(8, a_row(8, **wrong)))
    assert fates(report) == {"8": {"quarantined": 1}}
    assert not casework.Placement.objects.exists()
    assert Child.objects.count() == 1


def test_another_childs_row_waits_in_quarantine(run: Import) -> None:
    other = {"Date of Birth": date(2014, 1, 1)}
    report = run(Book().list(8, a_row(8)).list(3, a_row(3, **other), a_row(3, 2)))
    assert fates(report)["3"] == {"created": 1, "quarantined": 1}
    assert Child.objects.count() == 2
    assert RowFinding.objects.get(rule="AXA-I01").line == 2


def test_the_same_row_again_is_a_duplicate_of_its_line(run: Import) -> None:
    report = run(Book().list(2, a_row(2), a_row(2)))
    assert fates(report) == {"2": {"created": 1, "duplicate": 1}}
    assert "line 2" in RowFinding.objects.get(fate="duplicate").sentence


def test_an_unborn_child_has_an_expected_day(run: Import) -> None:
    unborn = {"Date of Birth": date(2027, 1, 20), "Age of Child (Years)": -1}
    run(Book().list(1, a_row(1, **unborn)))
    child = Child.objects.get()
    assert (child.born_on, child.expected_on) == (None, date(2027, 1, 20))


def test_a_worker_is_known_by_name_and_apart_from_codes(run: Import) -> None:
    known = factories.worker("Petra Wills")
    Worker.objects.filter(pk=factories.worker("Somebody Else").pk).update(code="ezra leigh")
    rows = [("Petra  Wills", 1), ("Ezra Leigh", 2), ("EZRA LEIGH", 3), ("Unallocated", 4)]
    book = Book().list(7, *(a_row(7, child, **{"Allocated Worker": n}) for n, child in rows))
    run(book)
    workers = {c.source_key: c.worker for c in _with_keys()}
    assert workers["1"] == known
    assert workers["2"] == workers["3"]
    assert (workers["2"].code, workers["2"].name) == ("name:ezra leigh", "Ezra Leigh")
    assert workers["4"] is None
    run(book)
    assert Worker.objects.count() == 3


def _with_keys() -> list[Any]:
    """Return every child with the identifier by which Annex A knows it."""
    keys = {one.target_id: one.key for one in SourceReference.objects.filter(kind="child")}
    found = list(Child.objects.select_related("worker"))
    for child in found:
        child.source_key = keys[child.pk]
    return found


def test_a_disability_of_unknown_kind_never_displaces_a_known_one(run: Import) -> None:
    said = "Does the Child have a Disability"
    answers = {1: "a) Yes", 2: "b) No", 3: "c) Unknown", 4: "a) Yes"}
    book = Book().list(6, *(a_row(6, child, **{said: text}) for child, text in answers.items()))
    run(Book().list(6, a_row(6, 4)))
    known = {child.source_key: child for child in _with_keys()}["4"]
    said_before = [Said(known.pk, None, "disability", "answered", "MOB")]
    state_from_import(said_before, batch=factories.batch(), at=NOW)
    run(book)
    stated = {
        child.source_key: child.identity_standings.get(characteristic="disability").answer
        for child in _with_keys()
        if child.identity_standings.filter(characteristic="disability", status="answered")
    }
    assert stated == {"1": "YES", "2": "NONE", "4": "MOB"}


def test_a_new_worker_takes_over(run: Import) -> None:
    for name in ("Ezra Leigh", "Rose Cunningham"):
        run(Book().list(7, a_row(7, **{"Allocated Worker": name})))
        assert Child.objects.get().worker.name == name
    assert Child.objects.get().involvements.count() == 1


def test_a_referral_without_further_action_leaves_no_case_open(run: Import) -> None:
    nothing_more = {"Referral NFA?": "a) Yes"}
    run(Book().list(3, a_row(3, 1, **nothing_more), a_row(3, 2, **{"Referral NFA?": "b) No"})))
    assert {child.source_key: child.is_open for child in _with_keys()} == {"1": False, "2": True}


def test_a_fact_is_held_for_the_months_that_a_list_looks_back(run: Import) -> None:
    run(whole_book())
    held = {
        one.fact: (one.complete_from, one.complete_to, one.latest_only)
        for one in Coverage.objects.filter(source__key="annex_a")
    }
    first, last = date(2026, 5, 10), date(2026, 11, 10)
    assert held["section_47.started"] == (first, last, False)
    assert held["conference.held"] == (first, last, False)
    assert held["protection_plan.reviews_held"] == (last, last, True)
    assert held["care_period.placements_started"] == (last, last, True)


def test_what_a_spelling_means_is_said_once_for_all(run: Import) -> None:
    source = {"Referral Source": "Health"}
    run(Book().list(3, a_row(3, 1, **source), a_row(3, 2, **source)))
    finding = RowFinding.objects.filter(rule="SSD-C01").first()
    assert finding is not None
    mend(
        finding,
        value="3A",
        everywhere=True,
        by=factories.user("data officer"),
        at=NOW + timedelta(days=1),
    )
    assert set(casework.Referral.objects.values_list("source_code", flat=True)) == {"3A"}
    run(Book().list(3, a_row(3, 3, **source)))
    assert casework.Referral.objects.get(child=Child.objects.latest("pk")).source_code == "3A"
