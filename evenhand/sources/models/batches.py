"""Sources, and what was imported of them: batches, files, findings about rows, and mends."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Source(models.Model):
    """A system that supplies extracts. The lowest ``rank`` leads where two tell the same event."""

    key = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField()

    class Privacy:
        personal = ()
        retention = "kept"
        stand_in = "none needed"

    def __str__(self) -> str:
        return self.name


class SourceRank(models.Model):
    """The rank of a source for one kind of event, where it is not the source's own."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="ranks")
    kind = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind"], name="one_rank_for_a_kind")
        ]

    class Privacy:
        personal = ()
        retention = "kept"
        stand_in = "none needed"

    def __str__(self) -> str:
        return f"{self.source}: {self.kind}"


class ImportBatch(models.Model):
    """One import: what was read, when, as at which day, and whether it was merged.

    ``reckoned_at`` is when the standings followed; null on a merged batch: they are still to.
    """

    class Progress(models.TextChoices):
        READING = "reading"
        MERGED = "merged"
        REFUSED = "refused"
        STOPPED = "stopped"

    ref = models.CharField(max_length=12, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    label = models.CharField(max_length=255)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    progress = models.CharField(max_length=10, choices=Progress)
    as_at = models.DateField(null=True)
    sentence = models.TextField(blank=True)
    format = models.CharField(max_length=20, default="ssd")
    reckoned_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("by",)
        retention = "kept"
        stand_in = "none needed"

    def __str__(self) -> str:
        return self.label


class ImportFile(models.Model):
    """One table of a file of a batch, with the fate of every row read from it.

    ``covers_from`` and ``covers_to`` are the days of which it is the whole truth (a return's
    year); both null: what the table itself shows.
    """

    FATES = (
        "created",
        "changed",
        "unchanged",
        "duplicate",
        "folded",
        "ignored",
        "quarantined",
    )

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    covers_from = models.DateField(null=True)
    covers_to = models.DateField(null=True)
    rows_read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    folded = models.PositiveIntegerField(default=0)
    ignored = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    rows_read=models.F("created")
                    + models.F("changed")
                    + models.F("unchanged")
                    + models.F("duplicate")
                    + models.F("folded")
                    + models.F("ignored")
                    + models.F("quarantined")
                ),
                name="fates_sum_to_the_rows_read",
            )
        ]

    class Privacy:
        personal = ()
        retention = "kept"
        stand_in = "none needed"

    def __str__(self) -> str:
        return self.name


class RowFinding(models.Model):
    """Something to know or mend about one row: quarantined, ignored, duplicate or folded, with
    its line, the value found, a sentence and the remedy."""

    class Standing(models.TextChoices):
        OPEN = "open"
        MENDED = "mended"
        DISCARDED = "discarded"
        NOTED = "noted"

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="findings")
    ref = models.CharField(max_length=12, unique=True)
    line = models.PositiveIntegerField()
    fate = models.CharField(max_length=12)
    rule = models.CharField(max_length=12)
    key = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=80, blank=True)
    found = models.CharField(max_length=500, blank=True)
    sentence = models.TextField()
    remedy = models.TextField(blank=True)
    row = models.JSONField(default=dict)
    standing = models.CharField(max_length=10, choices=Standing)
    mended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    mended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["standing", "file"], name="finding_by_standing"),
            models.Index(fields=["rule", "found"], name="finding_by_value"),
        ]

    class Privacy:
        personal = ("key", "found", "row", "mended_by")
        retention = "until mended or discarded, then as the import"
        stand_in = "made-up rows"

    def __str__(self) -> str:
        return self.sentence


class Mend(models.Model):
    """What a value of a source truly means: said once on a page, applied to every later file.

    With ``key`` it mends one row; without, every row of the table whose ``column`` holds ``found``.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="mends")
    table = models.CharField(max_length=60)
    column = models.CharField(max_length=80)
    key = models.CharField(max_length=120, blank=True)
    found = models.CharField(max_length=500)
    value = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "table", "column", "key", "found"], name="one_mend_of_a_value"
            )
        ]

    class Privacy:
        personal = ("key", "found", "value", "by")
        retention = "while the source sends the value"
        stand_in = "made-up values"

    def __str__(self) -> str:
        return f"{self.table}.{self.column}: {self.found!r} is {self.value!r}"
