"""Reads of people that matter. Each takes the viewer and returns what they may see."""

from evenhand.people.queries.about import (
    AboutLine,
    IdentitySummary,
    identity_summary,
    statements_about,
)
from evenhand.people.queries.campaigns import Progress, campaigns_for, progress_of
from evenhand.people.queries.children import adult_of, child_for, find_children
from evenhand.people.queries.completeness import (
    Completion,
    completeness_for,
    items_for,
    measures_for,
)
from evenhand.people.queries.differences import differences_for
from evenhand.people.queries.worklist import ToAsk, worklist_for, worklist_page

__all__ = [
    "AboutLine",
    "Completion",
    "IdentitySummary",
    "Progress",
    "ToAsk",
    "adult_of",
    "campaigns_for",
    "child_for",
    "completeness_for",
    "differences_for",
    "find_children",
    "identity_summary",
    "items_for",
    "measures_for",
    "progress_of",
    "statements_about",
    "worklist_for",
    "worklist_page",
]
