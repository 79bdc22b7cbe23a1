"""What stands in one slot: its audits, and who could coordinate it."""

from __future__ import annotations

from django.db.models import QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.roles import roles
from evenhand.audits import pack
from evenhand.audits.models import Audit, Slot
from evenhand.audits.queries.calendar import holders_of_any
from evenhand.audits.queries.reach import audits_for
from evenhand.history.models import Entry

MANAGES = "audits.manage"


def audits_in(slot: Slot, viewer: User) -> QuerySet[Audit]:
    """Return a slot's audits that a viewer may read."""
    return audits_for(viewer).filter(slot=slot)


def closed_why(slot: Slot) -> str:
    """Return why a slot was closed, in the words of who closed it; perhaps nothing."""
    if slot.closed_at is None:
        return ""
    closed = Entry.objects.filter(
        action="audits.slot_closed", subject="audits.slot", subject_id=slot.pk
    )
    return closed.order_by("-pk").values_list("reason", flat=True).first() or ""


def people_for(slot: Slot) -> QuerySet[User]:
    """Return who could coordinate a slot: who may do its audits, and who manages the programme."""
    line = pack.lines().get(slot.line)
    held = roles().permissions[MANAGES].roles | set(line.auditors if line else ())
    return holders_of_any(sorted(held), slot.month, slot.due_on)
