"""What a source tells: records by its own keys, for which days, and how it differs."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.sources.models.batches import ImportBatch, Source


class SourceReference(models.Model):
    """A source's own key for a record of ours.

    ``target`` is the model's label (``casework.referral``), ``target_id`` its primary key. A row
    absent from a later file that covers it is *withdrawn*: kept, out of the clocks.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    target = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    last_batch_id = models.BigIntegerField()
    withdrawn_in_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key"], name="one_target_for_a_key")
        ]
        indexes = [models.Index(fields=["target", "target_id"], name="reference_by_target")]

    class Privacy:
        personal = ("key",)
        retention = "as the record it points at"
        stand_in = "made-up keys"

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Coverage(models.Model):
    """For which days a source holds a fact completely; the latest batch's word."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="coverage")
    fact = models.CharField(max_length=80)
    complete_from = models.DateField(null=True)
    complete_to = models.DateField(null=True)
    latest_only = models.BooleanField(default=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="coverage")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "fact"], name="one_coverage_of_a_fact")
        ]

    class Privacy:
        personal = ()
        retention = "kept"
        stand_in = "none needed"

    def __str__(self) -> str:
        return self.fact


class Difference(models.Model):
    """Two sources tell one thing differently; the higher ranked one is believed meanwhile.

    ``source`` is the one that is only compared. ``field`` empty: it alone has the whole event,
    within days that a higher ranked source covers. ``target`` and ``target_id`` as in
    SourceReference; ``child_id`` is the child's primary key.
    """

    class Standing(models.TextChoices):
        OPEN = "open"
        SETTLED = "settled"
        GONE = "gone"

    ref = models.CharField(max_length=12, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="differences")
    believed = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    target = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    child_id = models.BigIntegerField(null=True)
    field = models.CharField(max_length=60, blank=True)
    held = models.CharField(max_length=500, blank=True)
    told = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="differences")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)
    decision = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "target_id", "field"], name="one_difference_of_a_field"
            )
        ]
        indexes = [
            models.Index(fields=["standing", "kind"], name="difference_by_standing"),
            models.Index(fields=["child_id"], name="difference_by_child"),
        ]

    class Privacy:
        personal = ("held", "told", "settled_by")
        retention = "as the record it points at"
        stand_in = "made-up values"

    def __str__(self) -> str:
        return f"{self.kind} {self.field}".strip()
