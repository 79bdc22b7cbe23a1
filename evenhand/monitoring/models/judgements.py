"""What inspectors judged: the word that they used, kept as it was."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Judgement(models.Model):
    """One judgement of an inspection on an area; ``area`` and ``given`` are keys of the pack.

    The word stays as it was given, though the inspectorate's scale changes. What was written down
    in error stays and is in no register.
    """

    ref = models.CharField(max_length=12, unique=True)
    area = models.CharField(max_length=60)
    given = models.CharField(max_length=100)
    judged_on = models.DateField()
    source = models.CharField(max_length=300)
    entered_in_error = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Privacy:
        personal = ("recorded_by",)
        retention = "kept"
        stand_in = "made-up judgements"

    def __str__(self) -> str:
        return f"{self.area}: {self.given}"
