"""Requests to see what is held, what was gathered and given, and complaints about personal data."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.people.models import Child
from evenhand.secrecy.fields import SealedTextField

LONGEST = 2_000


def _somebody(**kwargs: object) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **kwargs
    )  # type: ignore[call-overload,no-any-return]


class RecordsRequest(models.Model):
    """Somebody asked to see what is held about a child.

    ``asked_by`` is a key of the pack's askers. Documents that show identity or authority are never
    kept: only when and how they were checked. ``due_on``, ``extended``, ``paused`` and ``stopped``
    are derived from the days (``records.clock``) and kept for the standards and for lists:
    ``stopped`` means that ``due_on`` is the earliest that it can be.
    """

    class Decision(models.TextChoices):
        OPEN = "", "Not decided yet"
        WHOLE = "whole", "Given in full"
        PART = "part", "Given in part"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn by who asked"

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="records_requests")
    received_on = models.DateField()
    came_by = models.CharField(max_length=60)
    asked_by = models.CharField(max_length=40)
    asker_name = models.CharField(max_length=200, blank=True)
    wanted = models.TextField(max_length=LONGEST)
    authority = models.CharField(max_length=300, blank=True)
    authority_on = models.DateField(null=True)
    identity_asked_on = models.DateField(null=True)
    identity_shown_on = models.DateField(null=True)
    identity_by = models.CharField(max_length=60, blank=True)
    extension_told_on = models.DateField(null=True)
    extension_why = models.TextField(blank=True, max_length=LONGEST)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decision_why = models.TextField(blank=True, max_length=LONGEST)
    decided_by = _somebody(null=True)
    answered_on = models.DateField(null=True)
    given_by = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True)
    extended = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    stopped = models.BooleanField(default=False)
    recorded_by = _somebody()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["answered_on", "due_on"], name="records_request_by_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on=None) | ~models.Q(decision=""),
                name="what_is_answered_is_decided",
            )
        ]

    class Privacy:
        personal = (
            "child", "asker_name", "wanted", "authority", "extension_why", "decision_why",
            "decided_by", "recorded_by",
        )  # fmt: skip
        retention = "as the child"
        stand_in = "made-up requests"

    def __str__(self) -> str:
        return f"Request {self.ref}"


class Clarification(models.Model):
    """More detail was asked for, and when the answer came; the clock stands still meanwhile."""

    request = models.ForeignKey(
        RecordsRequest, on_delete=models.PROTECT, related_name="clarifications"
    )
    asked_on = models.DateField()
    asked = models.TextField(max_length=LONGEST)
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True, max_length=LONGEST)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(answered_on=None),
                name="one_open_clarification",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on=None)
                | models.Q(answered_on__gte=models.F("asked_on")),
                name="clarified_after_asking",
            ),
        ]

    class Privacy:
        personal = ("asked", "answer")
        retention = "as the request"
        stand_in = "made-up questions"

    def __str__(self) -> str:
        return f"asked on {self.asked_on}"


class ChildsWish(models.Model):
    """The child's own view when somebody else asks: whether they understand, and what they wish.

    ``own_answers``: they let whoever asks see what they volunteered of themselves.
    """

    class Wish(models.TextChoices):
        AGREES = "agrees", "They agree"
        REFUSES = "refuses", "They do not want it"
        NOT_SAID = "not said", "They did not say"

    request = models.ForeignKey(RecordsRequest, on_delete=models.PROTECT, related_name="wishes")
    asked_on = models.DateField()
    understands = models.BooleanField(null=True)
    wish = models.CharField(max_length=10, choices=Wish)
    words = models.TextField(blank=True, max_length=LONGEST)
    own_answers = models.BooleanField(default=False)
    asked_by = _somebody()
    recorded_at = models.DateTimeField()

    class Privacy:
        personal = ("wish", "words", "asked_by")
        retention = "as the request"
        stand_in = "made-up wishes"

    def __str__(self) -> str:
        return self.get_wish_display()


class Withholding(models.Model):
    """Something is not given, under an exemption, by a named person, with reasons.

    ``what`` and ``why`` are for us; the pack's words of the exemption are for who asked, where they
    are to be told (``tell``). ``opinion_of`` is the health professional who was asked.
    """

    request = models.ForeignKey(
        RecordsRequest, on_delete=models.PROTECT, related_name="withholdings"
    )
    exemption = models.CharField(max_length=40)
    what = models.TextField(max_length=LONGEST)
    why = models.TextField(max_length=LONGEST)
    opinion_of = models.CharField(max_length=200, blank=True)
    opinion_on = models.DateField(null=True)
    tell = models.BooleanField(default=True)
    decided_by = _somebody()
    decided_at = models.DateTimeField()

    class Privacy:
        personal = ("what", "why", "opinion_of", "decided_by")
        retention = "as the request"
        stand_in = "made-up reasons"

    def __str__(self) -> str:
        return self.exemption


class Bundle(models.Model):
    """What was gathered for a request, and, once released, exactly what was given.

    ``contents`` is what was gathered (``records.contents``), with each marked piece as its mark's
    number; emptied when a newer one takes its place. ``pdf`` and ``archive`` are the two files in
    base64, made once at release; ``digest`` is the SHA-256 of both files, one after the other.
    """

    ref = models.CharField(max_length=12, unique=True)
    request = models.ForeignKey(RecordsRequest, on_delete=models.PROTECT, related_name="bundles")
    contents = SealedTextField()
    letter = models.JSONField(default=list)
    pdf = SealedTextField(blank=True)
    archive = SealedTextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    prepared_by = _somebody()
    prepared_at = models.DateTimeField()
    released_by = _somebody(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(released_at__isnull=False),
                name="one_bundle_is_released",
            ),
            models.CheckConstraint(
                condition=models.Q(released_by=None)
                | ~models.Q(released_by=models.F("prepared_by")),
                name="another_person_releases",
            ),
        ]

    class Privacy:
        personal = ("contents", "letter", "pdf", "archive", "prepared_by", "released_by")
        retention = "as the request"
        stand_in = "made-up bundles"

    def __str__(self) -> str:
        return f"Bundle {self.ref}"


class Mark(models.Model):
    """A piece of a bundle that may tell of somebody else: proposed, then decided by a person.

    One mark stands for every place where the same words of one kind occur: ``number`` in the
    contents. ``leave_out`` None: nobody decided yet.
    """

    ref = models.CharField(max_length=12, unique=True)
    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="marks")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    words = SealedTextField()
    where = models.CharField(max_length=120)
    places = models.PositiveIntegerField(default=1)
    proposed = models.BooleanField()
    leave_out = models.BooleanField(null=True)
    why = models.TextField(blank=True, max_length=LONGEST)
    decided_by = _somebody(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bundle", "number"], name="one_mark_of_a_number")
        ]

    class Privacy:
        personal = ("words", "why", "decided_by")
        retention = "as the request"
        stand_in = "made-up marks"

    def __str__(self) -> str:
        return f"Mark {self.number}"


class DataComplaint(models.Model):
    """Somebody complained about how their personal data was handled.

    ``request`` and ``child`` are filled where it is about a request to see records.
    """

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        RecordsRequest, null=True, on_delete=models.PROTECT, related_name="complaints"
    )
    received_on = models.DateField()
    came_by = models.CharField(max_length=60)
    from_name = models.CharField(max_length=200, blank=True)
    about = models.TextField(max_length=LONGEST)
    acknowledged_on = models.DateField(null=True)
    outcome_told_on = models.DateField(null=True)
    outcome = models.TextField(blank=True, max_length=LONGEST)
    recorded_by = _somebody()
    recorded_at = models.DateTimeField()

    class Privacy:
        personal = ("child", "from_name", "about", "outcome", "recorded_by")
        retention = "as a complaint"
        stand_in = "made-up complaints"

    def __str__(self) -> str:
        return f"Complaint {self.ref}"


class Progress(models.Model):
    """Whoever complained was told how far it is."""

    complaint = models.ForeignKey(DataComplaint, on_delete=models.PROTECT, related_name="progress")
    told_on = models.DateField()
    words = models.TextField(max_length=LONGEST)
    told_by = _somebody()

    class Privacy:
        personal = ("words", "told_by")
        retention = "as the complaint"
        stand_in = "made-up words"

    def __str__(self) -> str:
        return f"told on {self.told_on}"
