"""An engine makes up requests to every endpoint, from a document of them; none is a fault of ours.

A few for each endpoint, always the same ones; ``EVENHAND_FUZZ=1`` makes many, new each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.middleware.csrf import _get_new_csrf_string
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from evenhand.accounts.models import Role
from evenhand.accounts.roles import roles
from tests.access.test_every_route import TABLE, signed_in, undone
from tests.access.world import World
from tests.hardening.endpoints import document

pytestmark = pytest.mark.django_db
THOROUGH = bool(os.environ.get("EVENHAND_FUZZ"))
QUICK = profile(
    max_examples=400 if THOROUGH else 2,
    derandomize=not THOROUGH,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink] if THOROUGH else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
FAULT = 500


@pytest.fixture
def staying() -> Iterator[None]:
    """Keep the database open from one request to the next, as Django's own client does.

    A test is one transaction: a connection closed in it answers nothing more, and a page that
    never reaches the database is no page that was tried.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("role", list(roles().roles) if THOROUGH else [Role.DIRECTOR])
def test_no_request_that_an_engine_makes_up_is_a_fault_of_ours(
    role: str, walked: World, staying: None
) -> None:
    """Whatever stands in the address, the query or the form."""
    schema = schemathesis.openapi.from_dict(document(TABLE, role, walked))
    program, faults, tried = WSGIHandler(), [], set()
    sent = _signed(walked)
    for found in schema.get_all_operations():
        operation = found.ok()
        modes = [operation.as_strategy(mode) for mode in schemathesis.GenerationMode]

        @QUICK
        @given(st.one_of(modes))
        def ask(case: Any) -> None:
            with undone():
                reply = case.call(app=program, **sent)
            tried.add((case.method, case.path))
            if reply.status_code == FAULT:
                faults.append((case.method, case.formatted_path, case.query, case.body))

        ask()
    assert faults == [], "\n".join(map(repr, faults))
    assert len(tried) == sum(len(each) for each in schema.raw_schema["paths"].values())


def _signed(walked: World) -> dict[str, dict[str, str]]:
    """Return the cookies and headers of a browser with the role's person signed in."""
    session = signed_in(walked).cookies[settings.SESSION_COOKIE_NAME].value
    token = _get_new_csrf_string()
    return {
        "cookies": {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: token},
        "headers": {"X-CSRFToken": token, "Host": "testserver"},
    }
