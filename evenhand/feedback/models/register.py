"""Feedback: what somebody said of a service, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team
from evenhand.people.models import Child
from evenhand.secrecy.fields import SealedTextField


class Feedback(models.Model):
    """What a child, parent, carer or somebody else said, and whether it was answered.

    ``respondent``, ``service``, ``theme``, ``confidence`` and ``told_how`` are keys of the pack's
    lists; empty: not said, not asked. ``child`` is whom it is of, where it is of one; ``team`` the
    child's team then, or that of whoever wrote it down. The words are sealed. ``version`` counts
    what came of it, so that of two who answer at once the second is told.
    """

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(
        Child, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="child"
    )
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField("received on")
    respondent = models.CharField("who gave it", max_length=30)
    service = models.CharField("service", max_length=40, blank=True)
    theme = models.CharField("what about", max_length=40, blank=True)
    words = SealedTextField("in their words", blank=True)
    confidence = models.CharField("trust that needs will be met", max_length=20, blank=True)
    considered_on = models.DateField("considered on", null=True)
    action_on = models.DateField("acted on", null=True)
    action_words = models.TextField("what was done", blank=True)
    answered_on = models.DateField("answered on", null=True)
    told_how = models.CharField("how they were told", max_length=40, blank=True)
    version = models.PositiveIntegerField(default=0)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("recorded at")
    entered_in_error = models.BooleanField("entered in error", default=False)

    class Meta:
        verbose_name = "feedback"
        indexes = [
            models.Index(fields=["received_on", "team"], name="feedback_by_day"),
            models.Index(fields=["child", "-received_on"], name="feedback_by_child"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on=None, told_how="")
                | models.Q(answered_on__isnull=False) & ~models.Q(told_how=""),
                name="an_answer_says_how_they_were_told",
            )
        ]

    class Privacy:
        personal = ("child", "words", "confidence", "action_words", "recorded_by")
        retention = "as the child; without a child, as a complaint"
        stand_in = "made-up feedback"

    def __str__(self) -> str:
        return f"Feedback {self.ref}"
