"""Rules: facts in, outcomes out. Pure: no clock is read, nothing is fetched, nothing is kept."""

from evenhand.rules.calendar import Calendar
from evenhand.rules.outcomes import Outcome, Reason, leading
from evenhand.rules.reference import evaluate
from evenhand.rules.standards import Deadline, PerPeriod, Recurrence, Standard, TestStandard
from evenhand.rules.states import WHOLLY, Horizon, State, state_of
from evenhand.rules.trees import Answer, Tree, answer
from evenhand.rules.values import Case, Dated, Entry, FactValue, Offset, Unit

__all__ = [
    "WHOLLY",
    "Answer",
    "Calendar",
    "Case",
    "Dated",
    "Deadline",
    "Entry",
    "FactValue",
    "Horizon",
    "Offset",
    "Outcome",
    "PerPeriod",
    "Reason",
    "Recurrence",
    "Standard",
    "State",
    "TestStandard",
    "Tree",
    "Unit",
    "answer",
    "evaluate",
    "leading",
    "state_of",
]
