"""Saving what the columns of a report mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.imports.mapping.whose import source_key
from evenhand.problems import Problem
from evenhand.sources.models import ReportMapping, Source

Columns = Mapping[str, Mapping[str, Any]]


@action("report.mapped")
def save(
    *,
    name: str,
    kind: str,
    header: str,
    sheet: str,
    numbers_of: Source,
    columns: Columns,
    by: User,
    at: datetime,
) -> Change:
    """Keep what a report's columns mean; the same header is the same report, said anew.

    Raises Problem where another report has the name.
    """
    same = ReportMapping.objects.filter(header=header).first()
    if ReportMapping.objects.filter(name=name).exclude(pk=same.pk if same else None).exists():
        raise Problem(f"Another report is called {name}.", "Give this one a name of its own.")
    mapping = same or ReportMapping(ref=new_reference(), header=header, version=0)
    before = None if same is None else f"{same.name}, version {same.version}"
    mapping.name, mapping.kind, mapping.sheet = name, kind, sheet
    mapping.source, mapping.columns = numbers_of, {key: dict(one) for key, one in columns.items()}
    mapping.version += 1
    mapping.saved_by, mapping.saved_at = by, at
    mapping.save()
    _name_source(mapping)
    return Change(mapping, {"report": (before, f"{name}, version {mapping.version}")})


def _name_source(mapping: ReportMapping) -> None:
    """A report is a source of its own, ranked after those there are."""
    last = Source.objects.aggregate(last=Max("rank"))["last"] or 0
    source, is_new = Source.objects.get_or_create(
        key=source_key(mapping.ref), defaults={"name": mapping.name, "rank": last + 1}
    )
    if not is_new and source.name != mapping.name:
        source.name = mapping.name
        source.save(update_fields=["name"])
