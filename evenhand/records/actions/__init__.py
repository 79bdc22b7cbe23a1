"""Everything that people here do with requests and complaints, each with its history."""

from evenhand.records.actions.bundles import choose_words, judge, prepare, release
from evenhand.records.actions.complaints import (
    acknowledge,
    record_complaint,
    tell_outcome,
    tell_progress,
)
from evenhand.records.actions.requests import (
    answer,
    ask_for_detail,
    ask_for_identity,
    extend,
    receive,
    record_detail,
    record_identity,
    record_wish,
    show_authority,
    withhold,
)

__all__ = [
    "acknowledge",
    "answer",
    "ask_for_detail",
    "ask_for_identity",
    "choose_words",
    "extend",
    "judge",
    "prepare",
    "receive",
    "record_complaint",
    "record_detail",
    "record_identity",
    "record_wish",
    "release",
    "show_authority",
    "tell_outcome",
    "tell_progress",
    "withhold",
]
