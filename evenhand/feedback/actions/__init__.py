"""Every way in which this room's records change."""

from evenhand.feedback.actions.barriers import act_on_barrier, complete_barrier, meet_barrier
from evenhand.feedback.actions.discrimination import note_discrimination
from evenhand.feedback.actions.register import follow_feedback, record_feedback

__all__ = [
    "act_on_barrier",
    "complete_barrier",
    "follow_feedback",
    "meet_barrier",
    "note_discrimination",
    "record_feedback",
]
