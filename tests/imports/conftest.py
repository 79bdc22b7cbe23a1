"""An import of what a test writes, as the command and the pages run it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.imports.actions import import_paths
from evenhand.imports.report import Report
from tests.imports.extracts import Extract

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
Import = Callable[..., Report]


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    """Return an empty extract."""
    return Extract(tmp_path / "extract")


@pytest.fixture
def run(db: None) -> Import:
    """Return a function that imports an extract; each run is an hour after the one before."""
    runs: list[datetime] = []

    def run_import(source: Extract | Path, /, **options: object) -> Report:
        at = NOW + timedelta(hours=len(runs))
        runs.append(at)
        folder = source.write() if isinstance(source, Extract) else source
        options.setdefault("as_at", date(2026, 11, 20))
        return import_paths([folder], by=None, now=at, **options)  # type: ignore[arg-type]

    return run_import
