"""Concerns: recorded under a ground, counted at most once by characteristic, read by few."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.equality.actions import record_concern
from evenhand.equality.models import Concern
from evenhand.equality.queries import concerns_for, duty_for, report_for
from evenhand.history.models import Entry
from evenhand.people.actions import answer, rebuild_lists
from evenhand.problems import Problem
from tests import factories
from tests.factories import NOW, TODAY
from tests.pages import main_of, table_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def lead() -> User:
    return factories.user("equality_lead")


def raised(by: User, ground: str, **more: Any) -> Concern:
    """A concern raised today."""
    given = {"received_on": TODAY, "what_happened": "Spoken over.", **more}
    return record_concern(by=by, at=NOW, ground=ground, **given)


def counted(lead: User, **period: date) -> tuple[dict[str, int], dict[str, int]]:
    """What the report counts by ground and by characteristic, those that are not nought."""
    found = report_for(lead, **period)
    return (
        {row.ground.id: row.concerns for row in found.grounds if row.concerns},
        {row.characteristic.id: row.concerns for row in found.characteristics if row.concerns},
    )


@pytest.mark.parametrize(
    ("ground", "characteristic"),
    [
        ("hiv-status", {"disability": 1}),
        ("nationality", {"race": 1}),
        ("marital-status", {"marriage-and-civil-partnership": 1}),
        ("class", {}),
        ("unrelated-conviction", {}),
    ],
)
def test_a_concern_counts_once_by_ground_and_at_most_once_by_characteristic(
    lead: User, ground: str, characteristic: dict[str, int]
) -> None:
    raised(lead, ground)
    assert counted(lead) == ({ground: 1}, characteristic)


@pytest.mark.parametrize(
    ("ground", "judged", "characteristic"),
    [
        ("appearance", "disability", {"disability": 1}),
        ("gender", "gender-reassignment", {"gender-reassignment": 1}),
        ("long-term-illness", "none", {}),
    ],
)
def test_a_persons_judgement_stands_over_the_packs_mapping(
    lead: User, ground: str, judged: str, characteristic: dict[str, int]
) -> None:
    raised(lead, ground, characteristic=judged)
    assert counted(lead) == ({ground: 1}, characteristic)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ground": "star-sign"}, "No ground of the policy"),
        ({"ground": "age", "characteristic": "class"}, "protects no characteristic"),
        ({"ground": "age", "received_on": TODAY + timedelta(days=1)}, "still to come"),
    ],
)
def test_what_cannot_be_is_refused(lead: User, given: dict[str, Any], words: str) -> None:
    with pytest.raises(Problem, match=words):
        raised(lead, **given)
    assert not Concern.objects.exists()


def test_recording_one_is_in_the_history_and_names_no_child(lead: User) -> None:
    raised(lead, "religion")
    entry = Entry.objects.get(action="concern.recorded")
    assert entry.child_id is None
    assert "Spoken over" not in str(entry.changes)


def test_a_period_has_both_its_ends(lead: User) -> None:
    for days in (0, 1, 2, 3):
        raised(lead, "age", received_on=TODAY - timedelta(days=days))
    since, until = TODAY - timedelta(days=2), TODAY - timedelta(days=1)
    assert counted(lead, since=since, until=until)[0] == {"age": 2}


def test_a_worker_reads_their_own_and_the_lead_reads_all(lead: User) -> None:
    worker = factories.user("social_worker")
    own, other = raised(worker, "age"), raised(lead, "class")
    assert list(concerns_for(worker)) == [own]
    assert set(concerns_for(lead)) == {own, other}


def test_the_report_is_for_those_who_report(client: Client, lead: User) -> None:
    client.force_login(factories.user("social_worker"))
    assert client.get(reverse("equality:concerns")).status_code == 200
    for route in ("equality:report", "equality:duty"):
        assert client.get(reverse(route)).status_code == 403
    stranger = raised(lead, "age")
    assert client.get(reverse("equality:concern", args=[stranger.ref])).status_code == 404


def test_the_duty_counts_concerns_and_how_far_each_characteristic_is_known(lead: User) -> None:
    child = factories.child()
    factories.child()
    rebuild_lists(today=TODAY)
    answer(
        child, by=lead, at=NOW, characteristic="ethnicity", status="answered", answer="WIRI",
        said_by="child", asked_on=TODAY,
    )  # fmt: skip
    raised(lead, "nationality")
    first = {row.characteristic.id: row for row in duty_for(lead)[0].rows}
    assert first["race"].concerns == 1
    assert first["race"].known is not None
    assert (first["race"].known.known, first["race"].known.counted) == (1, 2)
    assert first["age"].known is None


def test_the_list_is_narrowed_by_ground_and_by_days(lead: User, client: Client) -> None:
    raised(lead, "class")
    raised(lead, "nationality", received_on=TODAY - timedelta(40))
    client.force_login(lead)

    def listed(**asked: str) -> list[str]:
        page = client.get(reverse("equality:concerns"), asked)
        return [row[1] for row in table_of(page, "Concerns")]

    assert len(listed()) == 2
    assert listed(ground="nationality") == ["Nationality"]
    assert listed(since=f"{TODAY:%d/%m/%Y}") == ["Class"]
    assert listed(until=f"{TODAY - timedelta(9):%d/%m/%Y}") == ["Nationality"]
    none = client.get(reverse("equality:concerns"), {"ground": "age"})
    assert "No concern is like this." in main_of(none)
    assert len(listed(ground="nonsense", since="someday")) == 2
