"""What was supplied to meet a child's need, or that it could not be."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.people.models import Child


class Provision(models.Model):
    """That a service meets a need of a child from a day, is waited for, or is not there.

    ``need`` and ``service`` are keys of the pack (monitoring-uses.yaml). ``ends_on`` is the last
    day that it holds; null: it goes on. What was written down in error stays and counts nowhere.
    """

    class Outcome(models.TextChoices):
        SUPPLIED = "supplied", "It is supplied"
        WAITING = "waiting", "It is asked for, and they wait"
        NOT_THERE = "not there", "There is no such service for them"

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="provisions")
    need = models.CharField(max_length=60)
    service = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10, choices=Outcome)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    entered_in_error = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["need", "child"], name="provision_by_need")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="provision_ends_after_it_starts",
            )
        ]

    class Privacy:
        personal = ("child", "need", "service", "outcome", "recorded_by")
        retention = "as the child"
        stand_in = "made-up services"

    def __str__(self) -> str:
        return f"{self.service}: {self.outcome}"
