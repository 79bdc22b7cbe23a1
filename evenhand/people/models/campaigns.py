"""A campaign: a list of what was not known on one day, to be asked by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team, Worker
from evenhand.people.models.children import Adult, Child


class IdentityCampaign(models.Model):
    """An effort to ask: its list is frozen on the day it starts, with a target date.

    ``characteristics`` are those chased, space separated; ``team`` null is the whole authority.
    """

    ref = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    characteristics = models.CharField(max_length=400)
    starts_on = models.DateField()
    target_on = models.DateField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target_on__gte=models.F("starts_on")),
                name="campaign_ends_after_it_starts",
            )
        ]

    class Privacy:
        personal = ("started_by",)
        retention = "kept"
        stand_in = "made-up campaigns"

    def __str__(self) -> str:
        return self.title


class IdentityCampaignItem(models.Model):
    """One thing that was not known when the campaign started, and who was then to ask.

    ``outcome`` follows the answers: waiting, filled or declined. It is set where an answer is
    recorded, by whatever route.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        FILLED = "filled"
        DECLINED = "declined"

    campaign = models.ForeignKey(IdentityCampaign, on_delete=models.CASCADE, related_name="items")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    adult = models.ForeignKey(Adult, null=True, on_delete=models.CASCADE, related_name="+")
    characteristic = models.CharField(max_length=40)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "child", "characteristic"],
                condition=models.Q(adult__isnull=True),
                name="once_in_a_campaign",
            ),
            models.UniqueConstraint(
                fields=["campaign", "child", "adult", "characteristic"],
                condition=models.Q(adult__isnull=False),
                name="once_in_a_campaign_of_an_adult",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "outcome", "worker"], name="item_by_outcome"),
            models.Index(fields=["child", "characteristic"], name="item_by_child"),
        ]

    class Privacy:
        personal = ("child",)
        retention = "as the campaign"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.characteristic}: {self.outcome}"
