"""Events of a child's journey, read from the case system. One row is one real event.

``withdrawn`` rows are kept and listed but out of the clocks. Codes are the Department for
Education's. Nothing here is typed over: what Evenhand adds is fastened beside.
"""

from __future__ import annotations

from django.db import models

from evenhand.accounts.models import Team, Worker
from evenhand.people.models import Child


class Event(models.Model):
    """What every imported event has: its child, and whether the source has withdrawn it."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="%(class)ss")
    withdrawn = models.BooleanField(default=False)

    class Meta:
        abstract = True

    class Privacy:
        personal = ("child",)
        retention = "as the child's record of its type"
        stand_in = "Islehaven's made-up events"


class WorkedEvent(Event):
    """An event that a worker of a team carried out."""

    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Contact(Event):
    """Somebody got in touch about a child."""

    received_on = models.DateField(null=True)
    source_code = models.CharField(max_length=48, blank=True)
    source_text = models.CharField(max_length=255, blank=True)
    outcome = models.JSONField(default=dict)


class EarlyHelpEpisode(Event):
    """A period of early help."""

    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    end_reason = models.TextField(blank=True)
    organisation = models.TextField(blank=True)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")


class Referral(WorkedEvent):
    """A referral to children's social care and the child in need episode that it opened."""

    received_on = models.DateField(null=True)
    source_code = models.CharField(max_length=48, blank=True)
    source_text = models.CharField(max_length=255, blank=True)
    primary_need = models.CharField(max_length=10, blank=True)
    no_further_action = models.BooleanField(null=True)
    outcome = models.JSONField(default=dict)
    closed_on = models.DateField(null=True)
    close_reason = models.CharField(max_length=100, blank=True)


class Assessment(WorkedEvent):
    """A child and family (single) assessment."""

    referral = models.ForeignKey(
        Referral, null=True, on_delete=models.PROTECT, related_name="assessments"
    )
    started_on = models.DateField(null=True)
    authorised_on = models.DateField(null=True)
    child_seen = models.BooleanField(null=True)
    no_further_action = models.BooleanField(null=True)
    outcome = models.JSONField(default=dict)
    factors = models.JSONField(default=list)


class Section47(WorkedEvent):
    """A section 47 enquiry, from its strategy discussion; ``strategy_minutes_on`` is the day on
    which the minutes of that went to those who were there."""

    referral = models.ForeignKey(
        Referral, null=True, on_delete=models.PROTECT, related_name="section_47s"
    )
    started_on = models.DateField(null=True)
    strategy_minutes_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    no_further_action = models.BooleanField(null=True)
    conference_needed = models.BooleanField(null=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["strategy_minutes_on"], name="strategy_minutes_by_day")]


class InitialConference(WorkedEvent):
    """An initial child protection conference."""

    section_47 = models.ForeignKey(
        Section47, null=True, on_delete=models.PROTECT, related_name="conferences"
    )
    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.CharField(max_length=48, blank=True)
    held_on = models.DateField(null=True)
    target_on = models.DateField(null=True)
    transferred_in = models.BooleanField(null=True)
    plan_made = models.BooleanField(null=True)
    outcome = models.JSONField(default=dict)


class ProtectionPlan(Event):
    """A child protection plan."""

    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="+")
    conference = models.ForeignKey(
        InitialConference, null=True, on_delete=models.PROTECT, related_name="plans"
    )
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    initial_category = models.CharField(max_length=100, blank=True)
    latest_category = models.CharField(max_length=100, blank=True)
    of_other_authority = models.BooleanField(null=True)


class ReviewConference(Event):
    """A review child protection conference."""

    plan = models.ForeignKey(
        ProtectionPlan, null=True, on_delete=models.PROTECT, related_name="reviews"
    )
    held_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    meeting = models.CharField(max_length=48, blank=True)
    plan_continues = models.BooleanField(null=True)
    quorate = models.CharField(max_length=100, blank=True)
    participation = models.CharField(max_length=100, blank=True)


class CoreGroup(Event):
    """A core group meeting. In none of the standard extracts: mapped reports and people add it."""

    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="core_groups")
    held_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["held_on"], name="core_group_by_day")]


class NeedPlan(WorkedEvent):
    """A child in need plan."""

    referral = models.ForeignKey(
        Referral, null=True, on_delete=models.PROTECT, related_name="need_plans"
    )
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)


class CarePeriod(Event):
    """One period of being looked after, from becoming so to ceasing."""

    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=255, blank=True)


