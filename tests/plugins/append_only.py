"""Let a test's own clean-up empty the append-only history, and lock it again for the next test."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    from django.db import connections
    from django.test import TransactionTestCase

    from evenhand.history import locks

    flush = TransactionTestCase._fixture_teardown

    def unlock_and_flush(self: Any) -> None:
        for connection in connections.all():
            locks.remove(connection)
        flush(self)
        for connection in connections.all():
            locks.install(connection)

    TransactionTestCase._fixture_teardown = unlock_and_flush
