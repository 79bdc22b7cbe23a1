"""What follows an event: the one table from an event to the functions run in its transaction.

Each function takes the event's ``history.actions.Happening``. Rooms that may not import one
another meet here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evenhand.audits import following as audits
from evenhand.audits.actions import slot_tasks
from evenhand.config import offering
from evenhand.equality import findings, rising, tallying
from evenhand.history.actions import Happening
from evenhand.imports import allocation
from evenhand.leaving_care import following as leaving_care
from evenhand.monitoring import alerting, counting
from evenhand.people import actions as people
from evenhand.recording import reallocating, reckoning
from evenhand.retention import actions as retention
from evenhand.retention import adoption
from evenhand.standards import following
from evenhand.transitions import keeping
from evenhand.transitions.actions import planning
from evenhand.transitions.actions.requests import after_request, after_task
from evenhand.work import restrictions

MERGED = (
    allocation.follow_merge,
    people.follow_merge,
    keeping.after_merge,
    leaving_care.after_merge,
    following.follow_merge,
)
"""Whose the two are comes first: what is still to ask, and what stands, follow from it."""
RECORDED = (
    reckoning.after_recording,
    leaving_care.after_recording,
    planning.after_recording,
    after_request,
)
"""What other records of the same child lack comes first: the rest reads it."""

REACTIONS: Mapping[str, tuple[Callable[[Happening], None], ...]] = {
    "audit.done": (
        slot_tasks.after_done,
        audits.after_done,
    ),
    "audits.finding_raised": (audits.after_raised, offering.offer_practice),
    "child.merged": (adoption.refuse_merge, *MERGED),
    "child.unmerged": MERGED,
    "child.restriction_lifted": (restrictions.lifted,),
    "concern.recorded": (rising.after_concern,),
    "import.reckoned": (
        keeping.after_import,
        tallying.after_import,
        counting.after_import,
        findings.after_counting,
        alerting.after_counting,
        retention.after_import,
        adoption.after_import,
        reckoning.after_import,
        reallocating.after_import,
    ),
    "provision.ended": (counting.forget_needs,),
    "provision.entered_in_error": (counting.forget_needs,),
    "provision.recorded": (counting.forget_needs,),
    "recording.made": RECORDED,
    "recording.changed": RECORDED,
    "recording.entered_in_error": RECORDED,
    "task.checked": (audits.after_task,),
    "task.done": (after_task, audits.after_task),
}
