"""Reads of watched folders."""

from __future__ import annotations

from django.db.models import QuerySet

from evenhand.casework.recorded import SOURCE as BY_HAND
from evenhand.sources.actions import NAMES
from evenhand.sources.models import FolderWatch, Source


def watches() -> QuerySet[FolderWatch]:
    """Return the folders in which files are expected, by name."""
    kept = FolderWatch.objects.filter(is_active=True).select_related("source", "batch")
    return kept.order_by("folder")


def notes() -> list[str]:
    """Return what is to be said of files that did not come, or were refused."""
    return list(watches().exclude(sentence="").values_list("sentence", flat=True))


def sources() -> list[tuple[str, str]]:
    """Return the sources whose files may be expected: key and name, those there are first."""
    here = dict(Source.objects.order_by("rank", "pk").values_list("key", "name"))
    return [(key, name) for key, name in {**here, **NAMES}.items() if key != BY_HAND]
