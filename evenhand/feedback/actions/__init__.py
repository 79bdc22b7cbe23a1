"""Every way in which this room's records change."""

from evenhand.feedback.actions.barriers import act_on_barrier, complete_barrier, meet_barrier
from evenhand.feedback.actions.discrimination import note_discrimination
from evenhand.feedback.actions.error import enter_in_error
from evenhand.feedback.actions.register import follow_feedback, record_feedback
from evenhand.feedback.actions.surveys import close_survey, open_survey, take_answer

__all__ = [
    "act_on_barrier",
    "close_survey",
    "complete_barrier",
    "enter_in_error",
    "follow_feedback",
    "meet_barrier",
    "note_discrimination",
    "open_survey",
    "record_feedback",
    "take_answer",
]
