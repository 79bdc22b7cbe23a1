"""The staff inclusion survey: invitations that let in one answer each, and answers of nobody."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Survey(models.Model):
    """One survey of staff. Its results are shown once it is closed, so that no single answer shows
    between two looks."""

    ref = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    invited = models.PositiveIntegerField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("opened_on")),
                name="survey_closes_after_it_opens",
            )
        ]

    class Privacy:
        personal = ("opened_by",)
        retention = "kept: it names nobody who answered"
        stand_in = "made-up surveys"

    def __str__(self) -> str:
        return self.title


class SurveyInvitation(models.Model):
    """A link that lets one answer in. It is nobody's, and only its digest is kept: neither who was
    given it nor when it was used."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    class Privacy:
        personal = ()
        retention = "as the survey"
        stand_in = "made-up invitations"

    def __str__(self) -> str:
        return f"Invitation to {self.survey_id}"


class SurveyAnswer(models.Model):
    """What somebody answered: no user, no invitation, no moment, and a key that tells no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    groups = models.JSONField(default=dict)
    said = models.JSONField(default=dict)

    class Privacy:
        personal = ("groups", "said")
        retention = "as the survey; nobody can be found from it"
        stand_in = "made-up answers"

    def __str__(self) -> str:
        return f"Answer to {self.survey_id}"
