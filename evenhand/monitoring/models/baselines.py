"""Every measure of monitoring as it stood on a day, frozen for plans to start from."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Baseline(models.Model):
    """All measures by group of the whole authority, as they stood: never changed, never removed.

    The database refuses both (triggers of this table). ``body`` holds true counts: ``measures``
    (kind, measure, title), ``dimensions`` (label and the groups' labels) and ``counts`` (place of
    the measure, dimension, group, how many went on, of how many). ``digest`` is the SHA-256 of the
    body. Small numbers are hidden when it is shown.
    """

    ref = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=100, unique=True)
    as_at = models.DateField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    pack_digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField()

    class Privacy:
        personal = ("frozen_by",)
        retention = "as the plans that start from it"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return self.name
