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


class GroupTally(models.Model):
    """How many of one group reached a step of the pathway, or were kept waiting by a clock.

    ``measure`` is a step of the pack's pathway or a standard's id; ``dimension`` and ``group`` are
    the pack's. ``of`` counts what can be judged, ``reached`` those that went on to the next stage,
    or whom a standard kept late or not at all; ``waiting`` of the reached are not done yet;
    ``unjudged`` stand beside: not known or not recorded. ``team`` null is the whole authority; of
    teams only services, which hold others, are counted. The last three are sums over families of
    squares and products of their counts: brothers and sisters, and a child met again, are not
    separate evidence. Counts are exact: suppression is at release. Derived: may be thrown away.
    """

    class Kind(models.TextChoices):
        STEP = "step"
        CLOCK = "clock"

    class Period(models.TextChoices):
        YEAR = "year"
        BEFORE = "before"

    kind = models.CharField(max_length=5, choices=Kind)
    measure = models.CharField(max_length=100)
    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    dimension = models.CharField(max_length=30)
    group = models.CharField(max_length=80)
    period = models.CharField(max_length=6, choices=Period)
    unaccompanied = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField()
    of = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    unjudged = models.PositiveIntegerField(default=0)
    of_squared = models.PositiveBigIntegerField(default=0)
    reached_squared = models.PositiveBigIntegerField(default=0)
    reached_by_of = models.PositiveBigIntegerField(default=0)
    as_at = models.DateField()

    class Meta:
        indexes = [
            models.Index(
                fields=["team", "dimension", "kind", "period"], name="group_tally_by_dimension"
            ),
            models.Index(fields=["team", "measure"], name="group_tally_by_measure"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reached__lte=models.F("of"))
                & models.Q(waiting__lte=models.F("reached")),
                name="group_tally_counts_parts_of_wholes",
            )
        ]

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.measure} {self.dimension}: {self.group}"


class Release(models.Model):
    """One table of figures by group that was let out: what it held, for whom, and by whom.

    ``figures`` is the table as it left, small numbers already hidden and the rest rounded: a list
    of headings, then rows. It is kept as it was, whatever becomes of the facts behind it.
    """

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=5, choices=GroupTally.Kind)
    measure = models.CharField(max_length=100)
    dimension = models.CharField(max_length=30)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    figures = models.JSONField()
    notes = models.JSONField(default=list)
    for_whom = models.CharField(max_length=200)
    as_at = models.DateField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    released_at = models.DateTimeField()

    class Privacy:
        personal = ("released_by",)
        retention = "as the publication it was made for"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return f"{self.title} ({self.ref})"
