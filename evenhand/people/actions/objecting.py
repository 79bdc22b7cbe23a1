"""Leaving a child out when groups are compared, because they asked; and counting them again."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accounts.models import User
from evenhand.history.actions import Change, action
from evenhand.people.models import Child, MonitoringObjection
from evenhand.people.queries.objections import objection_of
from evenhand.people.turns import take_turn
from evenhand.problems import Problem


@action("monitoring.objected")
def object_to_monitoring(
    child: Child, *, by: User, at: datetime, said_by: str, said_on: date
) -> Change:
    """Leave a child out of every comparison of groups from the next counting.

    Nothing of the service changes. Raises Problem where an objection stands already.
    """
    take_turn()
    if objection_of(child) is not None:
        raise Problem("They are left out already.", "Go back to the child's page.")
    made = MonitoringObjection.objects.create(
        child=child, said_by=said_by, said_on=said_on, recorded_by=by, recorded_at=at
    )
    told = {"said_by": (None, said_by), "said_on": (None, said_on)}
    return Change(made, told, child_id=child.pk)


@action("monitoring.objection_withdrawn")
def withdraw_objection(
    child: Child, *, by: User, at: datetime, said_by: str, said_on: date
) -> Change:
    """Count a child again from the next counting.

    Raises Problem where no objection stands, or it was made after the day given.
    """
    take_turn()
    held = objection_of(child)
    if held is None:
        raise Problem("They are counted already.", "Go back to the child's page.")
    if said_on < held.said_on:
        raise Problem(
            f"They asked to be left out on {held.said_on:%d/%m/%Y}, which is later.",
            "Give the day on which they said that they may be counted.",
        )
    held.withdrawn_by, held.withdrawn_on, held.withdrawal_recorded_by = said_by, said_on, by
    held.save(update_fields=["withdrawn_by", "withdrawn_on", "withdrawal_recorded_by"])
    return Change(held, {"withdrawn_on": (None, said_on)}, child_id=child.pk)
