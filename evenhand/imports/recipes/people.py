"""Children, their families, names, disabilities and who works with them."""

from __future__ import annotations

from evenhand.casework import models as casework
from evenhand.imports import adapting
from evenhand.imports.recipes import laid_out
from evenhand.imports.recipes.shape import Field, Recipe, aside, day, link, team, text, worker
from evenhand.people import models as people
from evenhand.people.postcodes import normalised

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
    kind="family",
    table="",
    source="ssd_family",
    staged_by=laid_out.families,
    model=people.Family,
    key=(),
    fields=(),
)
ADULT = Recipe(
    kind="adult",
    table="",
    source="ssd_mother",
    staged_by=laid_out.adults,
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
ADDRESS = Recipe(
    kind="address",
    table="ssd_address",
    model=people.Address,
    key=("addr_table_id",),
    child=("addr_person_id",),
    dated="starts_on",
    ends="ends_on",
    fields=(
        Field("postcode", ("addr_address_postcode",), normalised),
        day("starts_on", "addr_address_start_date"),
        day("ends_on", "addr_address_end_date"),
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
