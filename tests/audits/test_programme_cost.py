"""A year of 40 teams and over 3,000 audits stands on one page, at the cost of a small one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.accounts.models import Role
from evenhand.audits.models import Audit
from tests import factories as make
from tests.audits.making import whole_year
from tests.clock import Clock
from tests.pages import table_of

pytestmark = pytest.mark.django_db
TEAMS, MOST_QUERIES = 40, 20


def test_a_year_of_forty_teams_takes_few_queries(clock: Clock) -> None:
    now = clock.at("2026-12-31")
    assurance = make.user(Role.QUALITY_ASSURANCE)
    whole_year(2026, TEAMS, assurance, now)
    assert Audit.objects.count() > 3_000
    client = Client()
    client.force_login(assurance)
    with CaptureQueriesContext(connection) as ran:
        page: Any = client.get("/audits/?year=2026")
    assert len(ran) <= MOST_QUERIES
    teams = table_of(page, "Team manager's file audit, team by team, July")
    assert len(teams) == TEAMS
    assert {cell for row in teams for cell in row[1:]} == {"7/6 kept"}


@pytest.mark.both_databases
def test_first_pages_say_what_is_to_be_audited_this_month_in_one_query(clock: Clock) -> None:
    now = clock.at("2026-05-12")
    team = make.team("Harbour")
    manager = make.user(Role.TEAM_MANAGER, team=team)
    make.child(team=team)
    whole_year(2026, 1, make.user(Role.QUALITY_ASSURANCE), now, teams=[team], each=2)
    client = Client()
    client.force_login(manager)
    with CaptureQueriesContext(connection) as ran:
        page: Any = client.get("/")
    rows = table_of(page, "Audits of May 2026")
    assert rows == [
        ["Team manager's file auditHarbour", "3/6 open"],
        ["The data officer's file of each teamHarbour", "1/1 kept"],
    ]
    assert sum("audits_slot" in one["sql"] for one in ran.captured_queries) == 1
