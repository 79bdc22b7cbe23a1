"""What happened: an append-only record of every change, its seals, and who viewed whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One change: who did what to which record, when, and what each field was before and after.

    ``changes`` maps a field to ``[old, new]``. ``import_batch`` is the batch that made the change.
    Rows are only ever added (triggers refuse the rest).
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    child_id = models.BigIntegerField(null=True)
    import_batch_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict)
    transaction = models.BigIntegerField(default=0)
    seal = models.ForeignKey("Seal", null=True, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        indexes = [
            models.Index(fields=["child_id", "-at"], name="entry_by_child"),
            models.Index(fields=["subject", "subject_id", "-at"], name="entry_by_subject"),
            models.Index(fields=["import_batch_id"], name="entry_by_batch"),
        ]

    class Privacy:
        personal = ("changes", "reason", "child_id", "actor")
        retention = "as the record it describes"
        stand_in = "changes are replaced by salted digests on disposal"

    def __str__(self) -> str:
        return f"{self.action} at {self.at:%Y-%m-%d %H:%M}"


class Seal(models.Model):
    """A batch of entries chained to the one before by HMAC, with a key kept outside the database.

    ``entries`` is how many it covers; ``digest`` is over their content in the order of their ids;
    ``previous`` is the digest of the seal before.
    """

    at = models.DateTimeField()
    first_entry_id = models.BigIntegerField()
    last_entry_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    key_id = models.CharField(max_length=16)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Privacy:
        personal = ()
        retention = "kept"
        stand_in = "none needed"

    def __str__(self) -> str:
        return f"{self.count} entries sealed at {self.at:%Y-%m-%d %H:%M}"


class View(models.Model):
    """One look at a child's record, written before the page is sent. In a file of its own.

    No foreign keys: it may live in another database than the people it names.
    """

    at = models.DateTimeField()
    user_id = models.BigIntegerField()
    child_id = models.BigIntegerField()
    page = models.CharField(max_length=80)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child_id", "-at"], name="view_by_child")]

    class Privacy:
        personal = ("user_id", "child_id", "why")
        retention = "as the child's record"
        stand_in = "made-up ids"

    def __str__(self) -> str:
        return f"viewed at {self.at:%Y-%m-%d %H:%M}"
