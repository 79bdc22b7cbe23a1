"""What auditors say of the record's own answers, and which agency partner auditors come from."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.audits.models.conduct import Audit
from evenhand.secrecy.fields import SealedTextField


class ComplianceCheck(models.Model):
    """An auditor confirmed, or corrected in words, how a standard stands for the audited child.

    ``shown`` is how it stood when they looked. It sets no grade, and changes no outcome.
    """

    ref = models.CharField(max_length=12, unique=True)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="checks")
    standard = models.CharField(max_length=100)
    shown = models.CharField(max_length=300)
    is_right = models.BooleanField()
    words = SealedTextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "standard"], name="one_check_of_a_standard_in_an_audit"
            )
        ]

    class Privacy:
        personal = ("words", "by")
        retention = "as the audit"
        stand_in = "made-up checks"

    def __str__(self) -> str:
        return f"{self.standard} of {self.audit_id}"


class PartnerAgency(models.Model):
    """Which agency somebody who audits for a partner comes from."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partner_agency"
    )
    name = models.CharField(max_length=200)

    class Privacy:
        personal = ("user",)
        retention = "as the account"
        stand_in = "made-up agencies"

    def __str__(self) -> str:
        return self.name
