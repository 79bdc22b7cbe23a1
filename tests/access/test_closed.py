"""A record that is closed to somebody changes nothing that they see: no list, no count, no file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.accounts.models import Role
from evenhand.equality import tallying
from evenhand.people.actions import answer, rebuild_lists, restrict
from evenhand.standards import standing
from tests import factories as make
from tests.access.test_every_route import pages
from tests.access.world import BORN, World

pytestmark = pytest.mark.django_db
CLOSED_NAME = "Nightingaleward"
NOT_OF_RECORDS = ("/equality/fares", "/health/", "/metrics")
"""Figures by group are not exact, and hidden where small, for whom a record is closed to."""
FIGURES_BY_GROUP = (
    "/monitoring/needs", "/monitoring/gaps/", "/monitoring/baselines/", "/monitoring/places/",
    "/monitoring/judgements/", "/monitoring/quality/",
)  # fmt: skip
COUNTS_LOOKS = b"Times opened"
"""The dashboard of audits counts how often the director opened it, which this test does."""


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.DIRECTOR])
def test_a_closed_record_changes_nothing(role: str, walked: World) -> None:
    """Added and closed, it leaves every page, export and search as it was."""
    count_anew()
    before = shown(walked, role)
    add_and_close(walked)
    after = shown(walked, role)

    assert [where for where, page in after.items() if CLOSED_NAME.encode() in page] == []
    new = {where: differing(before[where], page) for where, page in after.items()}
    changed = {where: lines for where, lines in new.items() if lines}
    assert {where for where in changed if not is_by_group(where)} == set(), changed


def is_by_group(where: str) -> bool:
    """Whether a page of monitoring hides what is small from them, once a record is closed."""
    path = where.partition("?")[0]
    return path == "/monitoring/" or path.startswith(FIGURES_BY_GROUP)


def shown(walked: World, role: str) -> dict[str, bytes]:
    return {
        where: page
        for where, page in pages(walked, role).items()
        if not where.startswith(NOT_OF_RECORDS)
    }


def differing(before: bytes, after: bytes) -> list[bytes]:
    """The first lines of a page that were not on it before."""
    known = set(before.splitlines())
    new = [line for line in after.splitlines() if line not in known and COUNTS_LOOKS not in line]
    return new[:3]


def add_and_close(walked: World) -> None:
    """A child of the viewer's own team and caseload, with much to list and count."""
    own, today, now = walked.own.child, timezone.localdate(), timezone.now()
    child = make.child(born_on=BORN, surname=CLOSED_NAME, team=own.team, worker=own.worker)
    make.care_period(child, today - timedelta(days=100))
    make.section_47(child, today - timedelta(days=5))
    make.referral(child, today - timedelta(days=100))
    by = make.user(Role.DIRECTOR)
    for code, how in (("WBRI", "Read in the referral"), ("WOTH", "Read in the assessment")):
        answer(
            child, by=by, at=now, characteristic="ethnicity", status="answered", answer=code,
            said_by="worker", asked_on=today, how=how,
        )  # fmt: skip
    restrict(child, by=by, at=now, reason="own-family", shut_out=[walked.viewer])
    count_anew()


def count_anew() -> None:
    """Bring every list and tally up to date, as upkeep does."""
    now = timezone.now()
    rebuild_lists(today=timezone.localdate(now))
    standing.refresh(now)
    tallying.refresh(now)
