"""Sessions in which auditors look at the same audits together, so that they grade alike."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.audits.models.conduct import Audit
from evenhand.secrecy.fields import SealedTextField


class Calibration(models.Model):
    """One session: on which day, who was there, which audits they looked at, what was learnt.

    Grades that were changed there stand at the audits themselves (``Audit.moderated``).
    """

    ref = models.CharField(max_length=12, unique=True)
    held_on = models.DateField()
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    learnt = SealedTextField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Privacy:
        personal = ("people", "learnt", "recorded_by")
        retention = "as the figures of the year"
        stand_in = "made-up sessions"

    def __str__(self) -> str:
        return f"calibration {self.ref}"


class CalibratedAudit(models.Model):
    """An audit that a session looked at."""

    session = models.ForeignKey(Calibration, on_delete=models.CASCADE, related_name="looked_at")
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="looked_at_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "audit"], name="an_audit_is_looked_at_once_in_a_session"
            )
        ]

    class Privacy:
        personal = ()
        retention = "as the audit"
        stand_in = "made-up sessions"

    def __str__(self) -> str:
        return f"audit {self.audit_id} in session {self.session_id}"
