"""Reports that were made and let out: each kept as it left."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Report(models.Model):
    """A report as it left the authority: small numbers hidden, whatever becomes of the facts since.

    ``body`` is the whole document (``documents.Document`` as values); the page, the PDF and the
    workbook are made of it and of nothing else. ``digest`` is the SHA-256 of the body.
    """

    ref = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    for_whom = models.CharField(max_length=200)
    as_at = models.DateField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    class Privacy:
        personal = ("made_by",)
        retention = "as the publication it was made for"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return f"{self.title} ({self.ref})"
