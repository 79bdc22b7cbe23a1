"""Reports of audits: drawn up from them, edited by a person, and given to those who must act."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team
from evenhand.audits.models.programme import SOMEBODY
from evenhand.work.models import Task


class Report(models.Model):
    """A report of one kind of the pack (audits.yaml, reports), about the audits of a time.

    ``figures`` are counted when it is drawn up and stay; ``sections`` are words that people edit.
    ``recipients`` are the pack's groups. A published report is not changed.
    """

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField()
    figures = models.JSONField(default=dict)
    sections = models.JSONField(default=list)
    recipients = models.JSONField(default=list)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["kind", "-until"], name="audit_report_by_kind")]

    class Privacy:
        personal = ("sections", "drawn_by", "published_by")
        retention = "as the figures of the year"
        stand_in = "made-up reports"

    def __str__(self) -> str:
        return self.title


class Recommendation(models.Model):
    """What a report recommends, and who answers for it by which day.

    ``action`` is their task, from the day the report is published. ``monitor`` looks after it.
    """

    ref = models.CharField(max_length=12, unique=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="recommendations")
    words = models.CharField(max_length=500)
    team = models.ForeignKey(Team, **SOMEBODY)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    due_on = models.DateField(null=True)
    monitor = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    action = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        personal = ("words", "owner", "monitor")
        retention = "as the report"
        stand_in = "made-up recommendations"

    def __str__(self) -> str:
        return self.words
