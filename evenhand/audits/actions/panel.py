"""Who sits on the panel of a slot. What a panel lacks is shown, and nothing is refused for it."""

from __future__ import annotations

from datetime import datetime

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.audits import pack
from evenhand.audits.models import Member, Slot
from evenhand.history.actions import Change, action
from evenhand.problems import Problem


@action("audits.panel_joined")
def join(
    slot: Slot,
    *,
    by: User,
    at: datetime,
    name: str,
    part: str,
    agency: str = "",
    user: User | None = None,
) -> Change:
    """Put somebody on a panel, once in each part. Raises Problem for who is on it already."""
    _refuse(slot, by)
    if part not in {one.id for one in pack.panel_parts()}:
        raise Problem(f'No panel has the part "{part}".', "Choose one of the list.")
    name = name.strip() or (user.name if user else "")
    if not name:
        raise Problem("Nobody was named.", "Give a name.")
    if Member.objects.filter(slot=slot, name=name, part=part).exists():
        raise Problem(f"{name} is on this panel already.", "Add somebody else.")
    made = Member.objects.create(slot=slot, name=name, part=part, agency=agency.strip(), user=user)
    return Change(slot, {"panel": (None, f"{part}: {made.pk}")}, result=made)


@action("audits.panel_left")
def leave(member: Member, *, by: User, at: datetime) -> Change:
    """Take somebody off a panel."""
    slot = member.slot
    _refuse(slot, by)
    key = f"{member.part}: {member.pk}"
    member.delete()
    return Change(slot, {"panel": (key, None)})


def _refuse(slot: Slot, by: User) -> None:
    if not may(by, "audits.manage"):
        raise Problem("The panel is quality assurance's to name.", "Ask quality assurance to.")
    if slot.closed_at is not None:
        raise Problem("It is closed.", "Plan an extra one, if more is to be done.")
