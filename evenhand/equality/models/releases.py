"""Figures that were let out, as they left."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team
from evenhand.equality.models.tallies import GroupTally


class Release(models.Model):
    """One table of figures by group that was let out: what it held, for whom, and by whom.

    ``figures`` is the table as it left, small numbers already hidden and the rest rounded: a list
    of headings, then rows. It is kept as it was, whatever becomes of the facts behind it.
    """

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=5, choices=GroupTally.Kind)
    measure = models.CharField(max_length=100)
    dimension = models.CharField(max_length=30)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    figures = models.JSONField()
    notes = models.JSONField(default=list)
    for_whom = models.CharField(max_length=200)
    as_at = models.DateField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    released_at = models.DateTimeField()

    class Privacy:
        personal = ("released_by",)
        retention = "as the publication it was made for"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return f"{self.title} ({self.ref})"
