"""How many open children there are of each group, and whose needs are met: derived."""

from __future__ import annotations

from django.db import models

from evenhand.accounts.models import Team


class NeedTally(models.Model):
    """How many open children of one group there are, or have one need met or unmet.

    ``way`` is a dimension or ``area``, whose groups are teams by key; ``what`` is as
    ``queries.groups`` names it. ``team`` is the child's, null the whole authority. Kept as at a
    day, thrown away whenever what meets a need is recorded, and counted anew. Exact: hidden where
    shown.
    """

    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    way = models.CharField(max_length=30)
    group = models.CharField(max_length=80)
    what = models.CharField(max_length=80)
    children = models.PositiveIntegerField()
    as_at = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["team", "way"], name="need_tally_by_team")]

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.way} {self.group}: {self.what}"


class ServiceWaitTally(models.Model):
    """How many of each group waited so many days from a referral accepted to a service.

    ``body`` is as ``equality.keeping.waited`` writes it. Of the authority and each service, of one
    dimension. Exact, and derived.
    """

    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    dimension = models.CharField(max_length=30)
    body = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["dimension", "team"], name="service_wait_by_dimension")]

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return self.dimension
