"""Recording what meets a child's need, or that it is waited for or not there."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.design.wording import day
from evenhand.history.actions import Change, action
from evenhand.monitoring.models import Provision
from evenhand.monitoring.pack import need_met_by
from evenhand.people.days import refuse_outside_life
from evenhand.people.models import Child
from evenhand.problems import Problem


@action("provision.recorded")
def record_provision(
    child: Child, *, by: User, at: datetime, service: str, outcome: str, starts_on: date
) -> Change:
    """Record that a service meets a need of a child from a day, or that it does not yet.

    What is recorded of the same service and goes on ends the day before; begun on the same day, it
    is taken back. Raises Problem for a service not in the pack, and for a day to come or before
    the birth.
    """
    need = need_met_by(service)
    if need is None:
        raise Problem(f"No service is called {service!r}.", "Choose one of the list.")
    refuse_outside_life(child, starts_on, at, "Record it when it has begun.")
    _end_earlier(child, service, starts_on)
    made = Provision.objects.create(
        ref=new_reference(), child=child, need=need.id, service=service, outcome=outcome,
        starts_on=starts_on, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    told = {"service": (None, service), "outcome": (None, outcome), "from": (None, starts_on)}
    return Change(made, told, child_id=child.pk)


def _end_earlier(child: Child, service: str, starts_on: date) -> None:
    going_on = Provision.objects.select_for_update().filter(
        child=child, service=service, ends_on=None, entered_in_error=False
    )
    going_on.filter(starts_on__gte=starts_on).update(entered_in_error=True)
    going_on.filter(starts_on__lt=starts_on).update(ends_on=starts_on - date.resolution)


@action("provision.ended")
def end(provision: Provision, *, by: User, at: datetime, ends_on: date) -> Change:
    """Record the last day of what was supplied or waited for.

    Raises Problem for a day to come or before it began, and where it ended before.
    """
    provision = Provision.objects.select_for_update().get(pk=provision.pk)
    if provision.ends_on is not None or provision.entered_in_error:
        raise Problem("It was ended or taken back meanwhile.", "Look at what is recorded now.")
    if not provision.starts_on <= ends_on <= timezone.localdate(at):
        raise Problem(
            f"{day(ends_on)} is still to come, or before it began on {day(provision.starts_on)}.",
            "Check the day.",
        )
    provision.ends_on = ends_on
    provision.save(update_fields=["ends_on"])
    return Change(provision, {"to": (None, ends_on)}, child_id=provision.child_id)


@action("provision.entered_in_error")
def take_back(provision: Provision, *, by: User, at: datetime, reason: str) -> Change:
    """Take back what was recorded in error; it stays, and counts nowhere. Problem without why."""
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words what was wrong.")
    provision = Provision.objects.select_for_update().get(pk=provision.pk)
    if provision.entered_in_error:
        raise Problem("It was taken back before.", "Look at what is recorded now.")
    provision.entered_in_error = True
    provision.save(update_fields=["entered_in_error"])
    told = {"entered in error": (False, True)}
    return Change(provision, told, child_id=provision.child_id, reason=reason)
