"""What this room tells, to each viewer as far as they see."""

from evenhand.feedback.queries.barriers import (
    Line,
    Suggestion,
    barrier_for,
    by_service,
    contact_of,
    met_by,
    met_for,
    met_of,
    register_for,
    suggestions_for,
)
from evenhand.feedback.queries.confidence import Confidence, confidence_for
from evenhand.feedback.queries.discrimination import by_ground, may_read_notes, notes_of
from evenhand.feedback.queries.register import (
    Received,
    assessments_of,
    awaiting_for,
    feedback_for,
    feedback_of,
    feedback_on,
    received_for,
)
from evenhand.feedback.queries.surveys import results_of, survey_of
from evenhand.feedback.queries.told import Told, told_for
from evenhand.people.queries.reach import is_entitled

__all__ = [
    "Confidence",
    "Line",
    "Received",
    "Suggestion",
    "Told",
    "assessments_of",
    "awaiting_for",
    "barrier_for",
    "by_ground",
    "by_service",
    "confidence_for",
    "contact_of",
    "feedback_for",
    "feedback_of",
    "feedback_on",
    "is_entitled",
    "may_read_notes",
    "met_by",
    "met_for",
    "met_of",
    "notes_of",
    "received_for",
    "register_for",
    "results_of",
    "suggestions_for",
    "survey_of",
    "told_for",
]
