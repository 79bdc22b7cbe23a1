"""Discrimination that a child meets: a note fastened to an assessment, sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team
from evenhand.people.models import Child
from evenhand.secrecy.fields import SealedTextField


class DiscriminationMet(models.Model):
    """A child met discrimination: on which ground, in what form, what it did, what was done.

    Ground and words are sealed: no list of children by ground can be drawn from the database.
    Who did it is nobody's profile and has no field. ``target`` and ``target_id`` are the
    assessment that it is fastened to.
    """

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True)
    noted_on = models.DateField("told on")
    ground = SealedTextField("ground")
    form = models.CharField("form", max_length=40, blank=True)
    happened = SealedTextField("what happened", blank=True)
    impact = SealedTextField("what it did", blank=True)
    response = SealedTextField("what we did", blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("recorded at")
    entered_in_error = models.BooleanField("entered in error", default=False)

    class Meta:
        verbose_name = "discrimination met"
        indexes = [
            models.Index(fields=["noted_on", "team"], name="discrimination_by_day"),
            models.Index(fields=["child", "-noted_on"], name="discrimination_by_child"),
        ]

    class Privacy:
        personal = ("child", "ground", "form", "happened", "impact", "response", "recorded_by")
        retention = "as the child"
        stand_in = "made-up notes"

    def __str__(self) -> str:
        return f"Discrimination met {self.ref}"
