"""What a named person decided on the advice of a form, and the letters that tell the family why."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team
from evenhand.people.models import Child
from evenhand.recording.models import Recording
from evenhand.secrecy.fields import SealedTextField

SOMEBODY: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}


class Decision(models.Model):
    """A decision on what a recording's answers advise.

    ``advised`` is the id of that advice then, ``edition`` the version of the criteria. ``decided``
    is a choice of the packs; blank: it is not said. It departs where the two differ. ``decided_by``
    is a name, ``decider`` the person who signs in by it. All reasons are sealed.
    """

    ref = models.CharField(max_length=12, unique=True)
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="decisions")
    form = models.CharField(max_length=60)
    edition = models.DateField()
    advised = models.CharField(max_length=60, blank=True)
    decided = models.CharField(max_length=60, blank=True)
    departs = models.BooleanField(default=False)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, **SOMEBODY)
    decided_by = models.CharField(max_length=200, blank=True)
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    decided_on = models.DateField()
    why_departs = SealedTextField(blank=True)
    reasons = SealedTextField(blank=True)
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=60, blank=True)
    stays_open = models.JSONField(default=list)
    goes_next = SealedTextField(blank=True)
    challenged_on = models.DateField(null=True)
    challenged_by = models.CharField(max_length=200, blank=True)
    challenge = SealedTextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answer = SealedTextField(blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    entered_in_error = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["form", "-decided_on"], name="decision_by_form"),
            models.Index(fields=["child", "-decided_on"], name="decision_by_child"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(departs=False)
                | (~models.Q(decided=models.F("advised")) & ~models.Q(decided="")),
                name="who_departs_decided_otherwise",
            )
        ]

    class Privacy:
        personal = (
            "child", "decided_by", "decider", "why_departs", "reasons", "goes_next",
            "challenged_by", "challenge", "answered_by", "answer", "recorded_by",
        )  # fmt: skip
        retention = "as the child's record"
        stand_in = "made-up decisions"

    def __str__(self) -> str:
        return f"decision {self.ref}"


class Letter(models.Model):
    """The reasons of a decision as they are written to a family. It is not sent until a person
    who looked whether it is safe to write there (``contact_seen``: what they saw) says so."""

    ref = models.CharField(max_length=12, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="letters")
    language = models.CharField(max_length=100)
    format = models.CharField(max_length=60)
    words = SealedTextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()
    contact_seen = SealedTextField(blank=True)
    sent_on = models.DateField(null=True)
    sent_how = models.CharField(max_length=60, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_on__isnull=True) | models.Q(sent_by__isnull=False),
                name="a_letter_is_sent_by_somebody",
            )
        ]

    class Privacy:
        personal = ("words", "written_by", "contact_seen", "sent_by")
        retention = "as the decision"
        stand_in = "made-up letters"

    def __str__(self) -> str:
        return f"letter {self.ref}"
