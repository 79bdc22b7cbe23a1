"""What an authority's log holds of a fault: where, of what kind, and its reference; no words."""

from __future__ import annotations

import logging
import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client, override_settings

from evenhand.accounts.models import Role
from evenhand.config.logs import RouteOnly, WithoutWords
from tests import factories as make
from tests.access.test_every_route import logged

NAME = "Wren Harbourlight"


def broken(request: object) -> None:
    """Fail as a part of ours might, with a child's name in the words."""
    try:
        int(NAME)
    except ValueError as fault:
        raise LookupError(f"no child is called {NAME}") from fault


@pytest.mark.django_db
def test_a_fault_is_logged_with_the_reference_of_its_page_and_no_words() -> None:
    """Nor is the address that was typed."""
    client = Client(raise_request_exception=False)
    client.force_login(make.user(Role.DIRECTOR))
    with override_settings(DESIGN_SHELL=f"{__name__}.broken"), logged() as log:
        page = client.get("/standards/").content.decode()
    (reference,) = re.findall(r"this reference: <strong>(\w{12})</strong>", page)
    said = log.getvalue()
    assert f"500 GET /standards/, reference {reference}" in said
    assert "test_logs.py" in said
    assert "builtins.LookupError" in said
    assert "builtins.ValueError" in said
    assert "Harbourlight" not in said


@pytest.mark.django_db
def test_an_address_that_somebody_typed_is_not_logged() -> None:
    """It may be a name."""
    client = Client()
    client.force_login(make.user(Role.DIRECTOR))
    with logged() as log:
        client.get("/wren-harbourlight/2012-03-01/")
        client.get("/children/Wren-Harbourlight/")
    assert "an address that leads nowhere" in log.getvalue()
    assert not re.search("(?i)harbourlight|2012", log.getvalue())


def test_without_a_fault_a_record_is_as_it_is() -> None:
    """What is no request of a browser keeps its words."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(WithoutWords("{levelname}: {message}", style="{"))
    handler.addFilter(RouteOnly())
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s rows", (3,), None)
    handler.handle(record)
    assert out.getvalue() == "INFO: 3 rows\n"


def test_the_programs_own_settings_log_so(settings) -> None:
    """Every handler of production: where the formatter or the filter went, words would be out."""
    handlers = settings.LOGGING["handlers"]
    formatters = settings.LOGGING["formatters"]
    assert {formatters[each["formatter"]]["()"] for each in handlers.values()} == {
        "evenhand.config.logs.WithoutWords"
    }
    assert all(each["filters"] == ["route_only"] for each in handlers.values())
    assert settings.LOGGING["loggers"]["django.db.backends"]["level"] == "WARNING"
    assert Path(sys.modules[WithoutWords.__module__].__file__).name == "logs.py"
