"""The year's audit programme: one slot for each month, line, and team or person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team

SOMEBODY: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}


class Slot(models.Model):
    """Audits to be done in one month, by the pack's line (audits.yaml).

    ``planned`` is the first day of the month for which it was drawn up, ``month`` that of the one
    it stands in now: the two differ where it was moved, and ``moved_why`` says why. ``person`` is
    whose it is where the line has one for each holder of a role. Whether it is done is counted
    from its audits, never kept. ``audit_on`` is the day of an audit that is held on one day.
    """

    ref = models.CharField(max_length=12, unique=True)
    line = models.CharField(max_length=40)
    type = models.CharField(max_length=40)
    planned = models.DateField()
    month = models.DateField()
    due_on = models.DateField()
    team = models.ForeignKey(Team, **SOMEBODY)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    files = models.PositiveSmallIntegerField()
    audit_on = models.DateField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    moved_why = models.CharField(max_length=500, blank=True)
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["month", "line"], name="slot_by_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "planned", "team", "person"], nulls_distinct=False,
                name="one_slot_of_a_line_in_a_month",
            )
        ]  # fmt: skip

    class Privacy:
        personal = ("person", "coordinator", "closed_by")
        retention = "as the figures of the year"
        stand_in = "a made-up programme"

    def __str__(self) -> str:
        return f"{self.line} of {self.planned:%B %Y}"


class Member(models.Model):
    """Somebody on the panel of a slot: ``part`` is the pack's (manager, virtual-school)."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=40)
    agency = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot", "name", "part"], name="on_a_panel_once")
        ]

    class Privacy:
        personal = ("name", "user")
        retention = "as the slot"
        stand_in = "made-up names"

    def __str__(self) -> str:
        return f"{self.name} ({self.part})"
