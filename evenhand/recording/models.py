"""What was recorded on a form of the packs, each answer typed, and what is missing of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team, Worker
from evenhand.people.models import Child
from evenhand.secrecy.fields import SealedTextField

SOMEBODY: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}


class Recording(models.Model):
    """One form filled in: of which edition, about what, of which day.

    ``subject`` is the vocabulary's. ``about_id`` is the key of the imported event that it is
    fastened to; null: the record is the subject itself. ``worker`` and ``team`` are the child's
    then, or those of whoever recorded it. ``advice`` is the id of what the answers advise.
    """

    ref = models.CharField(max_length=12, unique=True)
    form = models.CharField(max_length=60)
    edition = models.DateField()
    subject = models.CharField(max_length=40)
    about_id = models.BigIntegerField(null=True)
    is_once = models.BooleanField(default=False)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, **SOMEBODY)
    worker = models.ForeignKey(Worker, **SOMEBODY)
    on = models.DateField()
    advice = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    entered_in_error = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "about_id"], name="recording_by_subject"),
            models.Index(fields=["form", "-on"], name="recording_by_form"),
            models.Index(fields=["child", "-on"], name="recording_by_child"),
            models.Index(fields=["team", "form", "-on"], name="recording_by_team"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "about_id"],
                condition=models.Q(is_once=True, entered_in_error=False),
                name="one_recording_about_an_event",
            )
        ]

    class Privacy:
        personal = ("child", "recorded_by", "worker")
        retention = "as the child's record; without a child, as a contact"
        stand_in = "made-up records"

    def __str__(self) -> str:
        return f"{self.form} {self.ref}"


class Answer(models.Model):
    """One answer, typed. All values empty: asked, and not answered.

    ``fact`` is the vocabulary's name, where the answer is one. ``row`` counts from 1 in a list of
    several; 0 is the form itself. ``code`` is a choice or a short text, and a person's name;
    ``words`` are sealed. ``user`` is the person of that name, where one signs in.
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="answers")
    ref = models.CharField(max_length=12, unique=True)
    row = models.PositiveSmallIntegerField(default=0)
    question = models.CharField(max_length=60)
    fact = models.CharField(max_length=80, blank=True)
    day = models.DateField(null=True)
    moment = models.DateTimeField(null=True)
    yes = models.BooleanField(null=True)
    number = models.IntegerField(null=True)
    code = models.CharField(max_length=200, blank=True)
    words = SealedTextField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)

    class Meta:
        indexes = [
            models.Index(fields=["fact", "recording"], name="answer_by_fact"),
            models.Index(fields=["question", "code"], name="answer_by_question"),
        ]

    class Privacy:
        personal = ("code", "words", "user")
        retention = "as the recording"
        stand_in = "made-up answers"

    def __str__(self) -> str:
        return f"{self.question} of {self.recording_id}"


class FirstDay(models.Model):
    """From which day on records tell a fact: the first day of any that asks for it.

    Kept beside the answers, so that no page looks through them all to say what is known.
    """

    fact = models.CharField(max_length=80, unique=True)
    on = models.DateField()

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.fact} from {self.on}"


class Missing(models.Model):
    """What a recording lacks or what in it does not agree, and whose it is. Worked out anew
    whenever the recording changes; it is never a reason to refuse one."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="missing")
    key = models.CharField(max_length=60)
    words = models.CharField(max_length=300)
    name = models.CharField(max_length=300, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)
    worker = models.ForeignKey(Worker, **SOMEBODY)
    team = models.ForeignKey(Team, **SOMEBODY)
    on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["worker", "-on"], name="missing_by_worker"),
            models.Index(fields=["team", "-on"], name="missing_by_team"),
            models.Index(fields=["user", "-on"], name="missing_by_user"),
        ]
        constraints = [models.UniqueConstraint(fields=["recording", "key"], name="missing_once")]

    class Privacy:
        personal = ("words", "name", "user", "worker")
        retention = "as the recording"
        stand_in = "derived"

    def __str__(self) -> str:
        return self.words
