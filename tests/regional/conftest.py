"""The packs' definitions, read once for each module that counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from evenhand.regional import by_columns, definitions, layout, plans
from evenhand.regional.counts import together
from evenhand.regional.definitions import Definitions
from evenhand.regional.plans import Plan

Count = Callable[..., pl.DataFrame]


@cache
def defined() -> Definitions:
    """Return what the pack england says is compared."""
    return definitions.read("england")


def planned(path: Path) -> tuple[list[Plan], list[str]]:
    """Return the plans of a path's sources, and what was said."""
    sources, said = layout.find(path)
    found = [plan for each in sources if (plan := plans.plan(each, defined(), said))]
    return found, said


@pytest.fixture
def count(tmp_path: Path) -> Count:
    """Return what counts all exports under a path, in columns."""

    def counted(path: Path, memory: int = 1024) -> pl.DataFrame:
        found, _ = planned(path)
        rooms = (tmp_path / f"room-{number}" for number in range(len(found)))
        return together(
            by_columns.count(plan, memory, room) for plan, room in zip(found, rooms, strict=True)
        )

    return counted
