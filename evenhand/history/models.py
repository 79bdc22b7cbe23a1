"""What happened: append-only books of every change and of who viewed whom, and their seals."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Kept(models.Model):
    """What each row of a sealed book carries besides what it says.

    ``digest`` is over ``salt`` and the row's words, so that disposal can remove those and the seals
    still hold. ``mac`` is over the digest and the rest of the row, by a key that is not in the
    database, so that altering a row shows before it is sealed too. ``transaction`` is PostgreSQL's
    own number of the transaction, set by a trigger (0 on SQLite). Rows are only ever added:
    triggers refuse the rest (``history.locks``).
    """

    salt = models.CharField(max_length=32, default="", db_default="")
    digest = models.CharField(max_length=64, default="", db_default="")
    mac = models.CharField(max_length=64, default="", db_default="")
    transaction = models.BigIntegerField(default=0, db_default=0, db_index=True)

    class Meta:
        abstract = True


class Run(models.Model):
    """A run of rows chained to the run before by HMAC, with a key kept outside the database.

    A run is every row whose place is above ``after`` and not above ``upto``. The place is the
    transaction number on PostgreSQL, where ids are not in the order of commits, and the id on
    SQLite, which writes one transaction at a time. ``scheme`` says what the digest is over
    (``history.digests``).
    """

    at = models.DateTimeField()
    after = models.BigIntegerField()
    upto = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    scheme = models.PositiveSmallIntegerField(default=1, db_default=1)

    class Meta:
        abstract = True


class Entry(Kept):
    """One change: who did what to which record, when, and what each field was before and after.

    ``changes`` maps a field to ``[old, new]``. Its words are ``changes`` and ``reason``.
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


class Seal(Run):
    """A sealed run of the history."""

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


class View(Kept):
    """One look at a child's record, written before the page is sent. In a file of its own.

    Its words are ``why``.

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


class ViewSeal(Run):
    """A sealed run of the log of views, beside it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(upto__gt=models.F("after")), name="view_seal_covers_a_run"
            )
        ]

    class Privacy:
        personal = ()
        retention = "kept"
        stand_in = "none needed"

    def __str__(self) -> str:
        return f"{self.count} views sealed at {self.at:%Y-%m-%d %H:%M}"
