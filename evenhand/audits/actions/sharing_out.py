"""Giving several files of a list to one auditor: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from evenhand.accounts.models import User
from evenhand.audits.actions.giving import give
from evenhand.audits.models import Audit, SampledFile


def give_all(files: Iterable[SampledFile], auditor: User, *, by: User, at: datetime) -> list[Audit]:
    """Give each of these files to an auditor. Problem, with nothing given, where one is not theirs
    to audit."""
    with transaction.atomic():
        return [give(file, auditor, by=by, at=at) for file in files]
