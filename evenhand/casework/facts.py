"""Where the facts of a child's journey are read from; withdrawn rows are left out."""

from __future__ import annotations

from django.db.models import BooleanField, Case, F, Model, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, IsNull

from evenhand.casework.models import (
    AdviserContact,
    Assessment,
    CareLeaver,
    CarePeriod,
    CoreGroup,
    ImmigrationStatus,
    InitialConference,
    LegalStatus,
    LookedAfterReview,
    MissingEpisode,
    NeedPlan,
    PathwayPlanReview,
    Placement,
    ProtectionPlan,
    Referral,
    ReviewConference,
    ReviewingOfficerContact,
    Section47,
    Visit,
)
from evenhand.casework.placed import IsLocal, Moves, current
from evenhand.facts.registry import bind, subject
from evenhand.people.models import Child

KEPT = Q(withdrawn=False)
NOT_CANCELLED = KEPT & (Q(cancelled=None) | Q(cancelled=False))
# The wording of the Standard Safeguarding Dataset's code list for immigration status.
UNACCOMPANIED = "Unaccompanied Asylum Seeking Child"


def _subject(name: str, model: type[Model], *, worked: bool = False) -> None:
    """An event is its own team's and worker's where it names them, else the child's."""
    team = Coalesce("team_id", "child__team_id") if worked else "child__team_id"
    worker = Coalesce("worker_id", "child__worker_id") if worked else "child__worker_id"
    subject(name, model, child="child_id", team=team, worker=worker, where=KEPT)


_subject("referral", Referral, worked=True)
bind("referral.received", Referral, "received_on")
bind("referral.source", Referral, "source_code")
bind("referral.primary_need", Referral, "primary_need")
bind("referral.no_further_action", Referral, "no_further_action")
bind("referral.closed", Referral, "closed_on")
bind("referral.close_reason", Referral, "close_reason")
bind("referral.assessments_authorised", Assessment, "authorised_on", via="referral_id", where=KEPT)

_subject("assessment", Assessment, worked=True)
bind("assessment.referral_received", Assessment, "referral__received_on")
bind("assessment.started", Assessment, "started_on")
bind("assessment.authorised", Assessment, "authorised_on")
bind("assessment.child_seen", Assessment, "child_seen")
bind("assessment.no_further_action", Assessment, "no_further_action")

_subject("section_47", Section47, worked=True)
bind("section_47.started", Section47, "started_on")
bind(
    "section_47.strategy_minutes_sent",
    Section47,
    "strategy_minutes_on",
    since="strategy_minutes_on",
)
bind("section_47.ended", Section47, "ended_on")
bind("section_47.no_further_action", Section47, "no_further_action")
bind("section_47.conference_needed", Section47, "conference_needed")
bind(
    "section_47.conference_held",
    InitialConference,
    "held_on",
    via="section_47_id",
    where=KEPT,
    pick="earliest",
)

_subject("conference", InitialConference, worked=True)
bind("conference.held", InitialConference, "held_on")
bind("conference.target", InitialConference, "target_on")
bind("conference.transferred_in", InitialConference, "transferred_in")
bind("conference.plan_made", InitialConference, "plan_made")
bind("conference.child_born", InitialConference, "child__born_on")

_subject("protection_plan", ProtectionPlan)
bind("protection_plan.started", ProtectionPlan, "started_on")
bind("protection_plan.ended", ProtectionPlan, "ended_on")
bind(
    "protection_plan.conference_held",
    ProtectionPlan,
    Case(When(conference__withdrawn=False, then="conference__held_on")),
)
bind("protection_plan.initial_category", ProtectionPlan, "initial_category")
bind("protection_plan.of_other_authority", ProtectionPlan, "of_other_authority")
bind("protection_plan.reviews_held", ReviewConference, "held_on", via="plan_id", where=KEPT)
bind("protection_plan.visits_held", Visit, "held_on", via="plan_id", where=KEPT)
bind(
    "protection_plan.visits_seen_alone",
    Visit,
    "held_on",
    via="plan_id",
    where=KEPT & Q(seen_alone=True),
)
bind("protection_plan.core_groups_held", CoreGroup, "held_on", via="plan_id", where=KEPT)

