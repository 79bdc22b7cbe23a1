"""Everything that changes in this room, each with its history."""

from evenhand.transitions.actions.meeting import (
    close_meeting,
    hold_meeting,
    note_case,
    write_pack,
)
from evenhand.transitions.actions.planning import begin_plan
from evenhand.transitions.actions.sharing import share_list

__all__ = ["begin_plan", "close_meeting", "hold_meeting", "note_case", "share_list", "write_pack"]
