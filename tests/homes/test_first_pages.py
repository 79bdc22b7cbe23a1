"""First pages after sign-in: each role sees what is theirs to look after, and no further."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.accounts.models import Role, Team
from evenhand.equality.actions import record_concern
from evenhand.facts.registry import BINDINGS
from evenhand.standards import standing
from tests import factories as make
from tests.clock import Clock
from tests.pages import main_of, table_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TEAMS = "Team by team, most late now first"


@pytest.fixture
def service(clock: Clock) -> Team:
    """A service of two teams: one held a review in time, one is late with two."""
    clock.at(f"{make.TODAY}")
    make.coverage(*BINDINGS)
    service = make.team("Children in our care")
    kept, late = make.team("Harbour", parent=service), make.team("Lantern", parent=service)
    held = make.care_period(make.child(team=kept), date(2026, 10, 1))
    make.looked_after_review(held, date(2026, 10, 20))
    for _ in range(2):
        make.care_period(make.child(team=late), date(2026, 10, 1))
    make.team("Another service")
    standing.refresh(make.NOW)
    return service


def _home(role: str, **grant: Any) -> Any:
    client = Client()
    client.force_login(make.user(role, **grant))
    return client.get("/")


def test_a_service_managers_teams_stand_side_by_side_the_latest_first(service: Team) -> None:
    rows = table_of(_home(Role.SERVICE_MANAGER, team=service), TEAMS)
    assert [row[0] for row in rows] == ["Lantern", "Harbour"]
    assert int(rows[0][2]) > int(rows[1][2])


def test_quality_assurance_sees_every_service(service: Team) -> None:
    rows = table_of(_home(Role.QUALITY_ASSURANCE), TEAMS)
    assert [row[0] for row in rows] == ["Children in our care"]


def test_a_team_managers_page_compares_no_teams(service: Team) -> None:
    assert TEAMS not in _home(Role.TEAM_MANAGER, team=service.teams.first()).content.decode()


def test_quality_assurance_sees_how_many_concerns_were_raised_in_a_year(service: Team) -> None:
    recorder = make.user(Role.SOCIAL_WORKER)
    for days in (10, 600):
        record_concern(
            by=recorder, at=make.NOW, team=None, ground="class", what_happened="Turned away.",
            received_on=make.TODAY - timedelta(days=days),
        )  # fmt: skip
    words = main_of(_home(Role.QUALITY_ASSURANCE))
    assert "1 fairness concern since" in " ".join(words.split())


@pytest.mark.parametrize("role", [Role.QUALITY_ASSURANCE, Role.SERVICE_MANAGER])
def test_with_nothing_imported_it_says_so(role: str) -> None:
    team = {"team": make.team("Quay")} if role == Role.SERVICE_MANAGER else {}
    assert "No promise of a team could be judged yet." in main_of(_home(role, **team))
