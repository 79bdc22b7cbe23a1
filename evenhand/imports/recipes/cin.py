"""How the children in need census becomes records of ours.

The census gives no identifiers of events, so its reader makes them of the child and the day. It
says neither who worked with a child nor how a meeting ended, and those columns stay empty. Until
2023-24 it asked for gender and meant sex (1 male, 2 female), and is read so.
"""

from __future__ import annotations

import json

from evenhand.casework import models as casework
from evenhand.imports import sql
from evenhand.imports.recipes.shape import Field, Recipe, aside, day, link, text
from evenhand.people import models as people

CHILD_ID = ("LAchildID",)
_YES = frozenset({"1", "true"})
_SEX = {"1": "M", "2": "F"}


def said_yes(value: str | None) -> bool | None:
    """Yes, no or not recorded."""
    return None if value is None else value in _YES


def sex(value: str | None, gender: str | None) -> str | None:
    """The sex given, else what earlier censuses called gender."""
    return value or _SEX.get(gender or "")


def needed(not_required: str | None, conference: str | None) -> bool | None:
    """Whether an enquiry found a conference needed: not known while it goes on."""
    if conference:
        return True
    return False if said_yes(not_required) else None


def one_factor(code: str | None) -> str:
    """The factor of one row, as a list that the others of its assessment are joined to."""
    return json.dumps([code] if code else [])


def join_factors(*, whole: bool) -> None:  # noqa: ARG001 (asked of every one)
    """Give every row of an assessment's factors the list of them all."""
    codes = "trim(factors, '[]')"
    in_postgres = f"string_agg({codes}, ', ' ORDER BY {codes})"
    joined = f"group_concat({codes}, ', ')" if sql.is_sqlite() else in_postgres
    sql.run(
        f"UPDATE stage_factors AS s SET factors = '[' || j.codes || ']' FROM ("
        f"SELECT assessment_key, {joined} AS codes FROM (SELECT DISTINCT assessment_key, factors "
        "FROM stage_factors WHERE fate IS NULL AND factors <> '[]' "
        "ORDER BY assessment_key, factors) AS each_one GROUP BY assessment_key) AS j "
        "WHERE j.assessment_key = s.assessment_key AND s.fate IS NULL"
    )


CHILD = Recipe(
    kind="child",
    table="cin_children",
    model=people.Child,
    key=CHILD_ID,
    fields=(
        day("born_on", "PersonBirthDate"),
        day("expected_on", "ExpectedPersonBirthDate"),
        day("died_on", "PersonDeathDate"),
        text("upn", "UPN", 13),
        Field("sex", ("Sex", "GenderCurrent"), sex, aside="text"),
        aside("ethnicity", "Ethnicity"),
    ),
)
DISABILITY = Recipe(
    kind="disability",
    table="cin_disabilities",
    model=None,
    key=("key",),
    child=CHILD_ID,
    fields=(aside("code", "Disability"),),
)
REFERRAL = Recipe(
    kind="referral",
    table="cin_referrals",
    model=casework.Referral,
    key=("key",),
    child=CHILD_ID,
    dated="received_on",
    ends="closed_on",
    done=("received_on", "closed_on"),
    fields=(
        day("received_on", "CINreferralDate"),
        text("source_code", "ReferralSource", 48),
        text("primary_need", "PrimaryNeedCode", 10),
        Field("no_further_action", ("ReferralNFA",), said_yes),
        day("closed_on", "CINclosureDate"),
        text("close_reason", "ReasonForClosure", 100),
    ),
)
FACTORS = Recipe(
    kind="factors",
    table="cin_factors",
    model=None,
    key=("key",),
    staged_by=join_factors,
    fields=(
        aside("assessment_key", "parent_key"),
        Field("factors", ("AssessmentFactors",), one_factor, aside="text"),
    ),
)
ASSESSMENT = Recipe(
    kind="assessment",
    table="cin_assessments",
    model=casework.Assessment,
    key=("key",),
    child=CHILD_ID,
    dated="started_on",
    ends="authorised_on",
    done=("started_on", "authorised_on"),
    fields=(
        link("referral_id", "parent_key", "referral"),
        day("started_on", "AssessmentActualStartDate"),
        day("authorised_on", "AssessmentAuthorisationDate"),
    ),
)
SECTION_47 = Recipe(
    kind="section_47",
    table="cin_section_47s",
    model=casework.Section47,
    key=("key",),
    child=CHILD_ID,
    dated="started_on",
    done=("started_on",),
    fields=(
        link("referral_id", "parent_key", "referral"),
        day("started_on", "S47ActualStartDate"),
        Field("conference_needed", ("ICPCnotRequired", "conference_key"), needed),
    ),
)
CONFERENCE = Recipe(
    kind="conference",
    table="cin_conferences",
    model=casework.InitialConference,
    key=("key",),
    child=CHILD_ID,
    dated="held_on",
    done=("held_on",),
    later="planned",
    planned="target_on",
    folds=True,
    fields=(
        link("section_47_id", "section_47_key", "section_47"),
        link("referral_id", "parent_key", "referral"),
        day("held_on", "DateOfInitialCPC"),
        day("target_on", "InitialCPCtarget"),
        Field("plan_made", ("plan_made",), said_yes),
    ),
)
PROTECTION_PLAN = Recipe(
    kind="protection_plan",
    table="cin_protection_plans",
    model=casework.ProtectionPlan,
    key=("key",),
    child=CHILD_ID,
    dated="started_on",
    ends="ended_on",
    done=("started_on",),
    fields=(
        link("referral_id", "parent_key", "referral"),
        link("conference_id", "conference_key", "conference"),
        day("started_on", "CPPstartDate"),
        day("ended_on", "CPPendDate"),
        text("initial_category", "InitialCategoryOfAbuse", 100),
        text("latest_category", "LatestCategoryOfAbuse", 100),
    ),
)
REVIEW_CONFERENCE = Recipe(
    kind="review_conference",
    table="cin_reviews",
    model=casework.ReviewConference,
    key=("key",),
    child=CHILD_ID,
    dated="held_on",
    done=("held_on",),
    later="planned",
    planned="due_on",
    fields=(
        link("plan_id", "parent_key", "protection_plan"),
        day("held_on", "CPPreviewDate"),
    ),
)
NEED_PLAN = Recipe(
    kind="need_plan",
    table="cin_need_plans",
    model=casework.NeedPlan,
    key=("key",),
    child=CHILD_ID,
    dated="started_on",
    ends="ended_on",
    done=("started_on",),
    fields=(
        link("referral_id", "parent_key", "referral"),
        day("started_on", "CINPlanStartDate"),
        day("ended_on", "CINPlanEndDate"),
    ),
)
RECIPES: tuple[Recipe, ...] = (
    CHILD,
    DISABILITY,
    REFERRAL,
    FACTORS,
    ASSESSMENT,
    SECTION_47,
    CONFERENCE,
    PROTECTION_PLAN,
    REVIEW_CONFERENCE,
    NEED_PLAN,
)
