"""Where facts of plans are read from: the plan's row, and what is fastened to a plan."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from evenhand.facts.registry import bind, is_bound, subject, vocabulary
from evenhand.policy.vocabulary import Fact
from evenhand.recording.facts import COLUMN, KEPT
from evenhand.recording.models import Answer
from evenhand.transitions.models import TransitionPlan

SUBJECT: Final = "transition"
COLUMNS: Final = {
    "transition.route": "route",
    "transition.born": "child__born_on",
    "transition.listed": "listed_on",
    "transition.year_9_begins": "year_9_begins",
    "transition.reviewed": "reviewed_on",
    "transition.review_attended": "review_attended_on",
    "transition.likely_eligible": "likely",
    "transition.leaving_education_at_16": "leaves_at_16",
    "transition.leaving_on": "leaving_on",
    "transition.leaving_recorded": "leaving_recorded_on",
    "transition.transferred": "transferred_on",
}
COPIED: Final = {
    "transition.referred": "referred_on",
    "transition.declined": "declined_on",
    "transition.care_act_considered": "care_act_on",
    "transition.transitional_worker_named": "worker_named_on",
    "transition.resources_noted": "resources_noted_on",
    "transition.assessment_started": "assessment_started_on",
    "transition.person_centred_plan_started": "planning_started_on",
}
"""Days that forms answer: the earliest of each is copied to the plan."""


def _bind_answer(fact: Fact) -> None:
    """Bind a fact to the answers of forms that are fastened to a plan."""
    column = COLUMN[fact.type]
    where = KEPT & Q(fact=fact.name, recording__subject=SUBJECT)
    told = {"via": "recording__about_id", "where": where, "since": "recording__on"}
    if fact.many:
        bind(fact.name, Answer, column, blanks=True, **told)  # type: ignore[arg-type]
    else:
        pick = "earliest" if fact.is_time else "latest"
        bind(fact.name, Answer, column, pick=pick, **told)  # type: ignore[arg-type]


subject(SUBJECT, TransitionPlan, child="child_id", team="child__team_id", worker="child__worker_id")
for _name, _column in {**COLUMNS, **COPIED}.items():
    bind(_name, TransitionPlan, _column)
for _fact in vocabulary().facts.values():
    if _fact.subject == SUBJECT and _fact.native and not is_bound(_fact.name):
        _bind_answer(_fact)
