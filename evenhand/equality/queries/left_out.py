"""How many children asked to be left out of the figures, where saying so tells of none of them."""

from __future__ import annotations

from datetime import date

from evenhand.accounts.models import Team, User
from evenhand.accounts.scope import Reach, scope_of
from evenhand.design.wording import number
from evenhand.equality.pack import value
from evenhand.people.queries.objections import count_left_out
from evenhand.standards.queries.counting import counted_with_below

WORDS = "{} children asked to be left out of these figures, and are in none of them."


def left_out_words(viewer: User, team: Team | None, on: date) -> str:
    """Return how many children of the figures' reach asked to be left out; empty for a few."""
    everyone = team is None and scope_of(viewer).aggregates.everyone
    reach = Reach(everyone=everyone, teams=counted_with_below(viewer, team))
    found = count_left_out(reach)
    return WORDS.format(number(found)) if found >= int(value("suppress-below", on)) else ""
