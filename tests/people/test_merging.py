"""Two records of one child: read as one everywhere, and parted again with nothing lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.facts.reading import columns
from evenhand.history.models import Entry
from evenhand.people.actions import answer, merge_children, unmerge
from evenhand.people.models import Child, IdentityTally
from evenhand.problems import Problem
from evenhand.standards import standing
from evenhand.standards.models import Standing, StandingTally
from tests import factories as make
from tests.clock import Clock
from tests.imports.conftest import NOW, Import, extract, run
from tests.imports.extracts import Extract
from tests.pages import links_of, main_of, table_of

__all__ = ["extract", "run"]
BORN = {"dob": "2015-06-01", "surname": "Harbour"}
WHY = "The same mother told us."


@pytest.fixture
def two(run: Import, extract: Extract, clock: Clock) -> tuple[Child, Child]:
    """Return two records: one with a referral, one with a period of care, both open."""
    clock.at("2026-11-21")
    extract.person("1", forename="Wren", upn="A801200000001", **BORN)
    extract.person("2", forename="Wrenna", upn="A801200000001", **BORN)
    extract.row("ssd_cin_episodes", "F1", "1", cine_referral_team="T1")
    extract.row("ssd_cla_episodes", "E1", "2")
    extract.row("ssd_cla_reviews", "R1", "2", clar_cla_review_date="2026-10-20")
    extract.row("ssd_department", "T1", dept_team_name="Harbour")
    run(extract)
    return Child.objects.get(forename="Wren"), Child.objects.get(forename="Wrenna")


@pytest.fixture
def director(db: None) -> User:
    """Return somebody who may open every record."""
    return make.user(Role.DIRECTOR)


@pytest.fixture
def page(client: Client, director: User) -> Client:
    """Return a client that they are signed in with."""
    client.force_login(director, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _merge(two: tuple[Child, Child], by: User) -> None:
    merge_children(*two, by=by, at=timezone.now(), reason=WHY)


def _all_that_is_derived() -> list[object]:
    columns_of_standing = ("standard", "subject_id", "cycle", "child_id", "team_id", "kind")
    return [
        sorted(Standing.objects.values_list(*columns_of_standing), key=str),
        sorted(
            StandingTally.objects.exclude(Q(open=0) & Q(late=0) & Q(kept=0)).values_list(
                "standard", "team", "month", "open", "late", "kept"
            ),
            key=str,
        ),
        sorted(
            IdentityTally.objects.filter(count__gt=0).values_list(
                "team", "characteristic", "state", "count"
            ),
            key=str,
        ),
        sorted(Child.objects.values_list("pk", "is_open", "team", "worker", "merged_into")),
    ]


def test_the_childs_page_shows_what_happened_to_both(
    page: Client, two: tuple[Child, Child], director: User
) -> None:
    _merge(two, director)
    kept, other = two
    for ref in (kept.ref, other.ref):
        shown = main_of(page.get(reverse("pages:child", args=[ref])))
        assert "Referred to us" in shown
        assert "A looked-after review was held" in shown
    listed = main_of(page.get(reverse("people:children")))
    assert "1 to 1 of 1 children" in listed


@pytest.mark.parametrize("words", ["Wren Harbour", "Wrenna", "2"])
def test_a_search_finds_the_child_by_either_name_or_number(
    page: Client, two: tuple[Child, Child], director: User, words: str
) -> None:
    _merge(two, director)
    found = page.post(reverse("people:search"), {"words": words}, follow=True)
    assert reverse("pages:child", args=[two[0].ref]) in links_of(found)


@pytest.mark.both_databases
def test_what_stands_is_of_one_child(two: tuple[Child, Child], director: User) -> None:
    kept, other = two
    assert Standing.objects.filter(child_id=other.pk).exists()
    _merge(two, director)
    assert not Standing.objects.filter(child_id=other.pk).exists()
    assert set(columns("care_period", [], children=[kept.pk]).children) == {kept.pk}
    standing.refresh(timezone.now())
    assert not Standing.objects.filter(child_id=other.pk).exists()


def test_one_child_is_counted_once(two: tuple[Child, Child], director: User) -> None:
    def asked() -> int:
        whole = IdentityTally.objects.filter(characteristic="religion", person="child")
        return sum(whole.values_list("count", flat=True))

    before = asked()
    _merge(two, director)
    assert (before, asked()) == (2, 1)


def test_what_either_said_counts(page: Client, two: tuple[Child, Child], director: User) -> None:
    kept, other = two
    answer(
        other, by=director, at=NOW, characteristic="ethnicity", status="answered",
        answer="WOTH", said_by="child", asked_on=date(2026, 11, 1), how="Face to face",
    )  # fmt: skip
    _merge(two, director)
    assert "Any other White" in main_of(page.get(reverse("people:identity", args=[kept.ref])))


@pytest.mark.both_databases
def test_parted_again_all_is_as_before(two: tuple[Child, Child], director: User) -> None:
    before = _all_that_is_derived()
    _merge(two, director)
    assert _all_that_is_derived() != before
    unmerge(two[1], by=director, at=timezone.now(), reason="Cousins of one name.")
    assert _all_that_is_derived() == before
    actions = Entry.objects.filter(subject="people.child", action__contains="merged")
    assert sorted(actions.values_list("action", flat=True)) == ["child.merged", "child.unmerged"]


def test_a_later_import_keeps_them_one(
    two: tuple[Child, Child], director: User, run: Import, extract: Extract
) -> None:
    _merge(two, director)
    extract.change("ssd_cin_episodes", "F1", cine_close_date="2026-11-01")
    run(extract)
    kept = Child.objects.get(pk=two[0].pk)
    assert kept.is_open  # by the other record's period of care
    assert not Standing.objects.filter(child_id=two[1].pk).exists()


def test_no_chain_and_no_merge_without_a_reason(two: tuple[Child, Child], director: User) -> None:
    third = make.child()
    with pytest.raises(Problem, match="No reason"):
        merge_children(*two, by=director, at=NOW, reason=" ")
    with pytest.raises(Problem, match="one record"):
        merge_children(third, third, by=director, at=NOW, reason=WHY)
    _merge(two, director)
    with pytest.raises(Problem, match="third record"):
        merge_children(third, two[1], by=director, at=NOW, reason=WHY)
    with pytest.raises(Problem, match="merged into this one"):
        merge_children(third, two[0], by=director, at=NOW, reason=WHY)


def test_the_pages_list_show_merge_and_part(
    page: Client, two: tuple[Child, Child], director: User
) -> None:
    kept, other = two
    listed = page.get(reverse("people:twice"))
    address = reverse("people:merge", args=[kept.ref, other.ref])
    assert address in links_of(listed)
    assert "same unique pupil number" in main_of(listed)
    rows = {row[0]: row[1:] for row in table_of(page.get(address), "What each record holds")}
    assert rows["Numbers in the sources"] == [
        "1 in Case system (SSD extract)",
        "2 in Case system (SSD extract)",
    ]
    assert rows["Referrals"] == ["1", "0"]
    assert rows["Looked after reviews"] == ["0", "1"]
    page.post(address, {"reason": WHY})
    assert "No two records" in main_of(page.get(reverse("people:twice")))
    shown = page.get(reverse("pages:child", args=[kept.ref]))
    back = reverse("people:unmerge", args=[kept.ref, other.ref])
    assert back in links_of(shown)
    page.post(back, {"reason": "Cousins."})
    assert Child.objects.filter(merged_into=None).count() == 2
    assert Path(back).name
