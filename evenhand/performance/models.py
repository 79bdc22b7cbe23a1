"""How the authority gets better: objectives, measures, findings, good practice, one's own work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team, Worker

AUTHOR: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}
SOMEBODY: dict[str, Any] = {"null": True, **AUTHOR}


class Objective(models.Model):
    """What the council, or a service towards it, sets out to do. ``parent``: what it serves."""

    class Level(models.TextChoices):
        COUNCIL = "council"
        SERVICE = "service"

    ref = models.CharField(max_length=12, unique=True)
    level = models.CharField(max_length=7, choices=Level)
    words = models.CharField(max_length=300)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="services")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    set_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="service") | models.Q(parent__isnull=True),
                name="a_council_objective_serves_no_other",
            )
        ]

    class Privacy:
        personal = ("set_by",)
        retention = "kept"
        stand_in = "made-up objectives"

    def __str__(self) -> str:
        return self.words


class Measure(models.Model):
    """What shows whether a team (null: the authority) does what it set out to do.

    ``source`` is the standard that it counts, or empty where something else is told by hand;
    ``target`` is a share in per cent; ``priority`` a key of performance.yaml. Published only with
    a priority; until then it is a draft with its owner.
    """

    ref = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    source = models.CharField(max_length=100, blank=True)
    target = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    team = models.ForeignKey(Team, **SOMEBODY)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    priority = models.CharField(max_length=60, blank=True)
    objective = models.ForeignKey(Objective, **SOMEBODY)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | ~models.Q(priority=""),
                name="what_is_published_serves_a_priority",
            ),
            models.CheckConstraint(
                condition=models.Q(target=None) | models.Q(target__gte=0, target__lte=100),
                name="a_target_is_a_share",
            ),
        ]

    class Privacy:
        personal = ("owner", "published_by")
        retention = "kept"
        stand_in = "made-up measures"

    def __str__(self) -> str:
        return self.name


class PersonalObjective(models.Model):
    """What one person sets out to do, and which measure of a team it adds to (null: none yet)."""

    ref = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    words = models.CharField(max_length=300)
    measure = models.ForeignKey(
        Measure, null=True, on_delete=models.PROTECT, related_name="personal"
    )
    set_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Privacy:
        personal = ("person", "words")
        retention = "while employed"
        stand_in = "made-up objectives"

    def __str__(self) -> str:
        return self.words


class Finding(models.Model):
    """What an inspection or a best-value review found; ``kind`` is a key of performance.yaml.

    What is done about it are tasks, about ``finding:<ref>``. It names no child and no worker.
    """

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=40)
    words = models.TextField()
    told_in = models.CharField(max_length=300, blank=True)
    found_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    recorded_at = models.DateTimeField()
    closed_on = models.DateField(null=True)
    closing_words = models.TextField(blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)

    class Meta:
        indexes = [models.Index(fields=["closed_on", "found_on"], name="finding_by_day")]

    class Privacy:
        personal = ("recorded_by", "closed_by")
        retention = "kept"
        stand_in = "made-up findings"

    def __str__(self) -> str:
        return self.words


class GoodPractice(models.Model):
    """Something done well, who is thanked, and what others can learn; it names no child.

    ``number`` counts from 1: "G-4" is how people speak of it.
    """

    ref = models.CharField(max_length=12, unique=True)
    number = models.PositiveIntegerField(unique=True)
    source = models.CharField(max_length=40)
    summary = models.TextField()
    team = models.ForeignKey(Team, **SOMEBODY)
    worker = models.ForeignKey(Worker, **SOMEBODY)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    recorded_at = models.DateTimeField()

    class Privacy:
        personal = ("worker", "recorded_by")
        retention = "kept"
        stand_in = "made-up praise"

    def __str__(self) -> str:
        return f"G-{self.number}"


class Share(models.Model):
    """That good practice was passed on to a team."""

    practice = models.ForeignKey(GoodPractice, on_delete=models.CASCADE, related_name="shares")
    team = models.ForeignKey(Team, **AUTHOR)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    shared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "team"], name="shared_once_with_a_team")
        ]

    class Privacy:
        personal = ("shared_by",)
        retention = "as the good practice"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"{self.practice} with {self.team}"


class Receipt(models.Model):
    """That somebody has read it."""

    practice = models.ForeignKey(GoodPractice, on_delete=models.CASCADE, related_name="receipts")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "reader"], name="read_once_by_a_person")
        ]

    class Privacy:
        personal = ("reader",)
        retention = "as the good practice"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"{self.practice} read"


class WorkResult(models.Model):
    """What an audit of somebody's work came to, told to them, and what they answer.

    Read by that person and their line only. It names no child.
    """

    ref = models.CharField(max_length=12, unique=True)
    worker = models.ForeignKey(Worker, **AUTHOR)
    title = models.CharField(max_length=200)
    looked_on = models.DateField()
    words = models.TextField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    told_at = models.DateTimeField()
    response = models.TextField(blank=True)
    responded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["worker", "-looked_on"], name="result_by_worker")]

    class Privacy:
        personal = ("worker", "words", "told_by", "response")
        retention = "while employed"
        stand_in = "made-up results"

    def __str__(self) -> str:
        return self.title


class PublishedQuarter(models.Model):
    """How often each standard was met in a quarter, as it was let out; two people make one.

    ``lines`` hold what may be shown: small numbers are gone from them already. Nothing of it
    changes when records do. Withdrawn: kept, and shown to the public no more.
    """

    ref = models.CharField(max_length=12, unique=True)
    starts_on = models.DateField()
    as_at = models.DateField()
    lines = models.JSONField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    proposed_at = models.DateTimeField()
    let_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    let_out_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    withdrawn_at = models.DateTimeField(null=True)
    why_withdrawn = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["starts_on"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_publication_of_a_quarter",
            ),
            models.CheckConstraint(
                condition=models.Q(let_out_by__isnull=True)
                | ~models.Q(let_out_by=models.F("proposed_by")),
                name="nobody_lets_their_own_quarter_out",
            ),
        ]

    class Privacy:
        personal = ("proposed_by", "let_out_by", "withdrawn_by")
        retention = "kept: what was published"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return f"{self.starts_on}"
