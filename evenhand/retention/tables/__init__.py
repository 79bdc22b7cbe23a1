"""What the pages of this room lay out."""

from evenhand.retention.tables.corrections import (
    at_source_table,
    correction_rows,
    corrections_table,
)
from evenhand.retention.tables.deletions import deleted_table, with_withdrawn_table, withdrawn_table
from evenhand.retention.tables.disposal import certificate_rows, certificates_table, went_table
from evenhand.retention.tables.filing import native_table, unfiled_table
from evenhand.retention.tables.keeping import (
    adopted_table,
    decisions_table,
    due_table,
    holds_table,
    keeping_table,
    not_told_table,
    schedule_table,
    waiting_table,
)

__all__ = [
    "adopted_table",
    "at_source_table",
    "certificate_rows",
    "certificates_table",
    "correction_rows",
    "corrections_table",
    "decisions_table",
    "deleted_table",
    "due_table",
    "holds_table",
    "keeping_table",
    "native_table",
    "not_told_table",
    "schedule_table",
    "unfiled_table",
    "waiting_table",
    "went_table",
    "with_withdrawn_table",
    "withdrawn_table",
]
