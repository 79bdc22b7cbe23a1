"""What stands on the page of a slot beside its audits: the one table from a line to who tells it.

Each function takes the slot, the viewer and a moment, and returns tables that the viewer may see.
"""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.audits.queries.beside import Tell
from evenhand.audits.tables import minutes
from evenhand.pages import beside

BESIDE: Mapping[str, Tell] = {
    "minutes": minutes.beside,
    "supervision": beside.supervision,
    "training": beside.training,
}
