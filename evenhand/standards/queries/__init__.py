"""Reads of standing, by index. Each takes the viewer.

Counts reach as far as ``scope_of(viewer).aggregates``; lists of children as far as
``Child.objects.visible_to(viewer)``.
"""

from evenhand.standards.counts import Counts
from evenhand.standards.queries.counting import (
    counts_by_month,
    counts_by_standard,
    counts_by_team,
    counts_of_turn,
    figures_as_at,
    months_shown,
    teams_below,
    teams_offered,
    teams_within,
    totals_by_team,
)
from evenhand.standards.queries.listing import (
    MOST,
    Promise,
    due_for,
    listed,
    outcomes_of,
    promises,
    promises_of,
)
from evenhand.standards.queries.measuring import indicators_for
from evenhand.standards.queries.records import filled_for, period, unfilled_for, unfilled_of

__all__ = [
    "MOST",
    "Counts",
    "Promise",
    "counts_by_month",
    "counts_by_standard",
    "counts_by_team",
    "counts_of_turn",
    "due_for",
    "figures_as_at",
    "filled_for",
    "indicators_for",
    "listed",
    "months_shown",
    "outcomes_of",
    "period",
    "promises",
    "promises_of",
    "teams_below",
    "teams_offered",
    "teams_within",
    "totals_by_team",
    "unfilled_for",
    "unfilled_of",
]
