"""How rows of the case system's own reports become records of ours.

A report adds what it shows and takes nothing away: it may be of one team, or of one month.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from evenhand.casework import models as casework
from evenhand.imports import adapting
from evenhand.imports.recipes.shape import Field, Later, Recipe, aside, day, link, text, yes_no
from evenhand.workforce.models import Absence, Supervision

SAID = {
    "religion": "Religion",
    "first_language": "First language",
    "interpreter": "Interpreter",
    "communication": "Communication need",
    "ethnicity": "Ethnicity",
    "nationality": "Nationality",
}
"""What a report may tell of who a child is: characteristic to column."""
SAID_KIND = "said"


def _event(
    kind: str, table: str, model: type[Model], *fields: Field, dated: str = "held_on", **more: Any
) -> Recipe:
    return Recipe(
        kind=kind,
        table=table,
        model=model,
        key=("Key",),
        child=("Child",),
        dated=dated,
        done=(dated,),
        latest=True,
        fields=(*fields, day(dated, "Day")),
        **more,
    )


def _visit(kind: str, owner: str, column: str, *, later: Later = "ignored") -> Recipe:
    seen = [yes_no("seen", "Seen"), yes_no("seen_alone", "Seen alone")]
    if kind != "care":
        seen.append(yes_no("bedroom_seen", "Bedroom seen"))
    return _event(
        f"{kind}_visit",
        f"report_{kind}_visits",
        casework.Visit,
        _owner(column, owner),
        *seen,
        later=later,
        constants=(("kind", kind),),
        before_birth=kind != "care",
    )


def nothing(*_: Any) -> None:
    """A report names no plan: it is found by the child and the day."""


def _owner(column: str, kind: str) -> Field:
    found = link(column, "Child", kind, by_time=True)
    return Field(found.column, found.sources, nothing, refers=kind, by_time=True)


def _of_staff(kind: str, model: type[Model], dated: str, *fields: Field, **more: Any) -> Recipe:
    """A row of a member of staff, whom the report names by number or name."""
    return Recipe(
        kind=kind,
        table=f"report_{kind}s",
        model=model,
        key=("Key",),
        dated=dated,
        same=("worker_id", dated),
        latest=True,
        fields=(
            Field("worker_id", ("Worker",), staff="known_worker"),
            aside("told", "Worker"),
            day(dated, "Day"),
            *fields,
        ),
        **more,
    )


RECIPES: tuple[Recipe, ...] = (
    _of_staff(
        "supervision",
        Supervision,
        "held_on",
        Field("supervisor_id", ("Supervisor",), staff="known_worker"),
        text("supervisor_name", "Supervisor", 200),
        done=("held_on",),
    ),
    _of_staff("absence", Absence, "since", day("until", "Last day away"), ends="until"),
    _event(
        "section_47",
        "report_strategy_discussions",
        casework.Section47,
        day("strategy_minutes_on", "Minutes sent"),
        dated="started_on",
        known_only=True,
    ),
    Recipe(
        kind=SAID_KIND,
        table="report_children",
        model=None,
        key=("Key",),
        child=("Child",),
        latest=True,
        fields=tuple(aside(name, column) for name, column in SAID.items()),
    ),
    _event(
        "core_group",
        "report_core_groups",
        casework.CoreGroup,
        _owner("plan_id", "protection_plan"),
        later="ignored",
    ),
    _event(
        "case_note",
        "report_case_notes",
        casework.CaseNote,
        day("entered_on", "Entered"),
        text("author", "Author", 100),
        text("kind", "Kind", 100),
        Field("length", ("Length",), adapting.whole),
    ),
    _event("contact", "report_contacts", casework.Contact, dated="received_on"),
    _event(
        "review_conference",
        "report_review_conferences",
        casework.ReviewConference,
        _owner("plan_id", "protection_plan"),
        later="planned",
        planned="due_on",
    ),
    _event(
        "looked_after_review",
        "report_looked_after_reviews",
        casework.LookedAfterReview,
        _owner("care_period_id", "care_period"),
        later="planned",
        planned="due_on",
        before_birth=False,
    ),
    _visit("protection", "protection_plan", "plan_id"),
    _visit("need", "need_plan", "need_plan_id"),
    _visit("care", "care_period", "care_period_id"),
)
