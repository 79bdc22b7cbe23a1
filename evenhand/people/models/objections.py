"""That somebody asked for a child to be left out when groups are compared."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.people.models.children import Child


class MonitoringObjection(models.Model):
    """That a child, or a parent for them, objected to being counted by group; until withdrawn.

    The child leaves every comparison of groups from the next counting. The service stays as it is.
    """

    class SaidBy(models.TextChoices):
        CHILD = "child", "The child or young person"
        PARENT = "parent", "A parent or carer, for the child"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="monitoring_objections")
    said_by = models.CharField(max_length=6, choices=SaidBy)
    said_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=6, choices=SaidBy, blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawal_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"],
                condition=models.Q(withdrawn_on__isnull=True),
                name="one_objection_of_a_child_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True)
                | models.Q(withdrawn_on__gte=models.F("said_on")),
                name="an_objection_is_withdrawn_after_it_is_made",
            ),
        ]

    class Privacy:
        personal = ("child", "said_by", "recorded_by", "withdrawn_by", "withdrawal_recorded_by")
        retention = "as the child"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"said on {self.said_on}"
