"""How the modules of the SSDA903 return become records of ours.

Health of the year (OC2), adoption (AD1, PlacedAdoption), earlier permanence (PrevPerm) and
deprivation of liberty (DoLo) are read and counted, and nothing is made of them: no record of ours
holds what they tell.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from evenhand.casework import models as casework
from evenhand.imports import adapting
from evenhand.imports.recipes import spells
from evenhand.imports.recipes.shape import Field, Recipe, aside, day, text, worker
from evenhand.people import models as people

UPN_CHARACTERS: Final = 13
SEEKING_ASYLUM: Final = "Unaccompanied Asylum Seeking Child"
"""As the Standard Safeguarding Dataset words it."""


def keyed(child: str | None, on: Any) -> str | None:
    """The key of a row: its child, and its day."""
    if not child or not on:
        return None
    return f"{child}|{on.isoformat() if isinstance(on, date) else on}"


def nothing(*_: Any) -> None:
    """What is filled in later, from other rows."""
    return


def upn(value: str | None) -> str:
    """A unique pupil number; a code that says why there is none is not one."""
    return value if value and len(value) == UPN_CHARACTERS else ""


def said(word: str) -> adapting.Adapt:
    """The same word for every row."""
    return lambda *_: word


def where_lives(value: str | None) -> str:
    """The kind of accommodation: the code's letter."""
    return (value or "")[:1]


def suits(value: str | None) -> str:
    """Whether the accommodation is suitable: the code's figure, 1 or 2."""
    return (value or "")[1:]


def later(column: str, kind: str) -> Field:
    """A link that is found when the record it points at is laid out."""
    return Field(column, ("CHILD",), nothing, refers=kind)


CHILD = Recipe(
    kind="child",
    table="903_header",
    model=people.Child,
    key=("CHILD",),
    fields=(
        day("born_on", "DOB"),
        Field("upn", ("UPN",), upn),
        aside("sex", "SEX"),
        aside("ethnicity", "ETHNIC"),
    ),
)
CARE_PERIOD = Recipe(
    kind="care_period",
    table="",
    source="903_episodes",
    staged_by=spells.care_periods,
    model=casework.CarePeriod,
    key=("CHILD",),
    child=("CHILD",),
    dated="started_on",
    before_birth=False,
    fields=(day("started_on", "DECOM"), day("ended_on", "DEC"), text("end_reason", "REC", 255)),
)
PLACEMENT = Recipe(
    kind="placement",
    table="",
    source="903_episodes",
    staged_by=spells.placements,
    model=casework.Placement,
    key=("CHILD",),
    child=("CHILD",),
    dated="started_on",
    ends="ended_on",
    before_birth=False,
    fields=(
        later("care_period_id", "care_period"),
        day("started_on", "DECOM"),
        day("ended_on", "DEC"),
        text("kind", "PLACE", 100),
        text("provider", "PLACE_PROVIDER", 48),
        text("urn", "URN", 48),
        text("postcode", "PL_POST", 8),
        text("change_reason", "REASON_PLACE_CHANGE", 100),
    ),
)
CARE_EPISODE = Recipe(
    kind="care_episode",
    table="903_episodes",
    model=casework.CareEpisode,
    key=("CHILD", "DECOM"),
    key_of=keyed,
    child=("CHILD",),
    dated="started_on",
    ends="ended_on",
    done=("started_on", "ended_on"),
    before_birth=False,
    fields=(
        later("care_period_id", "care_period"),
        later("placement_id", "placement"),
        day("started_on", "DECOM"),
        text("start_reason", "RNE", 100),
        text("primary_need", "CIN", 10),
        day("ended_on", "DEC"),
        text("end_reason", "REC", 255),
        Field("legal_status", ("LS",), adapting.text, aside="text"),
        Field("place", ("PLACE",), adapting.text, aside="text"),
        Field("provider", ("PLACE_PROVIDER",), adapting.text, aside="text"),
        Field("urn", ("URN",), adapting.short(48), aside="text"),
        Field("postcode", ("PL_POST",), adapting.short(8), aside="text"),
        Field("change_reason", ("REASON_PLACE_CHANGE",), adapting.text, aside="text"),
    ),
)
LEGAL_STATUS = Recipe(
    kind="legal_status",
    table="",
    source="903_episodes",
    staged_by=spells.legal_statuses,
    model=casework.LegalStatus,
    key=("CHILD",),
    child=("CHILD",),
    dated="started_on",
    ends="ended_on",
    before_birth=False,
    fields=(
        later("care_period_id", "care_period"),
        text("status", "LS", 100),
        day("started_on", "DECOM"),
        day("ended_on", "DEC"),
    ),
)
LOOKED_AFTER_REVIEW = Recipe(
    kind="looked_after_review",
    table="903_reviews",
    model=casework.LookedAfterReview,
    key=("CHILD", "REVIEW"),
    key_of=keyed,
    child=("CHILD",),
    dated="held_on",
    done=("held_on",),
    before_birth=False,
    fields=(
        later("care_period_id", "care_period"),
        day("held_on", "REVIEW"),
        text("participation", "REVIEW_CODE", 100),
    ),
)
MISSING_EPISODE = Recipe(
    kind="missing_episode",
    table="903_missing",
    model=casework.MissingEpisode,
    key=("CHILD", "MIS_START"),
    key_of=keyed,
    child=("CHILD",),
    dated="started_on",
    ends="ended_on",
    done=("started_on", "ended_on"),
    before_birth=False,
    fields=(
        day("started_on", "MIS_START"),
        day("ended_on", "MIS_END"),
        text("kind", "MISSING", 100),
    ),
)
CARE_LEAVER = Recipe(
    kind="care_leaver",
    table="903_oc3",
    model=casework.CareLeaver,
    key=("CHILD",),
    child=("CHILD",),
    fields=(
        text("in_touch", "IN_TOUCH", 100),
        text("activity", "ACTIV", 100),
        Field("accommodation", ("ACCOM",), where_lives),
        Field("accommodation_suitable", ("ACCOM",), suits),
    ),
)
IMMIGRATION_STATUS = Recipe(
    kind="immigration_status",
    table="903_uasc",
    model=casework.ImmigrationStatus,
    key=("CHILD",),
    child=("CHILD",),
    fields=(Field("status", ("CHILD",), said(SEEKING_ASYLUM)), day("ended_on", "DUC")),
)
INVOLVEMENT = Recipe(
    kind="involvement",
    table="903_swepisodes",
    model=people.Involvement,
    key=("CHILD", "SW_DECOM"),
    key_of=keyed,
    child=("CHILD",),
    dated="starts_on",
    ends="ends_on",
    fields=(
        worker("SW_ID"),
        Field("role", ("SW_ID",), said("Social worker")),
        day("starts_on", "SW_DECOM"),
        day("ends_on", "SW_DEC"),
        text("change_reason", "SW_REASON", 200),
    ),
)

RECIPES: tuple[Recipe, ...] = (
    CHILD,
    CARE_PERIOD,
    PLACEMENT,
    CARE_EPISODE,
    LEGAL_STATUS,
    LOOKED_AFTER_REVIEW,
    CARE_LEAVER,
    MISSING_EPISODE,
    IMMIGRATION_STATUS,
    INVOLVEMENT,
)
