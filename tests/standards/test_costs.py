"""A page costs at most 20 queries."""

from __future__ import annotations

import pytest
from django.test import Client

from evenhand.accounts.models import Role
from tests import factories as make
from tests.standards.conftest import Authority

PATHS = (
    "/standards/",
    "/standards/england/looked-after-review/",
    "/standards/england/looked-after-review/children/",
    "/standards/states/",
    "/standards/indicators/",
    "/standards/data/",
    "/standards/data/referral-ethnicity/",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.TEAM_MANAGER, Role.SOCIAL_WORKER])
def test_at_most_twenty_queries(
    authority: Authority,
    path: str,
    role: str,
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    client = Client()
    team = authority.team if role == Role.TEAM_MANAGER else None
    worker = authority.worker if role == Role.SOCIAL_WORKER else None
    client.force_login(make.user(role, team=team, worker=worker))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert client.get(path).status_code == 200
