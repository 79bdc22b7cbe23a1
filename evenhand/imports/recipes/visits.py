"""Visits to children in need, on protection plans and in our care."""

from __future__ import annotations

from evenhand.casework import models as casework
from evenhand.imports.recipes.shape import Field, Recipe, day, link, yes_no


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
