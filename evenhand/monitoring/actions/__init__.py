"""Everything that changes in this room, each with its history."""

from evenhand.monitoring.actions.allocating import note_decision, share_out
from evenhand.monitoring.actions.benchmarking import import_benchmarks
from evenhand.monitoring.actions.freezing import freeze
from evenhand.monitoring.actions.judging import act_on, record_judgement, take_judgement_back
from evenhand.monitoring.actions.providing import end, record_provision, take_back
from evenhand.monitoring.actions.running import record_run

__all__ = [
    "act_on", "end", "freeze", "import_benchmarks", "note_decision", "record_judgement",
    "record_provision", "record_run", "share_out", "take_back", "take_judgement_back",
]  # fmt: skip
