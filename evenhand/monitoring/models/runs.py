"""That a data set of the monitoring plan was looked at, and what was seen."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class MonitoringRun(models.Model):
    """One look at a data set (a key of the pack): the day, in words what was seen, and the counts.

    ``counted``, ``asked`` and ``known`` are of the whole authority when it was recorded.
    """

    ref = models.CharField(max_length=12, unique=True)
    dataset = models.CharField(max_length=60)
    done_on = models.DateField()
    words = models.TextField()
    counted = models.PositiveIntegerField()
    asked = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dataset", "done_on"], name="run_by_dataset")]

    class Privacy:
        personal = ("recorded_by",)
        retention = "kept"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return f"{self.dataset} on {self.done_on}"
