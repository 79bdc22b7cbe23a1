"""What stands in one slot: its audits, and who could coordinate it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.roles import roles
from evenhand.audits import pack
from evenhand.audits.models import Audit, Slot
from evenhand.audits.queries.calendar import holders_of_any
from evenhand.audits.queries.reach import audits_for
from evenhand.history.models import Entry
from evenhand.people.models import Child

MANAGES = "audits.manage"


def audits_in(slot: Slot, viewer: User) -> QuerySet[Audit]:
    """Return a slot's audits that a viewer may read."""
    return audits_for(viewer).filter(slot=slot)


def children_seen(audits: Iterable[Audit], viewer: User) -> frozenset[int]:
    """Return the children of these audits whose records a viewer may open, by their keys."""
    asked = {one.child_id: one.child.merged_into_id or one.child_id for one in audits if one.child}
    seen = Child.objects.visible_to(viewer).filter(pk__in=asked.values())
    keys = set(seen.values_list("pk", flat=True))
    return frozenset(pk for pk, kept in asked.items() if pk is not None and kept in keys)


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
