"""Setting objectives: of the council, of services towards them, and of people."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.performance.models import Measure, Objective, PersonalObjective
from evenhand.problems import Problem

Level = Objective.Level


@action("objective.set")
def set_objective(*, by: User, at: datetime, words: str, parent: Objective | None = None) -> Change:
    """Set an objective: of the council, or with ``parent`` of a service that serves it.

    Raises Problem without words.
    """
    level = Level.SERVICE if parent else Level.COUNCIL
    made = Objective.objects.create(
        ref=new_reference(), level=level, words=needed_words(words), parent=parent, set_by=by,
        set_at=at,
    )  # fmt: skip
    return Change(made, {"words": (None, made.words), "parent": (None, parent)})


@action("personal_objective.set")
def set_personal(*, by: User, at: datetime, words: str, measure: Measure | None = None) -> Change:
    """Set an objective of one's own; without a measure of a team it is kept, and that is shown."""
    made = PersonalObjective.objects.create(
        ref=new_reference(), person=by, words=needed_words(words), measure=measure, set_at=at
    )
    return Change(made, {"words": (None, made.words), "measure": (None, measure)})


@action("personal_objective.changed")
def change_personal(
    objective: PersonalObjective,
    *,
    by: User,
    at: datetime,
    words: str,
    measure: Measure | None = None,
    is_over: bool = False,
) -> Change:
    """Change an objective of one's own, or end it. Raises Problem for another's."""
    if objective.person_id != by.pk:
        raise Problem("This objective is somebody else's.", "Change your own.")
    before = (objective.words, objective.measure_id, objective.ended_on)
    objective.words, objective.measure = needed_words(words), measure
    objective.ended_on = _today(at) if is_over else None
    objective.save()
    after = (objective.words, objective.measure_id, objective.ended_on)
    names = ("words", "measure", "ended_on")
    pairs = zip(names, zip(before, after, strict=True), strict=True)
    return Change(objective, {name: pair for name, pair in pairs if pair[0] != pair[1]})


def needed_words(words: str) -> str:
    """Return words without spaces around them. Raises Problem where there are none."""
    if not words.strip():
        raise Problem("Nothing was written.", "Say it in a few words.")
    return words.strip()


def _today(at: datetime) -> date:
    return timezone.localdate(at)
