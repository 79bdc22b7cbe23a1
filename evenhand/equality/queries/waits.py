"""How long each group waits under one standard, those still waiting counted: from what is kept."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from evenhand.accounts.models import User
from evenhand.analytics.waits import LifeTable
from evenhand.equality.keeping.waited import table_of, usually_allowed
from evenhand.equality.models import WaitTally
from evenhand.equality.pathway import UNKNOWN
from evenhand.equality.queries.fares import Asked, tallies_within


class Waited(NamedTuple):
    """A row of ``table`` for each of ``groups``; ``due_after`` is the usual number of days allowed.

    Days are whole days of the calendar, from the day a clock starts to the day it is done, or to
    ``until``, up to which what was done is known.
    """

    groups: tuple[str, ...]
    table: LifeTable
    due_after: int
    until: date
    is_exact: bool


def waits_for(viewer: User, standard: str, asked: Asked) -> Waited | None:
    """Return the waits of each group whose clock started in the year; None where nobody's did."""
    within, exact = tallies_within(viewer, asked.team)
    kept = WaitTally.objects.filter(within, measure=standard, dimension=asked.dimension.id)
    rows = list(kept.order_by("pk").values_list("until", "body"))
    if not rows:
        return None
    bodies, without = [body for _, body in rows], asked.without_unaccompanied
    known = tuple(group for group in bodies[0]["groups"] if group not in UNKNOWN)
    table = table_of(bodies, len(known), without=without)
    if not (table.people.any() or table.left_out.any()):
        return None
    due_after = usually_allowed(bodies, without=without)
    return Waited(known, table, due_after, rows[0][0], exact)
