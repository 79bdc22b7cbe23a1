"""Let a test's own clean-up empty the append-only history, and lock it again for the next test.

The lists of seals outside the database go with it."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    from django.db import connections
    from django.test import TransactionTestCase

    from evenhand.history import locks, witness
    from evenhand.history.books import BOOKS

    flush = TransactionTestCase._fixture_teardown

    def unlock_and_flush(self: Any) -> None:
        for connection in connections.all():
            locks.remove(connection)
        flush(self)
        for connection in connections.all():
            locks.install(connection)
        for path in [path for book in BOOKS for path in witness.paths(book)]:
            path.unlink(missing_ok=True)  # it lists seals that are gone with the books

    TransactionTestCase._fixture_teardown = unlock_and_flush
