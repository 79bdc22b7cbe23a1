"""Concerns about unfair treatment. Grounds belong to a concern, never to a person's profile."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team, Worker


class Concern(models.Model):
    """Somebody raised that a person was treated unfairly, on one of the policy's grounds.

    ``ground`` is a key of the pack's list. ``characteristic`` is the protected characteristic under
    which it counts as well: the ground's own, or another by a person's judgement; empty: none. It
    names no child or adult, so that no list of people by ground can be drawn. ``subjects`` are
    people who work here and of whom it is told: none of them ever sees it. ``owner`` is the manager
    it goes to, outside their line; null: the director.
    """

    ref = models.CharField(max_length=12, unique=True)
    received_on = models.DateField()
    ground = models.CharField(max_length=60)
    characteristic = models.CharField(max_length=60, blank=True)
    what_happened = models.TextField()
    direct = models.BooleanField(null=True)  # to the person's face, not by a rule for all; unknown
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    subjects = models.ManyToManyField(Worker, related_name="+")
    owner = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ground", "received_on"], name="concern_by_ground")]

    class Privacy:
        personal = ("what_happened", "recorded_by", "subjects", "owner")
        retention = "as a complaint"
        stand_in = "made-up concerns"

    def __str__(self) -> str:
        return f"Concern {self.ref}"
