"""Where each promise stands: one derived, rebuildable row for each cycle, and monthly tallies."""

from __future__ import annotations

from django.db import models

from evenhand.accounts.models import Team, Worker
from evenhand.people.models import Child


class Standing(models.Model):
    """One cycle of one standard for one subject: due and done, never the state.

    The state is worked out from ``due``, ``done``, ``excused_by``, now and the horizon whenever it
    is shown. ``due_at`` and ``done_at`` are filled where hours count, ``due_from_at`` where the
    start is known only by its day. ``not_recorded``: what decides whether the standard applies,
    or when it is due, is not on record. ``kind`` is what no passing of time can change.
    """

    class Kind(models.IntegerChoices):
        """What due and done settle between them; for what is not done, time decides the rest."""

        NOT_DONE = 0
        DONE_IN_TIME = 1
        DONE_LATE = 2
        EXCUSED = 3
        DAY_ONLY = 4
        NOT_RECORDED = 5

    standard = models.CharField(max_length=100)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    cycle = models.PositiveSmallIntegerField()
    child = models.ForeignKey(
        Child, null=True, on_delete=models.CASCADE, related_name="standings", db_index=False
    )
    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    worker = models.ForeignKey(
        Worker, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    anchor_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    due_from_at = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    excused_by = models.CharField(max_length=80, blank=True)
    not_recorded = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    pack_digest = models.CharField(max_length=16)
    digest = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "subject_id", "cycle"], name="one_standing_of_a_cycle"
            )
        ]
        indexes = [
            models.Index(fields=["child", "kind", "due_on"], name="standing_by_child"),
            models.Index(fields=["team", "kind", "due_on"], name="standing_by_team"),
            models.Index(
                fields=["team", "standard", "kind", "due_on"], name="standing_by_team_standard"
            ),
            models.Index(fields=["standard", "kind", "due_on"], name="standing_by_standard"),
        ]

    class Privacy:
        personal = ("child",)
        retention = "derived: as the facts it is drawn from"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.standard} #{self.cycle} due {self.due_on}"


class StandingTally(models.Model):
    """How many cycles that fell due in a month were kept, and so on, as at a day.

    ``team`` null is the whole authority. Counts are exact: suppression is at release.
    """

    standard = models.CharField(max_length=100)
    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    month = models.DateField()
    kept = models.PositiveIntegerField(default=0)
    kept_late = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField(default=0)
    not_known = models.PositiveIntegerField(default=0)
    not_recorded = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)
    as_at = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "team", "month"], name="one_tally_of_a_team"
            ),
            models.UniqueConstraint(
                fields=["standard", "month"],
                condition=models.Q(team__isnull=True),
                name="one_tally_of_the_authority",
            ),
        ]
        indexes = [models.Index(fields=["team", "month"], name="tally_by_team")]

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.standard} {self.month:%Y-%m}"
