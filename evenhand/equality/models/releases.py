"""Figures that were let out, as they left, and those that wait to be."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team
from evenhand.equality.models.tallies import GroupTally


class Release(models.Model):
    """One table of figures by group: proposed by one person, let out or sent back by another.

    ``figures`` is the table as it leaves, small numbers already hidden and the rest rounded: a list
    of headings, then rows. It is kept as it was, whatever becomes of the facts behind it. ``told``
    is what a reader learns of each count (``releasing.kept``): later releases are weighed against
    it. No hidden number is in either. Withdrawn, it still was read: it stays among what was told.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        RELEASED = "released"
        SENT_BACK = "sent back"
        WITHDRAWN = "withdrawn"

    ref = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=9, choices=State, default=State.RELEASED)
    kind = models.CharField(max_length=5, choices=GroupTally.Kind)
    measure = models.CharField(max_length=100)
    dimension = models.CharField(max_length=30)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    figures = models.JSONField()
    notes = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    profile = models.CharField(max_length=30, blank=True)
    for_whom = models.CharField(max_length=200)
    why = models.CharField(max_length=1_000, blank=True)
    as_at = models.DateField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=1_000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(proposed_by=None)
                | models.Q(released_by=None)
                | ~models.Q(proposed_by=models.F("released_by")),
                name="release_nobody_releases_alone",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["released", "withdrawn"], released_at__isnull=False)
                | models.Q(state__in=["proposed", "sent back"], released_at=None),
                name="release_left_when_it_was_released",
            ),
        ]

    class Privacy:
        personal = ("proposed_by", "released_by", "ended_by", "ended_because", "why")
        retention = "as the publication it was made for"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return f"{self.title} ({self.ref})"

    @property
    def has_left(self) -> bool:
        """Whether it was ever let out."""
        return self.released_at is not None