_subject("need_plan", NeedPlan, worked=True)
bind("need_plan.started", NeedPlan, "started_on")
bind("need_plan.ended", NeedPlan, "ended_on")
bind("need_plan.visits_held", Visit, "held_on", via="need_plan_id", where=KEPT)

_subject("care_period", CarePeriod)
bind("care_period.started", CarePeriod, "started_on")
bind("care_period.ended", CarePeriod, "ended_on")
bind("care_period.legal_statuses", LegalStatus, "status", via="care_period_id", where=KEPT)
bind("care_period.placements_started", Placement, "started_on", via="care_period_id", where=KEPT)
bind(
    "care_period.reviews_held",
    LookedAfterReview,
    "held_on",
    via="care_period_id",
    where=NOT_CANCELLED,
)
bind(
    "care_period.participation",
    LookedAfterReview,
    "participation",
    via="care_period_id",
    where=NOT_CANCELLED,
)
bind("care_period.visits_held", Visit, "held_on", via="care_period_id", where=KEPT)
bind(
    "care_period.visits_seen_alone",
    Visit,
    "held_on",
    via="care_period_id",
    where=KEPT & Q(seen_alone=True),
)
bind(
    "care_period.reviewing_officer_contacts",
    ReviewingOfficerContact,
    "contacted_on",
    via="care_period_id",
    where=KEPT,
)

subject(
    "review",
    LookedAfterReview,
    child="child_id",
    team="child__team_id",
    worker="child__worker_id",
    where=NOT_CANCELLED,
)
bind("review.held", LookedAfterReview, "held_on")
bind("review.participation", LookedAfterReview, "participation")

_subject("missing_episode", MissingEpisode)
bind("missing_episode.started", MissingEpisode, "started_on")
bind("missing_episode.ended", MissingEpisode, "ended_on")
bind("missing_episode.kind", MissingEpisode, "kind")
bind("missing_episode.interview_offered", MissingEpisode, "interview_offered")
bind("missing_episode.interview_accepted", MissingEpisode, "interview_accepted")

_subject("care_leaver", CareLeaver, worked=True)
bind("care_leaver.born", CareLeaver, "child__born_on")
bind("care_leaver.eligibility", CareLeaver, "eligibility")
bind("care_leaver.in_touch", CareLeaver, "in_touch")
bind("care_leaver.contacts", AdviserContact, "contacted_on", via="care_leaver_id", where=KEPT)
bind(
    "care_leaver.first_contact",
    AdviserContact,
    "contacted_on",
    via="care_leaver_id",
    where=KEPT,
    pick="earliest",
)
bind(
    "care_leaver.pathway_plan_reviews",
    PathwayPlanReview,
    "reviewed_on",
    via="care_leaver_id",
    where=KEPT,
)
bind(
    "care_leaver.first_pathway_plan_review",
    PathwayPlanReview,
    "reviewed_on",
    via="care_leaver_id",
    where=KEPT,
    pick="earliest",
)

_subject("visit", Visit)
bind("visit.held", Visit, "held_on")
bind("visit.child_seen", Visit, "seen")
bind("visit.seen_alone", Visit, "seen_alone")

bind("child.referrals", Referral, "received_on", via="child_id", where=KEPT)
bind("child.visits_seen_alone", Visit, "held_on", via="child_id", where=KEPT & Q(seen_alone=True))


def _latest_immigration_status() -> Subquery:
    newest = F("started_on").desc(nulls_last=True)
    statuses = ImmigrationStatus.objects.filter(KEPT, child=OuterRef("pk"))
    return Subquery(statuses.order_by(newest, "-pk").values("status")[:1])


bind(
    "child.unaccompanied",
    Child,
    Case(
        When(Exact(_latest_immigration_status(), UNACCOMPANIED), then=Value(True)),
        When(IsNull(_latest_immigration_status(), False), then=Value(False)),
        output_field=BooleanField(),
    ),
)
bind("child.placement_kind", Child, current("kind"))
bind("child.placement_provider", Child, current("provider"))
bind("child.placement_started", Child, current("started_on"))
bind("child.placement_is_local", Child, IsLocal())
bind("child.placement_moves", Child, Moves())
