"""How the lists of Ofsted's Annex A become records of ours.

Annex A has no identifier but the child's, so a record is known again by its child and its day:
``4653765|2020-09-16``. The child stands on every list: the first row makes it, others fill its
blanks. A column that shows only the latest of something (a review, a visit, a placement) makes a
new record whenever it shows another day; the one before stays, since the list only stopped showing
it. Lists 10 and 11 (adoption, adopters) make no record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from evenhand.casework import models as casework
from evenhand.formats.annex_a.tables import CHILD, name_of
from evenhand.imports import adapting
from evenhand.imports.recipes import care, need, people, visits
from evenhand.imports.recipes.shape import Field, Recipe, aside, aside_day, day, text

BORN, SEX, ETHNICITY, DISABLED = (
    "Date of Birth",
    "Gender",
    "Ethnicity",
    ("Does the Child have a Disability"),
)
REFERRED, NEED_STARTED = "Date of referral", "CIN Start Date"
ENQUIRED = "Strategy discussion initiating Section 47 Enquiry Start Date"
PLANNED, LOOKED_AFTER = "Child Protection Plan Start Date", "Date Started to be Looked After"
UNACCOMPANIED = {
    8: "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    9: "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
}
OTHERWISE_VISITED = ("a", "b")
"""Case statuses (looked after, protection plan) whose visits stand on lists of their own."""


def key_of(*parts: Any) -> str | None:
    """A key of several cells; None where one of them is blank."""
    return None if any(part is None for part in parts) else "|".join(map(str, parts))


def key_with_blank(*parts: Any) -> str:
    """A key of several cells, any of which but the first two may be blank."""
    return "|".join("" if part is None else str(part) for part in parts)


def yes_no(value: str | None) -> bool | None:
    """Yes, no, or not known."""
    return {"Y": True, "N": False}.get(value or "")


def opposite(value: str | None) -> bool | None:
    """No where the cell says yes."""
    said = yes_no(value)
    return None if said is None else not said


def _yes(column: str, cell: str, adapt: Callable[..., Any] = yes_no) -> Field:
    return Field(column, (cell,), adapt)


def _link(column: str, kind: str, *cells: str) -> Field:
    return Field(column, (CHILD, *cells), key_of, refers=kind)


def _staff() -> tuple[Field, Field]:
    return (
        Field("team_id", ("Allocated Team",), staff="team_name"),
        Field("worker_id", ("Allocated Worker",), staff="worker_name"),
    )


def _of(like: Recipe, number: int, *cells: str, **more: Any) -> Recipe:
    """A recipe like that of the dataset, made of a list and keyed by child and day."""
    first = {"table": name_of(number), "source": "", "key": (CHILD, *cells), "key_of": key_of}
    usual = {"child": (CHILD,), "child_through": "", "staged_by": None, "folds": False}
    return replace(like, **{**first, **usual, **more})


def _latest(like: Recipe, number: int, *cells: str, **more: Any) -> Recipe:
    """A recipe of a day that is only the latest: another day is another record."""
    return _of(like, number, *cells, secondary=True, latest=True, **more)


def _child(number: int) -> Recipe:
    fields = (day("born_on", BORN), aside("sex", SEX), aside("ethnicity", ETHNICITY))
    return _of(
        people.CHILD, number, key_of=adapting.same, child=(), fields=fields, secondary=True,
        folds=True,
    )  # fmt: skip


def disability_key(child: str | None, said: str | None) -> str | None:
    """A child for whom the list says whether there is a disability."""
    return key_of(child, said) if said in ("Y", "N") else None


def _disability(number: int) -> Recipe:
    code = Field("code", (DISABLED,), {"Y": "YES", "N": "NONE"}.get, aside="text")
    return _of(
        people.DISABILITY, number, DISABLED, key_of=disability_key, fields=(code,),
        secondary=True, folds=True,
    )  # fmt: skip


def _involvement(number: int, *ends: Field) -> Recipe:
    role = Field("role", ("Allocated Team", "Allocated Worker"), allocated)
    return _of(
        people.INVOLVEMENT, number, "Allocated Team", "Allocated Worker",
        key_of=allocated_to, fields=(*_staff(), role, *ends), secondary=True, folds=True,
        dated="", ends="", latest=True,
    )  # fmt: skip


def allocated(team: str | None, worker: str | None) -> str:
    """The role of whoever a child is allocated to."""
    return "allocated" if team or worker else ""


def allocated_to(child: str | None, team: str | None, worker: str | None) -> str | None:
    """One allocation for each child: whoever the latest workbook names."""
    return child if team or worker else None


def unaccompanied_key(child: str | None, said: str | None) -> str | None:
    """A child said to be unaccompanied."""
    return key_of(child, "UASC") if said == "Y" else None


def _unaccompanied(number: int) -> Recipe:
    status = Field("status", (UNACCOMPANIED[number],), unaccompanied_status)
    return _of(
        people.IMMIGRATION_STATUS, number, UNACCOMPANIED[number], key_of=unaccompanied_key,
        fields=(status,), secondary=True, folds=True, latest=True, dated="", ends="",
    )  # fmt: skip


def unaccompanied_status(said: str | None) -> str:
    """The words of the Standard Safeguarding Dataset for an unaccompanied child."""
    return "Unaccompanied Asylum Seeking Child" if said == "Y" else ""


def visit_of_need(child: str | None, seen: date | None, status: str | None) -> str | None:
    """A visit to a child in need; visits to others stand on lists 7 and 8."""
    return None if status in OTHERWISE_VISITED else key_of(child, seen)


CONTACT = _of(
    need.CONTACT, 1, "Date of Contact", "Contact Source", key_of=key_with_blank,
    fields=(day("received_on", "Date of Contact"), text("source_code", "Contact Source", 48)),
)  # fmt: skip
EARLY_HELP = _of(
    need.EARLY_HELP, 2, "Assessment start date", "Organisation completing assessment",
    key_of=key_with_blank,
    fields=(
        day("started_on", "Assessment start date"),
        day("ended_on", "Assessment completion date"),
        text("organisation", "Organisation completing assessment"),
    ),
)  # fmt: skip
REFERRAL = _of(
    need.REFERRAL, 3, REFERRED, folds=True,
    fields=(
        day("received_on", REFERRED),
        text("source_code", "Referral Source", 48),
        _yes("no_further_action", "Referral NFA?"),
        *_staff(),
    ),
)  # fmt: skip
EPISODE_OF_NEED = _of(
    need.REFERRAL, 6, NEED_STARTED, folds=True,
    fields=(
        day("received_on", NEED_STARTED),
        text("primary_need", "Primary Need Code", 10),
        day("closed_on", "CIN Closure Date"),
        text("close_reason", "Reason for Closure", 100),
        *_staff(),
    ),
)  # fmt: skip
ASSESSMENT = _of(
    need.ASSESSMENT, 4, "Continuous Assessment Start Date",
    fields=(
        day("started_on", "Continuous Assessment Start Date"),
        day("authorised_on", "Continuous Assessment Date of Authorisation"),
        _yes("child_seen", "Child Seen During Continuous Assessment"),
        _yes(
            "no_further_action",
            "Was the child assessed as requiring LA children's social care support?",
            opposite,
        ),
        *_staff(),
    ),
)  # fmt: skip
SECTION_47 = _of(
    need.SECTION_47, 5, ENQUIRED,
    fields=(
        day("started_on", ENQUIRED),
        _yes(
            "conference_needed",
            "Was an Initial Child Protection Conference deemed unnecessary?",
            opposite,
        ),
        *_staff(),
    ),
)  # fmt: skip
CONFERENCE = _latest(
    need.CONFERENCE, 5, "Date of Initial Child Protection Conference",
    fields=(
        _link("section_47_id", "section_47", ENQUIRED),
        day("held_on", "Date of Initial Child Protection Conference"),
        _yes(
            "plan_made",
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        ),
        *_staff(),
    ),
)  # fmt: skip
PROTECTION_PLAN = _of(
    need.PROTECTION_PLAN, 7, PLANNED,
    fields=(
        day("started_on", PLANNED),
        day("ended_on", "Child Protection Plan End Date"),
        text("initial_category", "Initial Category of Abuse", 100),
        text("latest_category", "Latest Category of Abuse", 100),
    ),
)  # fmt: skip
REVIEW_CONFERENCE = _latest(
    need.REVIEW_CONFERENCE, 7, "Date of latest review conference",
    fields=(
        _link("plan_id", "protection_plan", PLANNED),
        day("held_on", "Date of latest review conference"),
    ),
)  # fmt: skip
PROTECTION_VISIT = _latest(
    visits.PROTECTION_VISIT, 7, "Date of the Last Statutory Visit",
    fields=(
        _link("plan_id", "protection_plan", PLANNED),
        day("held_on", "Date of the Last Statutory Visit"),
        _yes("seen_alone", "Was the Child Seen Alone?"),
    ),
)  # fmt: skip
NEED_VISIT = _latest(
    visits.NEED_VISIT, 6, "Date Child Was Last Seen", "Case Status", key_of=visit_of_need,
    fields=(
        day("held_on", "Date Child Was Last Seen"),
        Field("seen", ("Date Child Was Last Seen",), lambda seen: True if seen else None),
    ),
)  # fmt: skip
CARE_PERIOD = _of(
    care.CARE_PERIOD, 8, LOOKED_AFTER, ends="ended_on", done=("started_on", "ended_on"),
    fields=(
        day("started_on", LOOKED_AFTER),
        day("ended_on", "Date Ceased to be Looked After"),
        text("end_reason", "Reason Ceased to be Looked After", 255),
    ),
)  # fmt: skip
_OF_CARE = _link("care_period_id", "care_period", LOOKED_AFTER)
PLACEMENT = _latest(
    care.PLACEMENT, 8, "Start Date of Most Recent Placement",
    fields=(
        _OF_CARE,
        day("started_on", "Start Date of Most Recent Placement"),
        text("kind", "Placement Type", 100),
        text("provider", "Placement Provider", 48),
        text("urn", "URN of Placement", 48),
        text("postcode", "Placement postcode", 8),
    ),
)  # fmt: skip
LEGAL_STATUS = _latest(
    care.LEGAL_STATUS, 8, "Start date of current legal status",
    fields=(
        _OF_CARE,
        text("status", "Child's Legal Status", 100),
        day("started_on", "Start date of current legal status"),
    ),
)  # fmt: skip
LOOKED_AFTER_REVIEW = _latest(
    care.LOOKED_AFTER_REVIEW, 8, "Date of Latest Statutory Review",
    fields=(_OF_CARE, day("held_on", "Date of Latest Statutory Review")),
)  # fmt: skip
CARE_VISIT = _latest(
    visits.CARE_VISIT, 8, "Date of Last Social Work Visit",
    fields=(_OF_CARE, day("held_on", "Date of Last Social Work Visit")),
)  # fmt: skip
OFFICER_CONTACT = Recipe(
    kind="officer_contact",
    table=name_of(8),
    model=casework.ReviewingOfficerContact,
    key=(CHILD, "Date of Last IRO Visit / Contact to the Child"),
    key_of=key_of,
    child=(CHILD,),
    dated="contacted_on",
    done=("contacted_on",),
    later="ignored",
    before_birth=False,
    fields=(_OF_CARE, day("contacted_on", "Date of Last IRO Visit / Contact to the Child")),
    secondary=True,
    latest=True,
)
CARE_LEAVER = _of(
    care.CARE_LEAVER, 9, key_of=adapting.same,
    fields=(
        text("eligibility", "Eligibility Category", 100),
        text("in_touch", "LA in Touch", 100),
        text("accommodation", "Type of Accommodation", 100),
        text("accommodation_suitable", "Suitability of Accommodation", 100),
        text("activity", "Activity Status", 100),
        text("adviser", "Allocated Personal Advisor", 100),
        *_staff(),
        aside_day("contacted_on", "Latest Date of Contact"),
        aside_day("reviewed_on", "Latest Pathway Plan Review Date"),
    ),
)  # fmt: skip
RECIPES: tuple[Recipe, ...] = (
    *(_child(number) for number in range(1, 10)),
    *(_disability(number) for number in range(4, 10)),
    CONTACT,
    EARLY_HELP,
    REFERRAL,
    EPISODE_OF_NEED,
    ASSESSMENT,
    SECTION_47,
    CONFERENCE,
    PROTECTION_PLAN,
    REVIEW_CONFERENCE,
    CARE_PERIOD,
    PLACEMENT,
    LEGAL_STATUS,
    LOOKED_AFTER_REVIEW,
    NEED_VISIT,
    PROTECTION_VISIT,
    CARE_VISIT,
    OFFICER_CONTACT,
    CARE_LEAVER,
    *(_unaccompanied(number) for number in UNACCOMPANIED),
    *(_involvement(number) for number in (8, 7)),
    _involvement(6, day("ends_on", "CIN Closure Date")),
)
