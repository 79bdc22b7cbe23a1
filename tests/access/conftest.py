"""One pair of services for all the walks of a module; what each walk does to it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connections, transaction

from tests.access.world import Services, World, joined, services


@pytest.fixture(scope="module")
def both(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """Return both services, made once; taken away after the module's last test."""
    with django_db_blocker.unblock(), ExitStack() as kept:
        for name in connections:
            block = transaction.atomic(using=name)
            block._from_testcase = True  # a test's own transaction is inside, as it would be
            kept.enter_context(block)
            kept.callback(transaction.set_rollback, True, using=name)
        yield services(tmp_path_factory.mktemp("walk"))


@pytest.fixture
def walked(both: Services, db: None, role: str) -> World:
    """Return both services with the person of a role in the first."""
    return joined(role, both)
