"""The pages that settle differences, rank sources, and say which record a row tells of."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.casework.models import LookedAfterReview, Referral
from evenhand.history.models import Entry, View
from evenhand.people.models import Child
from evenhand.sources.models import Difference, RowFinding, SourceReference
from tests import factories
from tests.imports.conftest import Import
from tests.imports.extracts import Extract
from tests.imports.test_differences import BORN, _referral
from tests.pages import hidden_of, links_of, main_of, table_of

LIST = "imports:differences"


@pytest.fixture
def page(client: Client, db: None) -> Client:
    """Return a client that a data officer is signed in with."""
    officer = factories.user(Role.DATA_OFFICER)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def other(tmp_path: Path) -> Extract:
    """Return an empty extract of another source."""
    return Extract(tmp_path / "other")


@pytest.fixture
def differing(run: Import, extract: Extract, other: Extract) -> Difference:
    """Return a day on which a referral was closed that two sources tell differently."""
    run(_referral(extract.person("1", dob=BORN), "F1", close_date="2026-05-01"))
    run(_referral(other.person("1", dob=BORN), "X1", close_date="2026-05-09"), source="returns")
    return Difference.objects.get()


def _settle(page: Client, one: Difference, **said: str) -> Any:
    form = {"decision": "believed", "where": "here", "reason": "Seen in the file.", **said}
    return page.post(reverse("imports:difference", args=[one.ref]), form)


def test_nothing_differs(page: Client) -> None:
    assert "Nothing differs." in main_of(page.get(reverse(LIST)))


def test_what_differs_is_listed_with_both_words(page: Client, differing: Difference) -> None:
    shown = page.get(reverse(LIST))
    assert table_of(shown, "Where sources differ") == [
        [
            "Closed onReferral",
            "Fri 1 May 2026Case system (SSD extract)",
            "Sat 9 May 2026returns",
        ]
    ]
    assert reverse("imports:difference", args=[differing.ref]) in links_of(shown)
    empty = page.get(reverse(LIST), {"kind": "referral", "field": "closed_on", "source": "ssd"})
    assert "There is a problem" in empty.content.decode() or "Nothing differs" in main_of(empty)


def test_looking_at_one_is_logged_and_names_nobody(page: Client, differing: Difference) -> None:
    shown = main_of(page.get(reverse("imports:difference", args=[differing.ref])))
    assert "1 May 2026" in shown
    assert "9 May 2026" in shown
    assert View.objects.get(page="imports:difference").child_id == Child.objects.get().pk


def test_the_other_source_is_believed_from_then_on(
    page: Client, differing: Difference, run: Import, extract: Extract, other: Extract
) -> None:
    _settle(page, differing)
    assert Referral.objects.get().closed_on == date(2026, 5, 9)
    kept = Entry.objects.get(action="difference.believed")
    assert kept.changes == {"closed_on": ["2026-05-01", "2026-05-09"]}
    assert kept.reason == "Seen in the file."
    run(extract)
    assert Referral.objects.get().closed_on == date(2026, 5, 9)
    other.change("ssd_cin_episodes", "X1", cine_close_date="2026-05-11")
    run(other, source="returns")
    assert Referral.objects.get().closed_on == date(2026, 5, 11)
    assert not Difference.objects.filter(standing="open").exists()


def test_what_is_left_stays_left_until_either_says_something_new(
    page: Client, differing: Difference, run: Import, other: Extract
) -> None:
    _settle(page, differing, decision="left")
    run(other, source="returns")
    assert Referral.objects.get().closed_on == date(2026, 5, 1)
    assert not Difference.objects.filter(standing="open").exists()
    other.change("ssd_cin_episodes", "X1", cine_close_date="2026-05-12")
    run(other, source="returns")
    assert Difference.objects.get().standing == "open"


def test_a_reason_is_asked(page: Client, differing: Difference) -> None:
    assert "Why?" in main_of(_settle(page, differing, reason=""))
    assert Difference.objects.get().standing == "open"


def test_all_that_are_alike_are_settled_at_once(
    page: Client, run: Import, extract: Extract, other: Extract
) -> None:
    for source, day in ((extract, "2026-05-01"), (other, "2026-05-09")):
        for child in ("1", "2", "3"):
            source.person(child, dob=BORN)
            source.row("ssd_cin_episodes", f"F{child}", child, cine_close_date=day)
    run(extract)
    run(other, source="returns")
    first = Difference.objects.order_by("pk")[0]
    shown = main_of(page.get(reverse("imports:difference", args=[first.ref])))
    assert "the 2 others like it" in shown
    _settle(page, first, where="alike")
    assert set(Referral.objects.values_list("closed_on", flat=True)) == {date(2026, 5, 9)}
    assert Entry.objects.filter(action="difference.believed").count() == 3


def test_an_event_that_one_source_alone_tells_counts_once_it_is_believed(
    page: Client, run: Import, extract: Extract, other: Extract
) -> None:
    for source, days in ((extract, ("2026-04-20", "2026-07-20")), (other, ("2026-06-01",))):
        source.person("1", dob=BORN).row("ssd_cla_episodes", "E", "1")
        for day in days:
            source.row("ssd_cla_reviews", f"R{day}", "1", clar_cla_review_date=day)
    run(extract)
    run(other, source="returns")
    one = Difference.objects.get(field="")
    assert "Which source leads" in main_of(page.get(reverse("imports:ranks")))
    assert (
        "it has no such event"
        in main_of(page.get(reverse("imports:difference", args=[one.ref]))).lower()
    )
    _settle(page, one)
    assert LookedAfterReview.objects.filter(withdrawn=False).count() == 3
    run(other, source="returns")
    assert LookedAfterReview.objects.filter(withdrawn=False).count() == 3


def test_the_order_of_sources_is_set_for_one_kind(
    page: Client, differing: Difference, run: Import, extract: Extract, other: Extract
) -> None:
    address = reverse("imports:ranks") + "?kind=referral"
    seen = {"seen.order": "ssd roster returns"}
    said = page.post(address, {**seen, "ssd": "3", "roster": "3", "returns": "1"})
    assert "Two sources have the same place." in main_of(said)
    page.post(address, {**seen, "ssd": "3", "roster": "2", "returns": "1"})
    rows = {row[0]: row[1:] for row in table_of(page.get(address), "Which source leads")}
    assert rows["Referral"] == ["returns, then Roster, then Case system (SSD extract)", "This kind"]
    assert rows["Contact"][1] == "Every kind"
    run(other, source="returns")
    assert Referral.objects.get().closed_on == date(2026, 5, 9)
    assert differing.pk


def test_an_order_that_somebody_else_changed_meanwhile_is_shown_beside_ones_own(
    page: Client, differing: Difference
) -> None:
    address = reverse("imports:ranks") + "?kind=referral"
    opened = hidden_of(page.get(address), "seen.order")
    page.post(address, {"seen.order": opened, "ssd": "2", "roster": "1", "returns": "3"})
    mine = {"seen.order": opened, "ssd": "3", "roster": "2", "returns": "1"}
    said = page.post(address, mine)
    assert "Somebody else changed this order while you were choosing." in main_of(said)
    assert table_of(said, "The order as somebody else has set it, and yours") == [
        ["Case system (SSD extract)", "2", "3"], ["Roster", "1", "2"], ["returns", "3", "1"],
    ]  # fmt: skip
    page.post(address, {**mine, "seen.order": hidden_of(said, "seen.order")})
    rows = {row[0]: row[1:] for row in table_of(page.get(address), "Which source leads")}
    assert rows["Referral"][0].startswith("returns, then Roster")
    assert differing.pk


def test_a_row_in_doubt_is_said_to_be_one_child_or_another(
    page: Client, run: Import, extract: Extract, other: Extract
) -> None:
    run(extract.person("1", dob=BORN))
    other.person("1", dob="2015-06-10").row("ssd_cin_episodes", "X1", "1")
    run(other, source="returns")
    found = RowFinding.objects.get(rule="ALL-M01")
    address = reverse("imports:which", args=[found.ref])
    assert address in links_of(page.get(reverse("imports:finding", args=[found.ref])))
    child = Child.objects.get()
    assert "1 June 2015 (Case system (SSD extract), as 1)" in main_of(page.get(address))
    page.post(address, {"record": str(child.pk)})
    assert Referral.objects.get().child_id == child.pk
    assert SourceReference.objects.filter(kind="child", target_id=child.pk).count() == 2


def test_a_row_in_doubt_is_said_to_be_another_child(
    page: Client, run: Import, extract: Extract, other: Extract
) -> None:
    run(extract.person("1", dob=BORN))
    run(other.person("1", dob="2015-06-10"), source="returns")
    found = RowFinding.objects.get(rule="ALL-M01")
    page.post(reverse("imports:which", args=[found.ref]), {"record": "another"})
    assert Child.objects.count() == 2
    run(other, source="returns")
    assert Child.objects.count() == 2
    assert not RowFinding.objects.filter(standing="open").exists()


def test_an_event_in_doubt_is_chosen(
    page: Client, run: Import, extract: Extract, other: Extract
) -> None:
    for source, days in ((extract, ("2026-04-20", "2026-04-24")), (other, ("2026-04-22",))):
        source.person("1", dob=BORN).row("ssd_cla_episodes", "E", "1")
        for day in days:
            source.row("ssd_cla_reviews", f"R{day}", "1", clar_cla_review_date=day)
    run(extract)
    run(other, source="returns")
    found = RowFinding.objects.get(rule="ALL-M03")
    address = reverse("imports:which", args=[found.ref])
    review = LookedAfterReview.objects.get(held_on="2026-04-24")
    assert "20 April 2026" in main_of(page.get(address))
    page.post(address, {"record": str(review.pk)})
    review.refresh_from_db()
    assert review.held_on == date(2026, 4, 24)
    assert LookedAfterReview.objects.count() == 2
