"""What people add to a promise: why it was not kept, what it is let off, who does it when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team, Worker
from evenhand.people.models import Child
from evenhand.secrecy.fields import SealedTextField

SOMEBODY: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}
BY: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class OfPromise(models.Model):
    """One cycle of a standard for a subject, by what names it: its standing is rebuilt often.

    ``child``, ``team`` and ``worker`` are the standing's when it was written.
    """

    ref = models.CharField(max_length=12, unique=True)
    standard = models.CharField(max_length=100)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    cycle = models.PositiveSmallIntegerField()
    child = models.ForeignKey(Child, **SOMEBODY)
    team = models.ForeignKey(Team, **SOMEBODY)
    worker = models.ForeignKey(Worker, **SOMEBODY)

    class Meta:
        abstract = True


class Explanation(OfPromise):
    """Why a promise was not kept, by whoever knows; a manager's review, and what was done."""

    reason = models.CharField(max_length=40)
    words = SealedTextField(blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    given_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    reviewed_at = models.DateTimeField(null=True)
    review = SealedTextField(blank=True)
    done = SealedTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["team", "standard"], name="explanation_by_team"),
            models.Index(fields=["child"], name="explanation_by_child"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "subject_id", "cycle"], name="one_explanation_of_a_promise"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by=None) | ~models.Q(reviewed_by=models.F("given_by")),
                name="nobody_reviews_their_own_explanation",
            ),
        ]

    class Privacy:
        personal = ("child", "worker", "words", "given_by", "reviewed_by", "review", "done")
        retention = "as the child's record; without a child, as a contact"
        stand_in = "made-up reasons"

    def __str__(self) -> str:
        return f"{self.reason}: {self.standard}"


class Allowance(OfPromise):
    """A pause, an extension or an exemption: why, who agreed it, and until when.

    It stands beside the clock, which goes on as the source has it. ``until`` is the last day: of a
    pause and an exemption that it lasts, of an extension by which it is to be done.
    """

    kind = models.CharField(max_length=20)
    starts_on = models.DateField()
    until = models.DateField()
    reason = SealedTextField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    agreed_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)

    class Meta:
        indexes = [
            models.Index(fields=["standard", "subject_id"], name="allowance_by_subject"),
            models.Index(fields=["child"], name="allowance_by_child"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("starts_on")), name="allowance_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None, ended_by=None)
                | models.Q(ended_on__isnull=False, ended_by__isnull=False),
                name="allowance_is_ended_by_somebody",
            ),
        ]

    class Privacy:
        personal = ("child", "worker", "reason", "agreed_by", "ended_by")
        retention = "as the child's record; without a child, as a contact"
        stand_in = "made-up reasons"

    def __str__(self) -> str:
        return f"{self.kind} until {self.until}: {self.standard}"


class Aside(OfPromise):
    """That a promise was put off until a day, or passed on: in lists alone. Its due day stays."""

    later_until = models.DateField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    reason = SealedTextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner"], name="aside_by_owner"),
            models.Index(fields=["child"], name="aside_by_child"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "subject_id", "cycle"], name="one_aside_of_a_promise"
            )
        ]

    class Privacy:
        personal = ("child", "worker", "owner", "reason", "by")
        retention = "as the child's record; without a child, as a contact"
        stand_in = "made-up reasons"

    def __str__(self) -> str:
        return f"{self.standard} aside"


class Reminder(models.Model):
    """How somebody is reminded: by a mail each day, and by a calendar with an address of its own.

    ``feed`` is the digest of that address's secret, which is shown once; empty: there is none.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    by_mail = models.BooleanField(default=False)
    sent_on = models.DateField(null=True)
    feed = models.CharField(max_length=64, blank=True)
    feed_made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed"], condition=~models.Q(feed=""), name="one_feed_of_an_address"
            )
        ]

    class Privacy:
        personal = ("user",)
        retention = "as the user"
        stand_in = "none"

    def __str__(self) -> str:
        return f"Reminders of {self.user_id}"
