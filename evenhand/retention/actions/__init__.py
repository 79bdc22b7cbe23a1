"""What changes in this room: holds, decisions and disposal, filing, and corrections."""

from evenhand.retention.actions.correcting import (
    after_import,
    ask_correction,
    decide_correction,
    tell,
)
from evenhand.retention.actions.disposing import confirm, decide, reapply, turn_down
from evenhand.retention.actions.filing import mark_filed
from evenhand.retention.actions.holding import place_hold, release_hold
from evenhand.retention.actions.withdrawing import dispose_withdrawn, keep_withdrawn

__all__ = [
    "after_import",
    "ask_correction",
    "confirm",
    "decide",
    "decide_correction",
    "dispose_withdrawn",
    "keep_withdrawn",
    "mark_filed",
    "place_hold",
    "reapply",
    "release_hold",
    "tell",
    "turn_down",
]
