"""How files come: what the columns of a report mean, and the folders that are watched."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.sources.models.batches import ImportBatch, Source


class ReportMapping(models.Model):
    """What the columns of one of the case system's own reports mean; saved and used again.

    ``kind`` is the kind of record that a row is; ``columns`` gives for each fact or key of the
    record the report's column: ``{"held_on": {"column": "Date of meeting"}, ...}``. ``header`` is
    the digest of the report's column names, by which it is known again.
    """

    ref = models.CharField(max_length=12, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="mappings")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    header = models.CharField(max_length=64)
    sheet = models.CharField(max_length=80, blank=True)
    columns = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="one_mapping_of_a_name")]
        indexes = [models.Index(fields=["header"], name="mapping_by_header")]

    class Privacy:
        personal = ("saved_by",)
        retention = "kept"
        stand_in = "none needed"

    def __str__(self) -> str:
        return self.name


class FolderWatch(models.Model):
    """A folder in which a source's files are expected, and whether the last ones came.

    ``folder`` is a path below the inbox that the settings name. ``weekdays`` are those on which a
    file is expected (0 is Monday), ``by_time`` when it should have come.
    """

    ref = models.CharField(max_length=12, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="watches")
    folder = models.CharField(max_length=255, unique=True)
    weekdays = models.JSONField(default=list)
    by_time = models.TimeField()
    is_active = models.BooleanField(default=True)
    looked_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.SET_NULL, related_name="+")
    sentence = models.TextField(blank=True)

    class Privacy:
        personal = ()
        retention = "kept"
        stand_in = "none needed"

    def __str__(self) -> str:
        return self.folder
