"""Which standing a young person was found to have, from which day on."""

from __future__ import annotations

from django.db import models

from evenhand.people.models import Child
from evenhand.rules.leaving_care import Kind


class FoundStanding(models.Model):
    """A standing that was found on a day and was not the one before; one row of a child is
    the newest.

    ``since`` and ``until`` are what the records of that day showed; ``reasons`` are of
    ``rules.leaving_care.Reason``. ``looked_on`` is the last day on which it was the same.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    nights = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    found_on = models.DateField()
    looked_on = models.DateField()
    is_newest = models.BooleanField(default=True)
    pack_digest = models.CharField(max_length=16)

    class Meta:
        indexes = [
            models.Index(fields=["child", "-id"], name="found_by_child"),
            models.Index(
                fields=["looked_on"], condition=models.Q(is_newest=True), name="found_by_day"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=models.Q(is_newest=True), name="one_newest_standing"
            ),
            models.CheckConstraint(
                condition=models.Q(looked_on__gte=models.F("found_on")),
                name="found_before_it_was_looked_at_again",
            ),
        ]

    class Privacy:
        personal = ("child",)
        retention = "as the child's record"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.kind} found on {self.found_on}"
