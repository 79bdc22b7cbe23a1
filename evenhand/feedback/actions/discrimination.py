"""Noting discrimination that a child met. Nothing is written about who did it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Model

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.feedback import pack
from evenhand.feedback.fastening import place_of
from evenhand.feedback.models import DiscriminationMet
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.people.models import Child
from evenhand.problems import Problem

SEALED = "sealed"
"""What history holds instead of the ground: that stands in the note alone."""


@action("discrimination.noted")
def note_discrimination(  # noqa: PLR0913 (what a note is made of)
    child: Child,
    *,
    by: User,
    at: datetime,
    noted_on: date,
    ground: str,
    form: str = "",
    happened: str = "",
    impact: str = "",
    response: str = "",
    fastened: Model | None = None,
) -> Change:
    """Note that a child met discrimination. The caller has found the child through ``child_for``.

    Ground and words are sealed, and history holds neither. Raises Problem for a ground or form
    that no pack has, and a day to come.
    """
    refuse_to_come(noted_on, at)
    if ground not in {each.id for each in pack.grounds()}:
        raise Problem(f"No ground of the policy is called {ground!r}.", "Choose one of the list.")
    if form not in {"", *(each.id for each in pack.forms())}:
        raise Problem(f"No form is called {form!r}.", "Choose one of the list.")
    made = DiscriminationMet.objects.create(
        ref=new_reference(), child=child, team=child.team, noted_on=noted_on, ground=ground,
        form=form, happened=happened.strip(), impact=impact.strip(), response=response.strip(),
        recorded_by=by, recorded_at=at, **place_of(fastened),
    )  # fmt: skip
    return Change(made, {"ground": (None, SEALED)}, child_id=child.pk)
