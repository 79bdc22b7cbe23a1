"""What stands between families and services: the register, and each time that it was met."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team
from evenhand.people.models import Child
from evenhand.secrecy.fields import SealedTextField


class Barrier(models.Model):
    """One barrier: a code of the pack's, of one service, for one group, from one cause.

    Empty ``service``, ``group`` and ``cause`` are: not said. It names nobody. ``status`` is a key
    of the pack's ``barrier-states``.
    """

    ref = models.CharField(max_length=12, unique=True)
    code = models.CharField(max_length=40)
    service = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=40, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=20, default="open")
    action_words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "service", "group", "cause"], name="one_barrier_of_a_kind"
            )
        ]

    class Privacy:
        personal = ()
        retention = "kept: it names nobody"
        stand_in = "made-up barriers"

    def __str__(self) -> str:
        return f"{self.code}: {self.service or 'no service said'}"


class BarrierMet(models.Model):
    """That a barrier was met, fastened to what told it: an assessment, feedback or nothing more.

    ``target`` is the label of the model it is fastened to and ``target_id`` its key; both empty
    where somebody told it outside of any. ``another_worker`` is None while nobody asked.
    ``task`` is the reference of the task that a wish for another worker opened.
    """

    ref = models.CharField(max_length=12, unique=True)
    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, related_name="met")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True)
    met_on = models.DateField("told on")
    words = SealedTextField("in their words", blank=True)
    would_help = SealedTextField("what would help", blank=True)
    contact = models.CharField("person to contact", max_length=200, blank=True)
    another_worker = models.BooleanField("another worker wanted", null=True)
    task = models.CharField(max_length=12, blank=True)
    reply = models.TextField("what they were answered", blank=True)
    replied_on = models.DateField("answered on", null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("recorded at")
    entered_in_error = models.BooleanField("entered in error", default=False)

    class Meta:
        verbose_name = "barrier met"
        indexes = [
            models.Index(fields=["met_on", "team"], name="barrier_met_by_day"),
            models.Index(fields=["child", "-met_on"], name="barrier_met_by_child"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target="", target_id=None)
                | ~models.Q(target="") & models.Q(target_id__isnull=False),
                name="barrier_is_fastened_whole",
            )
        ]

    class Privacy:
        personal = ("child", "words", "would_help", "contact", "reply", "recorded_by")
        retention = "as the child; without a child, as a complaint"
        stand_in = "made-up barriers"

    def __str__(self) -> str:
        return f"Barrier met {self.ref}"
