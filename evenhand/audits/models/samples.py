"""What was drawn, from whom, and how: enough to draw the same list again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.accounts.models import Team, Worker
from evenhand.audits.models.programme import SOMEBODY, Slot
from evenhand.people.models import Child


class Sample(models.Model):
    """A list of files to audit. The same ``seed``, population and order give the same list.

    ``digest`` is that of the population's keys, sorted, which are kept in ``drawn_from``: by part
    where it is stratified, by weight where it is weighted. ``asked`` says by which facts it was
    chosen, ``parts`` how many fell to each part of it. ``method``: simple, stratified, weighted,
    whole or picked. Files that somebody picked are never counted with those that were drawn.
    ``size`` is how many were asked for, ``of`` how many there were.

    Without a slot it stands beside the year: ``theme`` says what about, ``theme_why`` who asked for
    it and why, ``due_on`` by when its files are to be audited.
    """

    class Method(models.TextChoices):
        SIMPLE = "simple"
        STRATIFIED = "stratified"
        WEIGHTED = "weighted"
        WHOLE = "whole"
        PICKED = "picked"

    ref = models.CharField(max_length=12, unique=True)
    slot = models.ForeignKey(Slot, null=True, on_delete=models.PROTECT, related_name="samples")
    theme = models.CharField(max_length=200, blank=True)
    theme_why = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)
    type = models.CharField(max_length=40)
    population = models.CharField(max_length=40)
    method = models.CharField(max_length=12, choices=Method)
    seed = models.CharField(max_length=80, blank=True)
    asked = models.JSONField(default=dict)
    parts = models.JSONField(default=list)
    size = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    drawn_from = models.JSONField(default=dict)
    as_at = models.DateField()
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, **SOMEBODY)

    class Meta:
        indexes = [models.Index(fields=["slot", "-drawn_at"], name="sample_by_slot")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slot__isnull=False, theme="", due_on=None)
                | models.Q(slot=None, due_on__isnull=False) & ~models.Q(theme=""),
                name="a_list_is_of_a_slot_or_of_a_theme",
            )
        ]

    class Privacy:
        personal = ("theme_why", "drawn_from", "drawn_by", "published_by")
        retention = "as the slot"
        stand_in = "made-up samples"

    def __str__(self) -> str:
        return f"{self.size} of {self.of} ({self.ref})"


class SampledFile(models.Model):
    """One file of a list: a child's, an event of a child's, or a worker's.

    ``key`` is what was drawn, as the population names it. ``why`` is the reason of one that was
    added by name or picked. ``left_out_why``: it was on the list and is not audited.
    """

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="files")
    ref = models.CharField(max_length=12, unique=True)
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, **SOMEBODY)
    team = models.ForeignKey(Team, **SOMEBODY)
    subject = models.CharField(max_length=40)
    about_id = models.BigIntegerField(null=True)
    part = models.CharField(max_length=200, blank=True)
    is_extra = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    left_out_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "key"], name="a_file_is_on_a_list_once")
        ]

    class Privacy:
        personal = ("child", "worker", "why", "left_out_why")
        retention = "as the child's record"
        stand_in = "made-up files"

    def __str__(self) -> str:
        return f"{self.position} of {self.sample_id}"

    @property
    def is_random(self) -> bool:
        """Whether chance alone, or the whole of a population, put it on a list of the year.

        What somebody picked or added by name is never counted with these, nor what was drawn for a
        theme: its files tell of the theme, and not of practice as it mostly is.
        """
        drawn = not self.is_extra and self.sample.method != Sample.Method.PICKED
        return drawn and self.sample.slot_id is not None
