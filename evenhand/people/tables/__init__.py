"""What this room's pages lay out: rows and tables, in words."""

from evenhand.people.tables.about import about_rows, ask_url, statements_table
from evenhand.people.tables.campaigns import campaigns_table, waiting_table, workers_table
from evenhand.people.tables.completeness import items_table, teams_table
from evenhand.people.tables.lists import children_table, differences_table, worklist_table

__all__ = [
    "about_rows",
    "ask_url",
    "campaigns_table",
    "children_table",
    "differences_table",
    "items_table",
    "statements_table",
    "teams_table",
    "waiting_table",
    "workers_table",
    "worklist_table",
]
