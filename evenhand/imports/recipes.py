"""How each table of the Standard Safeguarding Dataset becomes records of ours.

A recipe says which table's rows become which model's, by which key they are known again, and
which cells fill which columns. Recipes stand in the order in which they must be made: a record
comes after those it points at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Model

from evenhand.casework import models as casework
from evenhand.imports import adapting
from evenhand.imports.adapting import Adapt
from evenhand.people import models as people

Staff = Literal["worker", "team", ""]
Later = Literal["refused", "planned", "ignored"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a model: the cells that fill it, and how.

    ``refers`` names the kind of record whose key the cell holds; ``staff`` that it holds the code
    of a worker or team. ``aside`` fields are no column of the model: something else is made of
    them. ``by_time`` links are found by child and day where the row carries no key.
    """

    column: str
    sources: tuple[str, ...]
    adapt: Adapt = adapting.same
    refers: str = ""
    staff: Staff = ""
    aside: Literal["", "date", "text"] = ""
    by_time: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """How rows of one table become records of one model.

    ``child`` are the cells that name the child; ``child_through`` is the link through which the
    child is found where the row does not name one. ``dated`` is the day that places a row in
    time, ``done`` the days on which something was done, which cannot lie in the future; ``later``
    says what becomes of a row whose day does, and ``planned`` the column it then fills.
    """

    kind: str
    table: str
    model: type[Model] | None
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    child: tuple[str, ...] = ()
    key_of: Adapt = adapting.same
    child_through: str = ""
    dated: str = ""
    ends: str = ""
    done: tuple[str, ...] = ()
    later: Later = "refused"
    planned: str = ""
    before_birth: bool = True
    constants: tuple[tuple[str, object], ...] = ()
    source: str = ""


def day(column: str, cell: str) -> Field:
    return Field(column, (cell,), adapting.day)


def text(column: str, cell: str, most: int = 0) -> Field:
    return Field(column, (cell,), adapting.short(most) if most else adapting.text)


def yes_no(column: str, cell: str) -> Field:
    return Field(column, (cell,), adapting.yes_no)


def flags(column: str, cell: str) -> Field:
    return Field(column, (cell,), adapting.flags)


def link(column: str, cell: str, kind: str, *, by_time: bool = False) -> Field:
    return Field(column, (cell,), refers=kind, by_time=by_time)


def worker(cell: str) -> Field:
    return Field("worker_id", (cell,), staff="worker")


def team(cell: str) -> Field:
    return Field("team_id", (cell,), staff="team")


def aside(column: str, cell: str) -> Field:
    return Field(column, (cell,), aside="text")


def aside_day(column: str, cell: str) -> Field:
    return Field(column, (cell,), adapting.day, aside="date")


