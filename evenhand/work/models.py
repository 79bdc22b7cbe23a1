"""Tasks, and what was measured when one was opened and when it was looked at again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team

AUTHOR = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}
STILL_OPEN = ("open", "to be checked")


class Task(models.Model):
    """Something that somebody is asked to do, by a day; an improvement action is one too.

    ``kind`` is a key of the packs' tasks.yaml. It belongs to ``owner``, or to whoever holds
    ``role`` over ``team`` (null: over the authority); ``team`` is also what it is about. ``about``
    tells what opened it, so that the same is not opened twice; ``route``, ``route_args`` and
    ``query`` lead there. ``opened_by`` null: Evenhand itself. ``measure`` names who can take what
    ``measured`` describes again on ``review_on``. Putting a task off (``later_until``) never moves
    ``due_on``. It names no child in its own words: ``child`` does.
    """

    class State(models.TextChoices):
        OPEN = "open"
        TO_BE_CHECKED = "to be checked"
        DONE = "done"
        NOT_NEEDED = "not needed"

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=40)
    what = models.CharField(max_length=500)
    why = models.TextField(blank=True)
    clauses = models.JSONField(default=list)
    about = models.CharField(max_length=300, blank=True)
    route = models.CharField(max_length=80, blank=True)
    route_args = models.JSONField(default=list)
    query = models.CharField(max_length=300, blank=True)
    child = models.ForeignKey("people.Child", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    role = models.CharField(max_length=30, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    later_until = models.DateField(null=True)
    state = models.CharField(max_length=13, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=40, blank=True)
    looked_at = models.PositiveIntegerField(null=True)
    evidence = models.TextField(blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    done_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    checked_at = models.DateTimeField(null=True)
    measure = models.CharField(max_length=40, blank=True)
    measured = models.JSONField(default=dict)
    review_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="task_by_owner"),
            models.Index(fields=["role", "state", "due_on"], name="task_by_role"),
            models.Index(fields=["about"], name="task_by_about"),
            models.Index(
                fields=["review_on"],
                condition=~models.Q(measure=""),
                name="task_to_measure_again",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False) | ~models.Q(role=""),
                name="a_task_is_somebodys",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", done_at__isnull=True)
                | (~models.Q(state="open") & models.Q(done_at__isnull=False)),
                name="a_task_that_is_not_open_was_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_by__isnull=True)
                | models.Q(done_by__isnull=True)
                | ~models.Q(checked_by=models.F("done_by")),
                name="nobody_checks_their_own_task",
            ),
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=models.Q(state__in=STILL_OPEN) & ~models.Q(about=""),
                name="one_open_task_about_a_thing",
            ),
        ]

    class Privacy:
        personal = (
            "what", "why", "child", "owner", "opened_by", "evidence", "done_by", "checked_by",
        )  # fmt: skip
        retention = "as the child, or as the plan that it belongs to"
        stand_in = "made-up tasks"

    def __str__(self) -> str:
        return f"{self.what} ({self.ref})"

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done or checked."""
        return self.state in STILL_OPEN


class Reading(models.Model):
    """What was counted of a task's measure on one day: n of ``of``, and of whom it is compared.

    The first of a task is its baseline, as the page showed it when it was opened. ``chance`` is
    that of such a difference, after correction; null where none was worked out. ``definition`` is
    the digest of what is counted, ``pack`` that of the packs. ``is_small``: those who are not
    entitled to the cases are not shown the numbers. Kept as it was, whatever becomes of the facts.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="readings")
    taken_at = models.DateTimeField()
    as_at = models.DateField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    of_what = models.CharField(max_length=500)
    n = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    against = models.CharField(max_length=200, blank=True)
    others_n = models.PositiveIntegerField(null=True)
    others_of = models.PositiveIntegerField(null=True)
    chance = models.FloatField(null=True)
    is_small = models.BooleanField(default=False)
    definition = models.CharField(max_length=64)
    pack = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(n__lte=models.F("of")), name="reading_counts_a_part_of_a_whole"
            )
        ]

    class Privacy:
        personal = ()
        retention = "as the task"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return f"{self.n} of {self.of} on {self.as_at}"
