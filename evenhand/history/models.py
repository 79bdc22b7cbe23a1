"""What happened: an append-only record of every change, its seals, and who viewed whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One change: who did what to which record, when, and what each field was before and after.

    ``changes`` maps a field to ``[old, new]``; ``digest`` is over ``salt``, ``changes`` and
    ``reason``, so that disposal can remove those three and the chain of seals still holds.
    ``transaction`` is PostgreSQL's own number of the transaction, set by a trigger (0 on SQLite).
    Rows are only ever added: triggers refuse the rest (``history.locks``).
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
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    transaction = models.BigIntegerField(default=0, db_index=True)

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
    """A run of entries chained to the run before by HMAC, with a key kept outside the database.

    A run is every entry whose place is above ``after`` and not above ``upto``. The place is the
    transaction number on PostgreSQL, where ids are not in the order of commits, and the id on
    SQLite, which writes one transaction at a time.
    """

    at = models.DateTimeField()
    after = models.BigIntegerField()
    upto = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(upto__gt=models.F("after")), name="seal_covers_a_run"
            )
        ]

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
