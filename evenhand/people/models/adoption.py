"""That a child's record ended in an adoption order: nothing is ever joined across it."""

from __future__ import annotations

from django.db import models


class AdoptionOrder(models.Model):
    """A record that an adoption order closed, as the sources tell: derived after each import.

    The adopted child has another record, under another number, which nothing here leads to: the
    two are never matched, merged or listed as one child.
    """

    child = models.OneToOneField(
        "people.Child", on_delete=models.CASCADE, related_name="adoption_order"
    )
    made_on = models.DateField(null=True)

    class Privacy:
        personal = ("child", "made_on")
        retention = "derived: as the record it closed"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"adopted, {self.made_on}"
