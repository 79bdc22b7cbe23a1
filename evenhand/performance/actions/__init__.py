"""Everything that people do in this room."""

from evenhand.performance.actions.improvement import act_on, close, record_finding
from evenhand.performance.actions.measures import (
    Built,
    add_measure,
    change_measure,
    publish_measure,
)
from evenhand.performance.actions.objectives import (
    change_personal,
    set_objective,
    set_personal,
)
from evenhand.performance.actions.practice import note_practice, read, share
from evenhand.performance.actions.quarters import let_out, propose_quarter, withdraw
from evenhand.performance.actions.results import respond, tell_result

__all__ = [
    "Built", "act_on", "add_measure", "change_measure", "change_personal", "close", "let_out",
    "note_practice", "propose_quarter", "publish_measure", "read", "record_finding", "respond",
    "set_objective", "set_personal", "share", "tell_result", "withdraw",
]  # fmt: skip
