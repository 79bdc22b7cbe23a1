"""What follows an event: the one table from an event to the functions run in its transaction.

Each function takes the event's ``history.actions.Happening``. Rooms that may not import one
another meet here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evenhand.equality import tallying
from evenhand.history.actions import Happening

REACTIONS: Mapping[str, tuple[Callable[[Happening], None], ...]] = {
    "import.reckoned": (tallying.after_import,),
}
