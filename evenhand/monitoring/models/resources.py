"""Places, hours or money by area, to be set against need; with the decision that was made."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team


class Resource(models.Model):
    """One kind of resource over a period, shared out between areas: each a team or a service.

    ``decision`` is what was decided on looking at need beside it; empty: nothing yet.
    """

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    told_by = models.CharField(max_length=200)
    decision = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "starts_on", "ends_on"], name="one_share_out_of_a_kind_and_period"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="resource_ends_after_it_starts",
            ),
        ]

    class Privacy:
        personal = ("recorded_by",)
        retention = "as the plans that rest on it"
        stand_in = "made-up places"

    def __str__(self) -> str:
        return self.kind


class ResourceShare(models.Model):
    """How much of a resource one area has."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="shares")
    area = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    number = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "area"], name="one_share_of_an_area"),
            models.CheckConstraint(condition=models.Q(number__gte=0), name="a_share_is_no_debt"),
        ]

    class Privacy:
        personal = ()
        retention = "as the resource"
        stand_in = "made-up places"

    def __str__(self) -> str:
        return f"{self.area}: {self.number}"
