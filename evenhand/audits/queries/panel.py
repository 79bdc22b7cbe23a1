"""What the panel of a slot lacks, with who coordinates it and when."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.audits import pack
from evenhand.audits.models import Member, Slot
from evenhand.design.wording import day


def members_of(slot: Slot) -> Sequence[Member]:
    """Return who is on a slot's panel, by part."""
    return list(slot.members.select_related("user").order_by("part", "name"))


def lacking(slot: Slot, members: Sequence[Member]) -> list[str]:
    """Return what a panel lacks: "LACES member missing: Ana Quay, Tue 3 March 2026"."""
    line = pack.lines().get(slot.line)
    there = {member.part for member in members}
    wanted = [one for one in pack.panel_parts() if line and one.id in line.panel]
    who = slot.coordinator.name if slot.coordinator else "no coordinator yet"
    when = day(slot.audit_on or slot.due_on)
    return [f"{one.label} missing: {who}, {when}" for one in wanted if one.id not in there]
