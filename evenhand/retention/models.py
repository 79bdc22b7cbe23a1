"""Holds, decisions to dispose, certificates of what is gone, and proof of what was filed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.people.models import Child


class RetentionDate(models.Model):
    """To the end of which day a child's record is kept: derived, rebuilt each day.

    ``until`` null: it cannot be told, or the case is open. ``rule`` is a type of the schedule,
    ``reason`` a ``rules.retention.Reason``, ``worked_out_at`` when this was worked out.
    """

    child = models.OneToOneField(Child, on_delete=models.CASCADE, related_name="+")
    until = models.DateField(null=True)
    rule = models.CharField(max_length=60)
    reason = models.CharField(max_length=30)
    worked_out_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="retention_by_until")]

    class Privacy:
        personal = ("child",)
        retention = "derived: as the record it is of"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.rule} until {self.until}"


class Hold(models.Model):
    """That nothing of a child (``child`` null: of anybody) is disposed of until it is released."""

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(
        Child, null=True, on_delete=models.PROTECT, related_name="retention_holds"
    )
    reason = models.TextField()
    starts_on = models.DateField()
    review_on = models.DateField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    released_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review_on__gte=models.F("starts_on")),
                name="hold_is_reviewed_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True) | ~models.Q(released_because=""),
                name="a_hold_is_released_with_a_reason",
            ),
        ]

    class Privacy:
        personal = ("child", "reason", "placed_by", "released_by", "released_because")
        retention = "as the child; of all, kept"
        stand_in = "made-up reasons"

    def __str__(self) -> str:
        return f"Hold {self.ref}"


class Decision(models.Model):
    """What one person decided at a review: to dispose of a record, or to keep it longer.

    To dispose waits for another person. ``ground`` is a key of ``retention.grounds``.
    """

    class What(models.TextChoices):
        DISPOSE = "dispose"
        KEEP = "keep"

    class Standing(models.TextChoices):
        WAITING = "waiting"
        KEPT = "kept"
        TURNED_DOWN = "turned down"

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="retention_decisions")
    what = models.CharField(max_length=10, choices=What)
    ground = models.CharField(max_length=30)
    reason = models.TextField()
    rule = models.CharField(max_length=60, blank=True)
    until = models.DateField(null=True)
    review_on = models.DateField(null=True)
    standing = models.CharField(max_length=12, choices=Standing)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"],
                condition=models.Q(standing="waiting"),
                name="one_disposal_waits_for_a_child",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True)
                | ~models.Q(answered_by=models.F("decided_by")),
                name="another_person_answers_a_disposal",
            ),
        ]
        indexes = [models.Index(fields=["standing", "decided_at"], name="decision_by_standing")]

    class Privacy:
        personal = ("child", "reason", "until", "decided_by", "answered_by", "answer")
        retention = "as the child: the certificate stays"
        stand_in = "made-up reasons"

    def __str__(self) -> str:
        return f"{self.what}: {self.standing}"


class Certificate(models.Model):
    """What was disposed of: of which types, how many rows, when, by whom, and why. No name.

    ``rows`` counts by model; ``records`` are the random references of the records, and ``keys``
    keyed digests of the sources' own, by which both are known again in a backup or a later file.
    ``digest`` is over all of this. ``scrubbed_at``: when the freed room in the database was
    written over.
    """

    ref = models.CharField(max_length=12, unique=True)
    ground = models.CharField(max_length=30)
    rule = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=20, blank=True)
    citation = models.CharField(max_length=300, blank=True)
    pack_digest = models.CharField(max_length=16)
    rows = models.JSONField(default=dict)
    records = models.JSONField(default=list)
    keys = models.JSONField(default=list)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    scrubbed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("decided_by")),
                name="another_person_confirms_a_disposal",
            )
        ]
        indexes = [models.Index(fields=["-made_at"], name="certificate_by_day")]

    class Privacy:
        personal = ("decided_by", "confirmed_by")
        retention = "kept"
        stand_in = "made-up certificates"

    def __str__(self) -> str:
        return f"Certificate {self.ref}"


class Filing(models.Model):
    """That what Evenhand alone held of a child stands in the case system, or why it does not.

    ``target`` and ``target_id`` name the record, as in SourceReference; ``reference`` is the case
    system's own number of the document.
    """

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="retention_filings")
    target = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    reference = models.CharField(max_length=120, blank=True)
    not_filed_because = models.TextField(blank=True)
    filed_on = models.DateField()
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "target_id"], name="filed_once"),
            models.CheckConstraint(
                condition=~models.Q(reference="", not_filed_because=""),
                name="filed_somewhere_or_a_reason",
            ),
        ]

    class Privacy:
        personal = ("child", "reference", "not_filed_because", "filed_by")
        retention = "as the child"
        stand_in = "made-up numbers"

    def __str__(self) -> str:
        return self.reference or "not filed"


class WithdrawnReview(models.Model):
    """That a person looked at a row which its source deleted, and kept it, with the reason.

    ``target`` and ``target_id`` name the record, as in SourceReference.
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "target_id"], name="one_review_of_a_row")
        ]

    class Privacy:
        personal = ("child", "reason", "by")
        retention = "as the child"
        stand_in = "made-up reasons"

    def __str__(self) -> str:
        return f"{self.target} kept"


class Correction(models.Model):
    """That somebody says a record of a child is wrong: what is wrong, what is right, what came.

    ``target`` and ``target_id`` name the record, as in SourceReference; ``field`` and ``held`` what
    it said then: a source's own record is closed by itself when an import brings another value.
    Both versions stay: the record is never rewritten here.
    """

    class Standing(models.TextChoices):
        ASKED = "asked"
        AT_SOURCE = "at source"
        CORRECTED = "corrected"
        REFUSED = "refused"

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="corrections")
    target = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    field = models.CharField(max_length=60)
    held = models.CharField(max_length=500, blank=True)
    what_is_wrong = models.TextField()
    what_is_right = models.TextField()
    asked_by = models.CharField(max_length=200)
    received_on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.ASKED)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    told_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(standing="refused", reason=""),
                name="a_refusal_has_its_reasons",
            )
        ]
        indexes = [models.Index(fields=["standing", "received_on"], name="correction_by_standing")]

    class Privacy:
        personal = (
            "child", "held", "what_is_wrong", "what_is_right", "asked_by", "recorded_by",
            "decided_by", "reason",
        )  # fmt: skip
        retention = "as the child"
        stand_in = "made-up words"

    def __str__(self) -> str:
        return f"{self.target} {self.field}: {self.standing}"
