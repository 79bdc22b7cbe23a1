"""Plans on the way to adult services, with whom the list was shared, and monitoring meetings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from evenhand.people.models import Child
from evenhand.secrecy.fields import SealedTextField

BY: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class TransitionPlan(models.Model):
    """One young person's way to one adult service: ``route`` is a key of transitions.yaml.

    The days and the view are what was written down and imported, copied here by ``keeping`` so
    that promises and lists read one row; none is typed here. ``likely`` is the route itself where
    the criteria are likely to be met, else "no" or "unclear"; empty: no view yet.
    ``moved_to`` names the worker or the team that the extract shows from ``transferred_on``.
    """

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=20)
    begun_on = models.DateField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    begun_at = models.DateTimeField()
    listed_on = models.DateField(null=True)
    year_9_begins = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    review_attended_on = models.DateField(null=True)
    likely = models.CharField(max_length=20, blank=True)
    has_reasons = models.BooleanField(default=False)
    leaves_at_16 = models.BooleanField(null=True)
    leaving_on = models.DateField(null=True)
    leaving_recorded_on = models.DateField(null=True)
    referred_on = models.DateField(null=True)
    declined_on = models.DateField(null=True)
    care_act_on = models.DateField(null=True)
    worker_named_on = models.DateField(null=True)
    resources_noted_on = models.DateField(null=True)
    assessment_started_on = models.DateField(null=True)
    planning_started_on = models.DateField(null=True)
    transferred_on = models.DateField(null=True)
    moved_to = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "route"], name="one_plan_of_a_route")
        ]

    class Privacy:
        personal = ("child", "begun_by", "moved_to")
        retention = "as the child"
        stand_in = "made-up plans"

    def __str__(self) -> str:
        return f"{self.route} {self.ref}"

    @property
    def called(self) -> str:
        """Return what a list of a young person's events names it."""
        return f"Transition plan, {self.route}"


class ListShare(models.Model):
    """That the list was shared: with whom, for what, on what basis, and how many were on it.

    ``recipient`` is a key of transitions.yaml; ``route`` is empty where the whole list was shared.
    """

    ref = models.CharField(max_length=12, unique=True)
    recipient = models.CharField(max_length=40)
    route = models.CharField(max_length=20, blank=True)
    purpose = models.TextField()
    lawful_basis = models.TextField()
    shared_on = models.DateField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    shared_at = models.DateTimeField()
    number = models.PositiveIntegerField()

    class Privacy:
        personal = ("purpose", "shared_by")
        retention = "as the log of views"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"{self.recipient}, {self.shared_on}"


class SharedName(models.Model):
    """One young person whose name was on a list that was shared, and what it said of them."""

    share = models.ForeignKey(ListShare, on_delete=models.PROTECT, related_name="names")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=60, blank=True)
    leaving = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "child"], name="a_name_is_shared_once")
        ]

    class Privacy:
        personal = ("child", "view", "leaving")
        retention = "as the child"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"on {self.share}"


class MonitoringMeeting(models.Model):
    """A transition monitoring meeting, with the cases of its agenda and who of the posts came.

    ``posts`` holds {post: [presence, deputy]}: the posts are those of transitions.yaml on the day.
    """

    ref = models.CharField(max_length=12, unique=True)
    held_on = models.DateField()
    posts = models.JSONField(default=dict)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("posts", "recorded_by")
        retention = "as the log of views"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"Transition monitoring meeting of {self.held_on}"


class AgendaCase(models.Model):
    """One plan on a meeting's agenda. No note at the close: it is carried on to the next.

    ``difficulty`` is what stands in the way; ``task`` the reference of the task that it opened.
    """

    ref = models.CharField(max_length=12, unique=True)
    meeting = models.ForeignKey(MonitoringMeeting, on_delete=models.PROTECT, related_name="cases")
    plan = models.ForeignKey(TransitionPlan, on_delete=models.PROTECT, related_name="discussed")
    is_carried_on = models.BooleanField(default=False)
    note = SealedTextField(blank=True)
    is_discussed = models.BooleanField(default=False)
    difficulty = SealedTextField(blank=True)
    task = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "plan"], name="a_plan_is_on_an_agenda_once")
        ]

    class Privacy:
        personal = ("plan", "note", "difficulty")
        retention = "as the child"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"{self.plan} at {self.meeting}"