CHILD = Recipe(
    kind="child",
    table="ssd_person",
    model=people.Child,
    key=("pers_person_id",),
    fields=(
        text("forename", "pers_forename", 100),
        text("surname", "pers_surname", 255),
        day("born_on", "pers_dob"),
        day("expected_on", "pers_expected_dob"),
        day("died_on", "pers_death_date"),
        text("upn", "pers_upn", 13),
        aside("sex", "pers_sex"),
        aside("gender", "pers_gender"),
        aside("ethnicity", "pers_ethnicity"),
        aside("nationality", "pers_nationality"),
    ),
)
FAMILY = Recipe(
    kind="family", table="", source="ssd_family", model=people.Family, key=(), fields=()
)
ADULT = Recipe(
    kind="adult",
    table="",
    source="ssd_mother",
    model=people.Adult,
    key=(),
    fields=(
        text("forename", "pers_forename", 100),
        text("surname", "pers_surname", 255),
        day("born_on", "pers_dob"),
    ),
)
FAMILY_MEMBER = Recipe(
    kind="family_member",
    table="ssd_family",
    model=people.FamilyMember,
    key=("fami_family_id", "fami_person_id"),
    key_of=adapting.joined,
    child=("fami_person_id",),
    fields=(link("family_id", "fami_family_id", "family"),),
)
MOTHER = Recipe(
    kind="mother",
    table="ssd_mother",
    model=people.Relationship,
    key=("moth_person_id", "moth_childs_person_id"),
    key_of=adapting.joined,
    child=("moth_childs_person_id",),
    fields=(link("adult_id", "moth_person_id", "adult"),),
    constants=(("kind", "mother"),),
)
CONTACT = Recipe(
    kind="contact",
    table="ssd_contacts",
    model=casework.Contact,
    key=("cont_contact_id",),
    child=("cont_person_id",),
    dated="received_on",
    done=("received_on",),
    fields=(
        day("received_on", "cont_contact_date"),
        text("source_code", "cont_contact_source_code", 48),
        text("source_text", "cont_contact_source_desc", 255),
        flags("outcome", "cont_contact_outcome_json"),
    ),
)
EARLY_HELP = Recipe(
    kind="early_help",
    table="ssd_early_help_episodes",
    model=casework.EarlyHelpEpisode,
    key=("earl_episode_id",),
    child=("earl_person_id",),
    dated="started_on",
    ends="ended_on",
    done=("started_on",),
    fields=(
        day("started_on", "earl_episode_start_date"),
        day("ended_on", "earl_episode_end_date"),
        text("reason", "earl_episode_reason"),
        text("end_reason", "earl_episode_end_reason"),
        text("organisation", "earl_episode_organisation"),
        worker("earl_episode_worker_id"),
    ),
)
REFERRAL = Recipe(
    kind="referral",
    table="ssd_cin_episodes",
    model=casework.Referral,
    key=("cine_referral_id",),
    child=("cine_person_id",),
    dated="received_on",
    ends="closed_on",
    done=("received_on", "closed_on"),
    fields=(
        day("received_on", "cine_referral_date"),
        text("source_code", "cine_referral_source_code", 48),
        text("source_text", "cine_referral_source_desc", 255),
        text("primary_need", "cine_cin_primary_need_code", 10),
        yes_no("no_further_action", "cine_referral_nfa"),
        flags("outcome", "cine_referral_outcome_json"),
        day("closed_on", "cine_close_date"),
        text("close_reason", "cine_close_reason", 100),
        team("cine_referral_team"),
        worker("cine_referral_worker_id"),
    ),
)
ASSESSMENT = Recipe(
    kind="assessment",
    table="ssd_cin_assessments",
    model=casework.Assessment,
    key=("cina_assessment_id",),
    child=("cina_person_id",),
    dated="started_on",
    ends="authorised_on",
    done=("started_on", "authorised_on"),
    fields=(
        link("referral_id", "cina_referral_id", "referral"),
        day("started_on", "cina_assessment_start_date"),
        day("authorised_on", "cina_assessment_auth_date"),
        yes_no("child_seen", "cina_assessment_child_seen"),
        yes_no("no_further_action", "cina_assessment_outcome_nfa"),
        flags("outcome", "cina_assessment_outcome_json"),
        Field("factors", ("cinf_assessment_factors_json",), adapting.factors),
        team("cina_assessment_team"),
        worker("cina_assessment_worker_id"),
    ),
)
SECTION_47 = Recipe(
    kind="section_47",
    table="ssd_s47_enquiry",
    model=casework.Section47,
    key=("s47e_s47_enquiry_id",),
    child=("s47e_person_id",),
    dated="started_on",
    ends="ended_on",
    done=("started_on", "ended_on"),
    fields=(
        link("referral_id", "s47e_referral_id", "referral"),
        day("started_on", "s47e_s47_start_date"),
        day("ended_on", "s47e_s47_end_date"),
        yes_no("no_further_action", "s47e_s47_nfa"),
        Field("conference_needed", ("s47e_s47_outcome_json",), adapting.conference_needed),
        flags("outcome", "s47e_s47_outcome_json"),
        team("s47e_s47_completed_by_team"),
        worker("s47e_s47_completed_by_worker_id"),
    ),
)
CONFERENCE = Recipe(
    kind="conference",
    table="ssd_initial_cp_conference",
    model=casework.InitialConference,
    key=("icpc_icpc_id",),
    child=("icpc_person_id",),
    dated="held_on",
    done=("held_on",),
    later="planned",
    planned="target_on",
    fields=(
        link("section_47_id", "icpc_s47_enquiry_id", "section_47"),
        link("referral_id", "icpc_referral_id", "referral"),
        text("meeting", "icpc_icpc_meeting_id", 48),
        day("held_on", "icpc_icpc_date"),
        day("target_on", "icpc_icpc_target_date"),
        yes_no("transferred_in", "icpc_icpc_transfer_in"),
        yes_no("plan_made", "icpc_icpc_outcome_cp_flag"),
        flags("outcome", "icpc_icpc_outcome_json"),
        team("icpc_icpc_team"),
        worker("icpc_icpc_worker_id"),
    ),
)
PROTECTION_PLAN = Recipe(
    kind="protection_plan",
    table="ssd_cp_plans",
    model=casework.ProtectionPlan,
    key=("cppl_cp_plan_id",),
    child=("cppl_person_id",),
    dated="started_on",
    ends="ended_on",
    done=("started_on",),
    fields=(
        link("referral_id", "cppl_referral_id", "referral"),
        link("conference_id", "cppl_icpc_id", "conference"),
        day("started_on", "cppl_cp_plan_start_date"),
        day("ended_on", "cppl_cp_plan_end_date"),
        text("initial_category", "cppl_cp_plan_initial_category", 100),
        text("latest_category", "cppl_cp_plan_latest_category", 100),
        yes_no("of_other_authority", "cppl_cp_plan_ola"),
    ),
)
REVIEW_CONFERENCE = Recipe(
    kind="review_conference",
    table="ssd_cp_reviews",
    model=casework.ReviewConference,
    key=("cppr_cp_review_id",),
    child=("cppr_person_id",),
    child_through="plan_id",
    dated="held_on",
    done=("held_on",),
    later="planned",
    planned="due_on",
    fields=(
        link("plan_id", "cppr_cp_plan_id", "protection_plan"),
        day("held_on", "cppr_cp_review_date"),
        day("due_on", "cppr_cp_review_due"),
        text("meeting", "cppr_cp_review_meeting_id", 48),
        yes_no("plan_continues", "cppr_cp_review_outcome_continue_cp"),
        text("quorate", "cppr_cp_review_quorate", 100),
        text("participation", "cppr_cp_review_participation", 100),
    ),
)
NEED_PLAN = Recipe(
    kind="need_plan",
    table="ssd_cin_plans",
    model=casework.NeedPlan,
    key=("cinp_cin_plan_id",),
    child=("cinp_person_id",),
    dated="started_on",
    ends="ended_on",
    done=("started_on",),
    fields=(
        link("referral_id", "cinp_referral_id", "referral"),
        day("started_on", "cinp_cin_plan_start_date"),
        day("ended_on", "cinp_cin_plan_end_date"),
        team("cinp_cin_plan_team"),
        worker("cinp_cin_plan_worker_id"),
    ),
)
CARE_PERIOD = Recipe(
    kind="care_period",
    table="",
    source="ssd_cla_episodes",
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


def _visit(prefix: str, kind: str, cell: str, plan: Field, *, before_birth: bool) -> Recipe:
    return Recipe(
        kind=f"{kind}_visit",
        table=f"ssd_{prefix}_visits",
        model=casework.Visit,
        key=(f"{cell}_{prefix}_visit_id",),
        child=(f"{cell}_person_id",),
        child_through=plan.column,
        dated="held_on",
        done=("held_on",),
        later="ignored",
        before_birth=before_birth,
        constants=(("kind", kind),),
        fields=(
            plan,
            day("held_on", f"{cell}_{prefix}_visit_date"),
            yes_no("seen", f"{cell}_{prefix}_visit_seen"),
            yes_no("seen_alone", f"{cell}_{prefix}_visit_seen_alone"),
            *(
                (yes_no("bedroom_seen", f"{cell}_{prefix}_visit_bedroom"),)
                if cell != "clav"
                else ()
            ),
        ),
    )


NEED_VISIT = _visit(
    "cin",
    "need",
    "cinv",
    link("need_plan_id", "cinv_cin_plan_id", "need_plan", by_time=True),
    before_birth=True,
)
PROTECTION_VISIT = _visit(
    "cp",
    "protection",
    "cppv",
    link("plan_id", "cppv_cp_plan_id", "protection_plan", by_time=True),
    before_birth=True,
)
CARE_VISIT = _visit(
    "cla",
    "care",
    "clav",
    link("care_period_id", "clav_cla_id", "care_period", by_time=True),
    before_birth=False,
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
IMMIGRATION_STATUS = Recipe(
    kind="immigration_status",
    table="ssd_immigration_status",
    model=casework.ImmigrationStatus,
    key=("immi_immigration_status_id",),
    child=("immi_person_id",),
    dated="started_on",
    ends="ended_on",
    fields=(
        text("status", "immi_immigration_status", 100),
        day("started_on", "immi_immigration_status_start_date"),
        day("ended_on", "immi_immigration_status_end_date"),
    ),
)
INVOLVEMENT = Recipe(
    kind="involvement",
    table="ssd_involvements",
    model=people.Involvement,
    key=("invo_involvements_id",),
    child=("invo_person_id",),
    child_through="referral_id",
    dated="starts_on",
    ends="ends_on",
    fields=(
        Field("referral_id", ("invo_referral_id",), refers="referral", aside="text"),
        worker("invo_professional_id"),
        team("invo_professional_team"),
        text("role", "invo_professional_role_id", 200),
        day("starts_on", "invo_involvement_start_date"),
        day("ends_on", "invo_involvement_end_date"),
        text("change_reason", "invo_worker_change_reason", 200),
    ),
)

FACTORS = Recipe(
    kind="factors",
    table="ssd_assessment_factors",
    model=None,
    key=("cinf_table_id",),
    fields=(
        aside("assessment_key", "cinf_assessment_id"),
        Field("factors", ("cinf_assessment_factors_json",), adapting.factors, aside="text"),
    ),
)
DISABILITY = Recipe(
    kind="disability",
    table="ssd_disability",
    model=None,
    key=("disa_person_id", "disa_disability_code"),
    key_of=adapting.joined,
    child=("disa_person_id",),
    fields=(aside("code", "disa_disability_code"),),
)
CHILD_NAME = Recipe(
    kind="child_name",
    table="roster_children",
    model=None,
    key=("child_id",),
    child=("child_id",),
    fields=(
        Field("forename", ("forename",), adapting.short(100), aside="text"),
        Field("surname", ("surname",), adapting.short(255), aside="text"),
    ),
)

RECIPES: tuple[Recipe, ...] = (
    CHILD,
    CHILD_NAME,
    DISABILITY,
    FAMILY,
    ADULT,
    FAMILY_MEMBER,
    MOTHER,
    CONTACT,
    EARLY_HELP,
    REFERRAL,
    FACTORS,
    ASSESSMENT,
    SECTION_47,
    CONFERENCE,
    PROTECTION_PLAN,
    REVIEW_CONFERENCE,
    NEED_PLAN,
    CARE_PERIOD,
    PLACEMENT,
    CARE_EPISODE,
    LEGAL_STATUS,
    LOOKED_AFTER_REVIEW,
    NEED_VISIT,
    PROTECTION_VISIT,
    CARE_VISIT,
    CARE_LEAVER,
    MISSING_EPISODE,
    IMMIGRATION_STATUS,
    INVOLVEMENT,
)
BY_TABLE = {recipe.table: recipe for recipe in RECIPES if recipe.table}
BY_KIND = {recipe.kind: recipe for recipe in RECIPES}
