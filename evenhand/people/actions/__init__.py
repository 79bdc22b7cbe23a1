"""Everything that changes what is recorded of people, each with its history."""

from evenhand.people.actions.answering import answer, enter_in_error, settle_difference
from evenhand.people.actions.campaigns import start_campaign, stop_campaign
from evenhand.people.actions.importing import Said, Stated, rebuild_lists, state_from_import
from evenhand.people.actions.merging import follow_merge, merge_children, unmerge

__all__ = [
    "Said",
    "Stated",
    "answer",
    "enter_in_error",
    "follow_merge",
    "merge_children",
    "rebuild_lists",
    "settle_difference",
    "start_campaign",
    "state_from_import",
    "stop_campaign",
    "unmerge",
]
