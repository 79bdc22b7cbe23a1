"""What the page of uses counts, kept: derived, thrown away and made anew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from evenhand.equality.dimensions import main_dimensions
from evenhand.equality.grouping import children
from evenhand.equality.tallying import counted_as_at, services
from evenhand.history.actions import Happening
from evenhand.monitoring.models import NeedTally, ServiceWaitTally
from evenhand.monitoring.queries.access import awaited, body_of
from evenhand.monitoring.queries.groups import rows_of
from evenhand.monitoring.queries.who import NO_TEAM, every_open_child
from evenhand.rules.london import last_moment, london_day
from evenhand.standards.storing import alone, write_rows

OF_NEEDS = ("team_id", "way", "group", "what", "children", "as_at")
OF_WAITS = ("team_id", "dimension", "body")
Row = tuple[Any, ...]


def refresh(now: datetime) -> int:
    """Count open children, their needs and their waits anew; return how many rows were kept.

    After the counts by group, whose day they share. One transaction.
    """
    as_at = london_day(now)
    with alone():
        waits, needs = list(_waits()), list(_needs(as_at))
        _replace(ServiceWaitTally, OF_WAITS, waits)
        _replace(NeedTally, OF_NEEDS, needs)
    return len(needs) + len(waits)


def refresh_if_stale() -> bool:
    """Count anew where nothing is kept of the day of the counts by group; say whether."""
    kept = NeedTally.objects.order_by("pk").values_list("as_at", flat=True).first()
    counted = counted_as_at()
    if counted is None or kept == counted:
        return False
    refresh(last_moment(counted))
    return True


def after_import(happening: Happening) -> None:
    """Count anew what an import changed, in its own transaction."""
    refresh(happening.at)


def forget_needs(_happening: Happening) -> None:
    """Throw away what is kept of needs: a page counts afresh until they are counted anew."""
    kept = NeedTally.objects.all()
    kept._raw_delete(kept.db)


def _needs(as_at: date) -> Iterator[Row]:
    """Each team's counts, then the whole authority's."""
    found = list(rows_of(every_open_child(), as_at))
    whole: Counter[tuple[str, str, str]] = Counter()
    for team, way, group, what, count in found:
        whole[way, group, what] += count
        if team != NO_TEAM:
            yield team, way, group, what, count, as_at.isoformat()
    for key, count in whole.items():
        yield None, *key, count, as_at.isoformat()


def _waits() -> Iterator[Row]:
    found = awaited()
    if found is None:
        return
    everyone = children()
    for dimension in main_dimensions():
        for service in services():
            body = body_of(found, dimension, everyone, service.picks(found.teams))
            yield service.team, dimension.id, json.dumps(body)


def _replace(model: type[Model], names: tuple[str, ...], rows: list[Row]) -> None:
    kept = model._default_manager.all()
    kept._raw_delete(kept.db)
    write_rows(model._meta.db_table, [f'"{name}"' for name in names], rows)
