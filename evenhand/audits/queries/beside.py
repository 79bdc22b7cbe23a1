"""What other rooms know of a slot: tables that stand on its page.

Rooms beside this one may not be imported here. ``config.beside`` is the one table from a line of
the programme to who tells of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from evenhand.accounts.models import User
from evenhand.audits.models import Slot
from evenhand.design.components import Table

Tell = Callable[[Slot, User, datetime], Sequence[Table]]


def beside(slot: Slot, viewer: User, now: datetime) -> Sequence[Table]:
    """Return the tables that stand on the page of a slot; of most lines none."""
    told: Mapping[str, Tell] = import_string(settings.BESIDE_SLOTS)
    tell = told.get(slot.line)
    return tell(slot, viewer, now) if tell else ()
