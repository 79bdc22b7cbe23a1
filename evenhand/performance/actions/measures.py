"""Building measures of a team or of the authority, and publishing them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.performance.actions.objectives import needed_words
from evenhand.performance.models import Measure, Objective
from evenhand.problems import Problem
from evenhand.versions import take_on


class Built(NamedTuple):
    """What a measure is made of. All but its name and its owner may come later."""

    name: str
    owner: User
    definition: str = ""
    source: str = ""
    target: Decimal | None = None
    team: Team | None = None
    priority: str = ""
    objective: Objective | None = None


@action("measure.added")
def add_measure(built: Built, *, by: User, at: datetime) -> Change:
    """Add a measure, a draft until it is published. Raises Problem without a name."""
    fields = built._asdict() | {"name": needed_words(built.name)}
    made = Measure.objects.create(ref=new_reference(), **fields)
    return Change(made, {name: (None, value) for name, value in fields.items() if value})


@action("measure.changed")
def change_measure(
    measure: Measure, built: Built, *, by: User, at: datetime, version: int, is_over: bool = False
) -> Change:
    """Change a measure, or end it. One that is published keeps its priority.

    Raises Problem where its priority is taken away, and where somebody else was there first.
    """
    if measure.published_at and not built.priority:
        raise Problem("It is published, and would serve no priority.", "Choose a priority.")
    fields = built._asdict() | {
        "name": needed_words(built.name),
        "ended_on": timezone.localdate(at) if is_over else None,
    }
    changed = {k: (getattr(measure, k), v) for k, v in fields.items() if getattr(measure, k) != v}
    take_on(measure, version, **fields)
    return Change(measure, changed)


@action("measure.published")
def publish_measure(measure: Measure, *, by: User, at: datetime) -> Change:
    """Publish a draft. Raises Problem where it serves no priority: it stays a draft."""
    if not measure.priority:
        raise Problem(
            "No priority is linked, so it cannot be published.",
            f"It stays a draft of {measure.owner.name}'s. Choose the priority that it serves.",
        )
    take_on(measure, measure.version, published_at=at, published_by=by)
    return Change(measure, {"published": (None, at)})
