"""Everything that changes what is recorded of people, each with its history."""

from evenhand.people.actions.access import (
    declare_own_family,
    end_own_family,
    lend,
    lift,
    note_not_found,
    restrict,
    review_lending,
)
from evenhand.people.actions.answering import answer, enter_in_error, settle_difference
from evenhand.people.actions.campaigns import start_campaign, stop_campaign
from evenhand.people.actions.importing import Said, Stated, rebuild_lists, state_from_import
from evenhand.people.actions.merging import follow_merge, merge_children, unmerge
from evenhand.people.actions.words import add_words

__all__ = [
    "Said",
    "Stated",
    "add_words",
    "answer",
    "declare_own_family",
    "end_own_family",
    "enter_in_error",
    "follow_merge",
    "lend",
    "lift",
    "merge_children",
    "note_not_found",
    "rebuild_lists",
    "restrict",
    "review_lending",
    "settle_difference",
    "start_campaign",
    "state_from_import",
    "stop_campaign",
    "unmerge",
]
