"""What other rooms bring to the uses: audits to quality, improvement actions to change.

A room beneath this one is named here when it is there; until then its section says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from evenhand.accounts.models import User
from evenhand.design.components import Table


class Brought(NamedTuple):
    """What a room brings to one use: the answer in a sentence, with the table under it."""

    answer: str
    table: Table


Bringer = Callable[[User], Brought | None]
QUALITY: tuple[Bringer, ...] = ()
CHANGE: tuple[Bringer, ...] = ()


def quality(viewer: User) -> list[Brought]:
    """Return what is known of the quality of work by group."""
    return _brought(QUALITY, viewer)


def changes(viewer: User) -> list[Brought]:
    """Return what changed after actions were taken."""
    return _brought(CHANGE, viewer)


def _brought(bringers: tuple[Bringer, ...], viewer: User) -> list[Brought]:
    found = (bring(viewer) for bring in bringers)
    return [each for each in found if each is not None]
