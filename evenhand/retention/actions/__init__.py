"""What changes in this room: holds, decisions and disposal, filing, and corrections."""

from evenhand.retention.actions.disposing import confirm, decide, reapply, turn_down
from evenhand.retention.actions.filing import mark_filed
from evenhand.retention.actions.holding import place_hold, release_hold

__all__ = ["confirm", "decide", "mark_filed", "place_hold", "reapply", "release_hold", "turn_down"]
