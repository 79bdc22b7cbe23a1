"""Everything that changes in this room, each with its history."""

from evenhand.monitoring.actions.allocating import note_decision, share_out
from evenhand.monitoring.actions.benchmarking import import_benchmarks
from evenhand.monitoring.actions.freezing import freeze
from evenhand.monitoring.actions.providing import end, record_provision, take_back

__all__ = [
    "end", "freeze", "import_benchmarks", "note_decision", "record_provision", "share_out",
    "take_back",
]  # fmt: skip
