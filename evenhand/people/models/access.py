"""Records that are closed to some, and records that are open to somebody for a while."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team

AUTHOR = {"on_delete": models.PROTECT, "related_name": "+"}


class Restriction(models.Model):
    """That a child's record is closed, from a day until another or until it is lifted.

    Where anybody is let in by name or by team, it is closed to everybody else; where nobody is, it
    is closed only to those who are shut out by name. ``reason`` is a key of the packs' list.
    """

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="restrictions")
    reason = models.CharField(max_length=40)
    because = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    review_on = models.DateField()
    restricted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    lifted_on = models.DateField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **AUTHOR)
    lifted_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="restriction_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["child"],
                condition=models.Q(lifted_on__isnull=True),
                name="one_restriction_of_a_child_at_a_time",
            ),
        ]

    class Privacy:
        personal = ("child", "because", "restricted_by", "lifted_by", "lifted_because")
        retention = "as the child"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"{self.reason} from {self.starts_on}"


class RestrictionName(models.Model):
    """One person or team let in by a restriction, or one person shut out by it."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="names")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **AUTHOR)
    team = models.ForeignKey(Team, null=True, **AUTHOR)
    is_shut_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, team__isnull=True)
                | models.Q(user__isnull=True, team__isnull=False, is_shut_out=False),
                name="a_person_or_a_team_is_named",
            ),
            models.UniqueConstraint(fields=["restriction", "user"], name="a_person_is_named_once"),
            models.UniqueConstraint(fields=["restriction", "team"], name="a_team_is_named_once"),
        ]

    class Privacy:
        personal = ("user",)
        retention = "as the restriction"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"{self.user or self.team}{' (shut out)' if self.is_shut_out else ''}"


class OwnFamily(models.Model):
    """That a child, or an adult with every child they care for, is of a user's own family.

    The record is closed to that user from the moment it is declared.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    child = models.ForeignKey("people.Child", null=True, **AUTHOR)
    adult = models.ForeignKey("people.Adult", null=True, **AUTHOR)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(child__isnull=False, adult__isnull=True)
                | models.Q(child__isnull=True, adult__isnull=False),
                name="a_child_or_an_adult_is_family",
            )
        ]

    class Privacy:
        personal = ("user", "child", "adult", "declared_by")
        retention = "as the child"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"{self.user.get_full_name()}, family of {self.child or self.adult}"


class TemporaryAccess(models.Model):
    """That somebody without reach opened one child's record for a while, and why.

    ``reason`` is a key of the packs' list. Their manager says afterwards whether it was right.
    """

    class Verdict(models.TextChoices):
        APPROPRIATE = "appropriate"
        NOT_APPROPRIATE = "not appropriate"

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, **AUTHOR)
    reason = models.CharField(max_length=40)
    because = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    verdict = models.CharField(max_length=15, choices=Verdict, blank=True)
    verdict_because = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **AUTHOR)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "ends_at"], name="temporary_access_by_user")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="temporary_access_ends_after_it_starts",
            )
        ]

    class Privacy:
        personal = ("child", "user", "because", "verdict_because", "reviewed_by")
        retention = "as the log of views"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"{self.user} until {self.ends_at:%d/%m/%Y %H:%M}"
