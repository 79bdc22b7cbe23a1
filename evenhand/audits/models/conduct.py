"""An audit of one file: who does it, with which tool, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team, Worker
from evenhand.audits.models.programme import SOMEBODY, Slot
from evenhand.audits.models.samples import SampledFile
from evenhand.people.models import Child
from evenhand.recording.models import Recording
from evenhand.secrecy.fields import SealedTextField


class Audit(models.Model):
    """One audit. Its answers are a ``recording`` on the tool, a form of the packs; null: not begun.

    ``tool`` and ``edition`` are the tool's as it was when the audit was given to its auditor, and
    stay so. ``team`` and ``worker`` are whose practice is looked at. ``twin_of``: the audit of the
    same file that this one does again, blind. ``grade`` is the auditor's, ``moderated`` the one
    agreed later; the first is kept. ``passed_in`` is the
    supervision in which the copy was handed over; ``signed_at``: the service manager has read it.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        NOT_NEEDED = "not needed"

    ref = models.CharField(max_length=12, unique=True)
    slot = models.ForeignKey(Slot, null=True, on_delete=models.PROTECT, related_name="audits")
    file = models.ForeignKey(
        SampledFile, null=True, on_delete=models.PROTECT, related_name="audits"
    )
    type = models.CharField(max_length=40)
    tool = models.CharField(max_length=60)
    edition = models.DateField()
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, **SOMEBODY)
    worker = models.ForeignKey(Worker, **SOMEBODY)
    subject = models.CharField(max_length=40)
    about_id = models.BigIntegerField(null=True)
    is_random = models.BooleanField(default=True)
    auditor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    twin_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="twins")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    recording = models.OneToOneField(
        Recording, null=True, on_delete=models.PROTECT, related_name="audit"
    )
    grade = models.CharField(max_length=40, blank=True)
    done_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    not_needed_why = models.CharField(max_length=500, blank=True)
    moderated = models.CharField(max_length=40, blank=True)
    moderated_why = SealedTextField(blank=True)
    moderated_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    moderated_at = models.DateTimeField(null=True)
    passed_in = models.ForeignKey(
        "workforce.Supervision", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["auditor", "state", "due_on"], name="audit_by_auditor"),
            models.Index(fields=["team", "-done_on"], name="audit_by_team"),
            models.Index(fields=["type", "-done_on"], name="audit_by_type"),
            models.Index(fields=["child", "-done_on"], name="audit_by_child"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
                name="an_audit_that_is_done_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["file", "auditor"], condition=~models.Q(state="not needed"),
                name="nobody_audits_a_file_twice",
            ),
        ]  # fmt: skip

    class Privacy:
        personal = (
            "child", "worker", "auditor", "given_by", "not_needed_why", "moderated_why",
            "moderated_by", "signed_by",
        )  # fmt: skip
        retention = "as the child's record"
        stand_in = "made-up audits"

    def __str__(self) -> str:
        return f"{self.type} audit {self.ref}"


class Copy(models.Model):
    """Something that was given to somebody to read: an audit, or a report of audits.

    ``part`` says as what they got it: worker, team manager, service manager.
    """

    ref = models.CharField(max_length=12, unique=True)
    audit = models.ForeignKey(Audit, null=True, on_delete=models.CASCADE, related_name="copies")
    report = models.ForeignKey(
        "audits.Report", null=True, on_delete=models.CASCADE, related_name="copies"
    )
    part = models.CharField(max_length=40)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["to", "read_at"], name="copy_by_reader")]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "report", "part", "to"], nulls_distinct=False,
                name="a_copy_goes_to_somebody_once",
            ),
            models.CheckConstraint(
                condition=models.Q(audit__isnull=False) ^ models.Q(report__isnull=False),
                name="a_copy_is_of_one_thing",
            ),
        ]  # fmt: skip

    class Privacy:
        personal = ("to",)
        retention = "as what it is a copy of"
        stand_in = "made-up names"

    def __str__(self) -> str:
        return f"copy {self.ref}"


class ToolComment(models.Model):
    """What somebody says of a tool. ``answered_in``: the edition that took it up."""

    ref = models.CharField(max_length=12, unique=True)
    tool = models.CharField(max_length=60)
    edition = models.DateField()
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_in = models.DateField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Privacy:
        personal = ("words", "by")
        retention = "as the tool"
        stand_in = "made-up comments"

    def __str__(self) -> str:
        return f"{self.tool}, {self.ref}"
