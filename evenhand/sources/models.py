"""Where facts come from: sources, batches of files, references, findings and coverage."""

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
