"""Islehaven written, imported and timed once, as an authority's own extract would be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connections, transaction

from evenhand.imports.actions import import_paths
from evenhand.imports.report import Report
from evenhand.rules.london import last_moment
from evenhand.synth.build import Order, build
from evenhand.synth.manifest import Manifest

AS_AT = date(2026, 11, 20)
CHILDREN, SEED = 3_000, 1


class Islehaven(NamedTuple):
    """What was written, what the importer said of it, and the moment from which one looks."""

    manifest: Manifest
    report: Report
    folder: Path
    now: datetime


@pytest.fixture(scope="module")
def islehaven(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Islehaven]:
    """Import Islehaven for the tests of one module; nothing of it is left behind."""
    folder = tmp_path_factory.mktemp("islehaven")
    manifest = build(Order(CHILDREN, SEED, AS_AT), folder)
    now = last_moment(AS_AT + timedelta(days=1))
    with django_db_blocker.unblock(), ExitStack() as stack:
        for database in connections:
            stack.enter_context(transaction.atomic(using=database))
        report = import_paths([folder], by=None, now=now, as_at=AS_AT)
        yield Islehaven(manifest, report, folder, now)
        for database in connections:
            transaction.set_rollback(True, using=database)
