"""What an audit found that somebody has to answer for, and reviews of what went wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team
from evenhand.audits.models.conduct import Audit
from evenhand.audits.models.programme import SOMEBODY
from evenhand.secrecy.fields import SealedTextField
from evenhand.work.models import Task


class Finding(models.Model):
    """One thing that an audit found. ``kind`` is the pack's (audits.yaml, findings).

    ``team`` is whose practice it is: often the audited one's, perhaps another's. ``action`` is the
    task that puts it right; ``plan_agreed_on`` the day on which another team's service manager
    agreed how. ``theme`` is the section of the tool it belongs to. It is closed with evidence.
    """

    ref = models.CharField(max_length=12, unique=True)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=40)
    theme = models.CharField(max_length=60, blank=True)
    team = models.ForeignKey(Team, **SOMEBODY)
    words = SealedTextField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    action = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="+")
    plan_agreed_on = models.DateField(null=True)
    evidence = SealedTextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    entered_in_error = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["team", "closed_at"], name="audit_finding_by_team")]

    class Privacy:
        personal = ("words", "raised_by", "evidence", "closed_by")
        retention = "as the audit"
        stand_in = "made-up findings"

    def __str__(self) -> str:
        return f"{self.kind} of {self.audit_id}"


class Told(models.Model):
    """That somebody was told of a finding, as what (``part``: a post of the pack), and read it."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="told")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "to"], name="told_of_a_finding_once")
        ]

    class Privacy:
        personal = ("to",)
        retention = "as the finding"
        stand_in = "made-up names"

    def __str__(self) -> str:
        return f"{self.part}, told of {self.finding_id}"


class ManagementReview(models.Model):
    """An internal management review: what went wrong, what is learnt, and what is done.

    ``is_outside``: the reviewer was of no part of the audited team on the day they were asked.
    """

    ref = models.CharField(max_length=12, unique=True)
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="reviews")
    why = SealedTextField()
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField()
    findings = SealedTextField(blank=True)
    learning = SealedTextField(blank=True)
    action = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True)
    is_outside = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        personal = ("why", "reviewer", "asked_by", "findings", "learning")
        retention = "as the audit"
        stand_in = "made-up reviews"

    def __str__(self) -> str:
        return f"review {self.ref}"


class DashboardLook(models.Model):
    """That somebody opened the dashboard of audits: how closely performance is looked at."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    as_head = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["as_head", "at"], name="dashboard_look_by_day")]

    class Privacy:
        personal = ("by",)
        retention = "as the figures of the year"
        stand_in = "made-up looks"

    def __str__(self) -> str:
        return f"look at {self.at}"
