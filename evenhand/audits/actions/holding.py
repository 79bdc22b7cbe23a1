"""A row is changed as it was when the page was opened, or not at all."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from evenhand.audits.models import Finding, ManagementReview
from evenhand.work.actions import Superseded


def hold(row: Finding | ManagementReview, version: int, what: str) -> None:
    """Take a row on to its next version. Superseded where somebody else was there first."""
    held = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not held.update(version=F("version") + 1):
        raise Superseded(f"Somebody else changed this {what}.", "Read it again, then go on.")
    row.version = version + 1


def save(row: Finding | ManagementReview, **fields: Any) -> None:
    """Set fields of a row that is held, and save these alone."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
