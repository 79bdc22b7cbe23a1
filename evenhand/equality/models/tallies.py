"""Counts by group: derived, thrown away and made anew."""

from __future__ import annotations

from django.db import models

from evenhand.accounts.models import Team
from evenhand.rules import periods


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
        YEAR = periods.YEAR
        BEFORE = periods.BEFORE

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


class QuarterTally(models.Model):
    """How many of one group there were of a measure in one quarter of the year, for a trend.

    The same counting as ``GroupTally``: ``of`` can be judged, ``reached`` of these went on, or were
    not in time. ``quarter`` is its first day and ``until`` the last day counted: that of the
    quarter, or of what is known, where the quarter still runs. Exact, and derived.
    """

    kind = models.CharField(max_length=5, choices=GroupTally.Kind)
    measure = models.CharField(max_length=100)
    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    dimension = models.CharField(max_length=30)
    group = models.CharField(max_length=80)
    unaccompanied = models.BooleanField(default=False)
    quarter = models.DateField()
    until = models.DateField()
    of = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["measure", "dimension", "team", "quarter"], name="quarter_tally_by_measure"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reached__lte=models.F("of")),
                name="quarter_tally_counts_parts_of_wholes",
            )
        ]

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.measure} {self.dimension}: {self.group}, {self.quarter}"


class CrossTally(models.Model):
    """Of one measure in the year, each two ways to tell groups apart at once, and its teams.

    ``body`` is as ``keeping.crossed`` writes it: exact counts of groups, of nobody by name. One row
    for the authority and for each service, as of ``GroupTally``, and of the same events. Derived.
    """

    measure = models.CharField(max_length=100)
    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    body = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["measure", "team"], name="cross_tally_by_measure")]

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return self.measure


class WaitTally(models.Model):
    """How many of each group waited so many days under one standard, those still waiting counted.

    Of the clocks that started in the year; ``until`` is the day up to which what was done is known.
    ``body`` is as ``keeping.waited`` writes it. Exact, and derived.
    """

    measure = models.CharField(max_length=100)
    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    dimension = models.CharField(max_length=30)
    until = models.DateField()
    body = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["measure", "dimension", "team"], name="wait_tally_by_measure")
        ]

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.measure} {self.dimension}"


class ServedTally(models.Model):
    """How many children of one group a service (populations.yaml) is for. Exact, and derived."""

    service = models.CharField(max_length=60)
    dimension = models.CharField(max_length=30)
    group = models.CharField(max_length=80)
    unaccompanied = models.BooleanField(default=False)
    children = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["service", "dimension"], name="served_tally_by_service")]

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.service} {self.dimension}: {self.group}"
