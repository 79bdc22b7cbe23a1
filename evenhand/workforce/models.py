"""Supervision that was held, when somebody was away, their post, and what they plan to learn.

Supervisions and absences are written down by hand, or come from a mapped report of the case system:
then ``recorded_by`` is null, and their source reference says which report.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Worker
from evenhand.secrecy.fields import SealedTextField


class Supervision(models.Model):
    """One supervision that was held. ``supervisor`` null: somebody who is no worker of the roster,
    then ``supervisor_name`` says who, unless a report did not."""

    ref = models.CharField(max_length=12, unique=True)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    supervisor_name = models.CharField(max_length=200, blank=True)
    held_on = models.DateField()
    notes = SealedTextField(blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)
    entered_in_error = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["worker", "-held_on"], name="supervision_by_worker")]

    class Privacy:
        personal = ("worker", "supervisor", "supervisor_name", "notes", "recorded_by")
        retention = "as the worker's file"
        stand_in = "made-up supervision"

    def __str__(self) -> str:
        return f"supervision {self.ref}"


class Absence(models.Model):
    """Days on which a worker was away; ``until`` null: they are not back yet."""

    ref = models.CharField(max_length=12, unique=True)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)
    entered_in_error = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["worker", "-since"], name="absence_by_worker")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="an_absence_ends_after_it_began",
            )
        ]

    class Privacy:
        personal = ("worker", "recorded_by")
        retention = "as the worker's file"
        stand_in = "made-up absences"

    def __str__(self) -> str:
        return f"absence {self.ref}"


class Post(models.Model):
    """When a worker began and left; without one, they are staff for as long as they are named."""

    worker = models.OneToOneField(Worker, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(started_on__isnull=True)
                | models.Q(left_on__isnull=True)
                | models.Q(left_on__gte=models.F("started_on")),
                name="nobody_leaves_before_they_began",
            )
        ]

    class Privacy:
        personal = ("worker",)
        retention = "as the worker's file"
        stand_in = "made-up days"

    def __str__(self) -> str:
        return f"post of {self.worker_id}"


class DevelopmentPlan(models.Model):
    """A personal development plan that was agreed. ``needs`` is what they need to learn, a list;
    empty: none was written down, and the plan tells nobody what to teach."""

    ref = models.CharField(max_length=12, unique=True)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()
    needs = models.JSONField(default=list)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    entered_in_error = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["worker", "-agreed_on"], name="plan_by_worker")]

    class Privacy:
        personal = ("worker", "needs", "recorded_by")
        retention = "as the worker's file"
        stand_in = "made-up plans"

    def __str__(self) -> str:
        return f"development plan {self.ref}"
