"""Periods of care, placements, reviews, time missing, and leaving care."""

from __future__ import annotations

from evenhand.casework import models as casework
from evenhand.imports import adapting
from evenhand.imports.recipes import laid_out
from evenhand.imports.recipes.shape import (
    Field,
    Recipe,
    aside,
    aside_day,
    day,
    link,
    team,
    text,
    worker,
    yes_no,
)

CARE_PERIOD = Recipe(
    kind="care_period",
    table="",
    source="ssd_cla_episodes",
    staged_by=laid_out.care_periods,
    model=casework.CarePeriod,
    key=("clae_cla_id",),
    child=("clae_person_id",),
    dated="started_on",
    ends="",
    before_birth=False,
    fields=(
        link("referral_id", "clae_referral_id", "referral"),
        day("started_on", "clae_entered_care_date"),
        day("ended_on", "clae_cla_episode_ceased_date"),
        text("end_reason", "clae_cla_episode_ceased_reason", 255),
    ),
)
PLACEMENT = Recipe(
    kind="placement",
    table="ssd_cla_placement",
    model=casework.Placement,
    key=("clap_cla_placement_id",),
    child=("clap_person_id",),
    child_through="care_period_id",
    dated="started_on",
    ends="ended_on",
    before_birth=False,
    fields=(
        link("care_period_id", "clap_cla_id", "care_period"),
        day("started_on", "clap_cla_placement_start_date"),
        day("ended_on", "clap_cla_placement_end_date"),
        text("kind", "clap_cla_placement_type", 100),
        text("provider", "clap_cla_placement_provider", 48),
        text("urn", "clap_cla_placement_urn", 48),
        text("postcode", "clap_cla_placement_postcode", 8),
        Field("distance_miles", ("clap_cla_placement_distance",), adapting.miles),
        text("change_reason", "clap_cla_placement_change_reason", 100),
    ),
)
CARE_EPISODE = Recipe(
    kind="care_episode",
    table="ssd_cla_episodes",
    model=casework.CareEpisode,
    key=("clae_cla_episode_id",),
    child=("clae_person_id",),
    dated="started_on",
    ends="ended_on",
    done=("started_on", "ended_on"),
    before_birth=False,
    fields=(
        aside_day("entered_on", "clae_entered_care_date"),
        aside_day("officer_contact_on", "clae_cla_last_iro_contact_date"),
        aside("referral_key", "clae_referral_id"),
        Field(
            "care_period_id",
            (
                "clae_cla_id",
                "clae_person_id",
                "clae_entered_care_date",
                "clae_cla_episode_start_date",
            ),
            adapting.period_key,
            refers="care_period",
        ),
        link("placement_id", "clae_cla_placement_id", "placement"),
        day("started_on", "clae_cla_episode_start_date"),
        text("start_reason", "clae_cla_episode_start_reason", 100),
        text("primary_need", "clae_cla_primary_need_code", 10),
        day("ended_on", "clae_cla_episode_ceased_date"),
        text("end_reason", "clae_cla_episode_ceased_reason", 255),
    ),
)
LEGAL_STATUS = Recipe(
    kind="legal_status",
    table="ssd_legal_status",
    model=casework.LegalStatus,
    key=("lega_legal_status_id",),
    child=("lega_person_id",),
    dated="started_on",
    ends="ended_on",
    before_birth=False,
    fields=(
        link("care_period_id", "lega_cla_id", "care_period", by_time=True),
        text("status", "lega_legal_status", 100),
        day("started_on", "lega_legal_status_start_date"),
        day("ended_on", "lega_legal_status_end_date"),
    ),
)
LOOKED_AFTER_REVIEW = Recipe(
    kind="looked_after_review",
    table="ssd_cla_reviews",
    model=casework.LookedAfterReview,
    key=("clar_cla_review_id",),
    child=("clar_cla_person_id",),
    child_through="care_period_id",
    dated="held_on",
    done=("held_on",),
    later="planned",
    planned="due_on",
    before_birth=False,
    fields=(
        link("care_period_id", "clar_cla_id", "care_period"),
        day("held_on", "clar_cla_review_date"),
        day("due_on", "clar_cla_review_due_date"),
        yes_no("cancelled", "clar_cla_review_cancelled"),
        text("participation", "clar_cla_review_participation", 100),
    ),
)
CARE_LEAVER = Recipe(
    kind="care_leaver",
    table="ssd_care_leavers",
    model=casework.CareLeaver,
    key=("clea_table_id",),
    child=("clea_person_id",),
    fields=(
        text("eligibility", "clea_care_leaver_eligibility", 100),
        text("in_touch", "clea_care_leaver_in_touch", 100),
        text("accommodation", "clea_care_leaver_accommodation", 100),
        text("accommodation_suitable", "clea_care_leaver_accom_suitable", 100),
        text("activity", "clea_care_leaver_activity", 100),
        text("adviser", "clea_care_leaver_personal_advisor", 100),
        team("clea_care_leaver_allocated_team"),
        worker("clea_care_leaver_worker_id"),
        aside_day("contacted_on", "clea_care_leaver_latest_contact"),
        aside_day("reviewed_on", "clea_pathway_plan_review_date"),
    ),
)
MISSING_EPISODE = Recipe(
    kind="missing_episode",
    table="ssd_missing",
    model=casework.MissingEpisode,
    key=("miss_table_id",),
    child=("miss_person_id",),
    dated="started_on",
    ends="ended_on",
    done=("started_on", "ended_on"),
    before_birth=False,
    fields=(
        day("started_on", "miss_missing_episode_start_date"),
        day("ended_on", "miss_missing_episode_end_date"),
        text("kind", "miss_missing_episode_type", 100),
        text("interview_offered", "miss_missing_rhi_offered", 2),
        text("interview_accepted", "miss_missing_rhi_accepted", 2),
    ),
)
