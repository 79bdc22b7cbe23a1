"""Which service to think of where a plan names no other that has a part in it."""

from __future__ import annotations

from datetime import date
from typing import Final

from evenhand.problems import Problem
from evenhand.recording import sets
from evenhand.recording.models import Answer
from evenhand.transitions.facts import SUBJECT
from evenhand.transitions.models import TransitionPlan

FORM: Final = "partner-services"
SERVICE, FIRST = "service", "careers"


def to_consider(plan: TransitionPlan, today: date) -> str:
    """Return the service to consider first, in the pack's words; empty where the plan names one,
    and where no adopted pack asks."""
    try:
        question = sets.form_called(FORM, today).question(SERVICE)
    except Problem:
        return ""
    named = Answer.objects.filter(
        recording__form=FORM, recording__subject=SUBJECT, recording__about_id=plan.pk,
        recording__entered_in_error=False, question=SERVICE,
    ).exclude(code="")  # fmt: skip
    if question is None or named.exists():
        return ""
    label = question.label_of(FIRST)
    return label[:1].lower() + label[1:]
