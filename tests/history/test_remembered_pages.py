"""Who has seen a record and what was changed in it, as those who may ask see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.history.actions import Change, log_view, record
from evenhand.history.models import View
from evenhand.people.actions import answer
from evenhand.people.models import Child, TemporaryAccess
from evenhand.people.queries import looking
from tests import factories as make
from tests.pages import main_of, table_of

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # a Wednesday


class Office:
    """A team's manager, worker and child, and a colleague who looked in by access for a while."""

    def __init__(self) -> None:
        self.team = make.team()
        self.manager = make.user("team_manager", team=self.team)
        self.worker = make.user("social_worker", worker=make.worker(team=self.team))
        self.covering = make.user("social_worker", worker=make.worker(team=make.team()))
        self.child = make.child(surname="Tamarisk", team=self.team, worker=self.worker.worker)
        log_view(self.worker, self.child.pk, page="child", at=NOON)
        log_view(self.worker, self.child.pk, page="identity", at=NOON + timedelta(hours=1))
        TemporaryAccess.objects.create(
            ref="lent00000001", child=self.child, user=self.covering, reason="covering",
            because="Their worker is away.", starts_at=NOON, ends_at=NOON + timedelta(hours=24),
        )  # fmt: skip
        at = NOON + timedelta(hours=2)
        log_view(self.covering, self.child.pk, page="child", at=at, why="Their worker is away.")


@pytest.fixture
def office() -> Office:
    return Office()


def page(
    client: Client, viewer: User, route: str, child: Child | None = None, **asked: str
) -> object:
    client.force_login(viewer)
    return client.get(reverse(route, args=[child.ref] if child else []), asked)


def test_a_manager_sees_who_has_seen_a_child_when_and_why(client: Client, office: Office) -> None:
    shown = page(client, office.manager, "pages:seen", office.child)
    people = {row[0]: row[1] for row in table_of(shown, "By person")}
    assert people[office.worker.name] == "2"
    assert people[office.manager.name] == "1"
    assert [name for name in people if name.endswith("Had access for a while")] == [
        f"{office.covering.name}Had access for a while"
    ]
    each = table_of(shown, "Each time")
    assert [row[2:] for row in each if office.covering.name in row[1]] == [
        ["The child's page", "Their worker is away."]
    ]


def test_one_persons_looks_and_those_from_a_day_on(client: Client, office: Office) -> None:
    shown = page(client, office.manager, "pages:seen", office.child, who=office.worker.ref)
    assert {row[1] for row in table_of(shown, "Each time")} == {office.worker.name}
    later = timezone.localdate() + timedelta(days=1)
    shown = page(client, office.manager, "pages:seen", office.child, since=f"{later:%d/%m/%Y}")
    assert "Nobody has opened it in that time." in main_of(shown)
    shown = page(client, office.manager, "pages:seen", office.child, since="never", who="nobody")
    assert len(table_of(shown, "Each time")) > 2


def test_looks_come_out_as_a_file_that_runs_nothing(client: Client, office: Office) -> None:
    log_view(office.worker, office.child.pk, page="child", at=NOON, why="=HYPERLINK(1)")
    taken = page(client, office.manager, "pages:seen", office.child, **{"as": "csv"})
    lines = taken.content.decode().splitlines()
    assert lines[0] == "when,who,page,why,access for a while"
    assert any(line.endswith("Their worker is away.,yes") for line in lines)
    assert not any(",=" in line for line in lines)


def test_looks_at_a_merged_record_are_looks_at_the_child(client: Client, office: Office) -> None:
    merged = make.child(merged_into=office.child)
    log_view(office.worker, merged.pk, page="child", at=NOON - timedelta(days=9))
    shown = page(client, office.manager, "pages:seen", office.child, who=office.worker.ref)
    assert len(table_of(shown, "Each time")) == 3


def test_who_may_not_ask_is_shown_none_of_it(client: Client, office: Office) -> None:
    assert page(client, office.worker, "pages:seen", office.child).status_code == 403
    shown = page(client, office.worker, "pages:child", office.child)
    assert "Who has looked" not in main_of(shown)
    elsewhere = make.user("team_manager", team=make.team())
    assert page(client, elsewhere, "pages:seen", office.child).status_code == 404


def test_changes_are_told_in_plain_words(client: Client, office: Office) -> None:
    answer(
        office.child, by=office.worker, at=NOON, characteristic="ethnicity", status="answered",
        answer="WBRI", said_by="child", asked_on=NOON.date(), how="Face to face",
    )  # fmt: skip
    moved = Change(
        office.child, {"born_on": ("2012-03-01", "2012-03-02"), "is_open": (True, False)},
        child_id=office.child.pk, reason="The birth certificate says so.",
    )  # fmt: skip
    with transaction.atomic():
        record("import.changed", moved, by=None, at=NOON)

    said = main_of(page(client, office.worker, "pages:changes", office.child))

    assert "Ethnicity: nothing → White British." in said
    assert "Born on: Thu 1 March 2012 → Fri 2 March 2012." in said
    assert "Is open: yes → no." in said
    assert "Why: The birth certificate says so." in said
    assert "By the case system's file." in said


def test_what_was_volunteered_is_not_told_in_changes(client: Client, office: Office) -> None:
    answer(
        office.child, by=office.worker, at=NOON, characteristic="sexual_orientation",
        status="answered", answer="", own_words="Told in trust", said_by="child",
        asked_on=NOON.date(), how="Face to face", may_see="worker",
    )  # fmt: skip
    assert "trust" not in main_of(page(client, office.manager, "pages:changes", office.child))


def test_the_data_protection_officer_is_asked_questions(client: Client, office: Office) -> None:
    officer, now = make.user("data_protection_officer"), timezone.now()
    busy = timezone.localtime(now - timedelta(days=1)).replace(hour=3, minute=1)
    for number in range(30):
        log_view(office.worker, number + 1_000_000, page="child", at=busy)
    kin = make.user("social_worker", worker=make.worker())
    kin.name = "Robin Tamarisk"
    kin.save()
    log_view(kin, office.child.pk, page="child", at=now - timedelta(hours=1))

    shown = page(client, officer, "pages:looks")

    assert [row[0::2] for row in table_of(shown, "Many records in an hour")] == [
        [office.worker.name, "30"]
    ]
    assert [office.worker.name, "30"] in table_of(shown, "Out of hours")
    for caption in ("The same surname", "Not theirs today"):
        assert [row[0] for row in table_of(shown, caption)] == ["Robin Tamarisk"]
    assert page(client, office.manager, "pages:looks").status_code == 403


@pytest.mark.parametrize(("children", "listed"), [(29, 0), (30, 1), (31, 1)])
def test_many_is_as_many_as_the_pack_says(children: int, listed: int) -> None:
    viewer = make.user("social_worker", worker=make.worker())
    for number in range(children):
        log_view(viewer, number + 1, page="child", at=NOON + timedelta(seconds=number))
    assert len(looking.busy_hours(View.objects.all(), 30)) == listed