class Placement(Event):
    """Where a child in our care lives."""

    care_period = models.ForeignKey(
        CarePeriod, null=True, on_delete=models.PROTECT, related_name="placements"
    )
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    kind = models.CharField(max_length=100, blank=True)
    provider = models.CharField(max_length=48, blank=True)
    urn = models.CharField(max_length=48, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    distance_miles = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    change_reason = models.CharField(max_length=100, blank=True)

    class Privacy(Event.Privacy):
        personal = ("child", "postcode", "urn")


class CareEpisode(Event):
    """A row of the looked-after return: the same status and placement within a period of care."""

    care_period = models.ForeignKey(
        CarePeriod, null=True, on_delete=models.PROTECT, related_name="episodes"
    )
    placement = models.ForeignKey(Placement, null=True, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField(null=True)
    start_reason = models.CharField(max_length=100, blank=True)
    primary_need = models.CharField(max_length=10, blank=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=255, blank=True)


class ReviewingOfficerContact(Event):
    """The reviewing officer's latest visit or contact. A new value is a new contact."""

    care_period = models.ForeignKey(
        CarePeriod, null=True, on_delete=models.PROTECT, related_name="reviewing_officer_contacts"
    )
    contacted_on = models.DateField()


class LegalStatus(Event):
    """A legal status of a child in our care (V3 and V4 are series of short breaks)."""

    care_period = models.ForeignKey(
        CarePeriod, null=True, on_delete=models.PROTECT, related_name="legal_statuses"
    )
    status = models.CharField(max_length=100, blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)


class LookedAfterReview(Event):
    """A looked-after review meeting, held, planned or cancelled."""

    care_period = models.ForeignKey(
        CarePeriod, null=True, on_delete=models.PROTECT, related_name="reviews"
    )
    held_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    cancelled = models.BooleanField(null=True)
    participation = models.CharField(max_length=100, blank=True)


class Visit(Event):
    """A visit to a child in need, on a child protection plan, or in our care."""

    class Kind(models.TextChoices):
        NEED = "need"
        PROTECTION = "protection"
        CARE = "care"

    kind = models.CharField(max_length=12, choices=Kind)
    plan = models.ForeignKey(
        ProtectionPlan, null=True, on_delete=models.PROTECT, related_name="visits"
    )
    need_plan = models.ForeignKey(
        NeedPlan, null=True, on_delete=models.PROTECT, related_name="visits"
    )
    care_period = models.ForeignKey(
        CarePeriod, null=True, on_delete=models.PROTECT, related_name="visits"
    )
    held_on = models.DateField(null=True)
    seen = models.BooleanField(null=True)
    seen_alone = models.BooleanField(null=True)
    bedroom_seen = models.BooleanField(null=True)


class CaseNote(Event):
    """A note that somebody wrote in the case system: its days, its author and how long it is.

    What it says stays there. In none of the standard extracts: mapped reports add it.
    """

    held_on = models.DateField(null=True)
    entered_on = models.DateField(null=True)
    author = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=100, blank=True)
    length = models.PositiveIntegerField(null=True)

    class Privacy(Event.Privacy):
        personal = ("child", "author", "kind")


class MissingEpisode(Event):
    """A time when a child was missing from care, or away without authorisation."""

    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    kind = models.CharField(max_length=100, blank=True)
    interview_offered = models.CharField(max_length=2, blank=True)
    interview_accepted = models.CharField(max_length=2, blank=True)


class CareLeaver(WorkedEvent):
    """A young person's standing as a care leaver, as last reported."""

    eligibility = models.CharField(max_length=100, blank=True)
    in_touch = models.CharField(max_length=100, blank=True)
    accommodation = models.CharField(max_length=100, blank=True)
    accommodation_suitable = models.CharField(max_length=100, blank=True)
    activity = models.CharField(max_length=100, blank=True)
    adviser = models.CharField(max_length=100, blank=True)

    class Privacy(WorkedEvent.Privacy):
        personal = ("child", "accommodation", "activity")


class AdviserContact(Event):
    """A personal adviser's contact with a care leaver. A new latest value is a new contact."""

    care_leaver = models.ForeignKey(CareLeaver, on_delete=models.PROTECT, related_name="contacts")
    contacted_on = models.DateField()


class PathwayPlanReview(Event):
    """A pathway plan begun or reviewed. A new latest value is a new review."""

    care_leaver = models.ForeignKey(
        CareLeaver, on_delete=models.PROTECT, related_name="pathway_plan_reviews"
    )
    reviewed_on = models.DateField()


class ImmigrationStatus(Event):
    """An immigration status of a child, as the case system words it."""

    status = models.CharField(max_length=100, blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Privacy(Event.Privacy):
        personal = ("child", "status")
