"""Sharing the list with an adult service: for a purpose, on a basis, and each name kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.transitions import protocol
from evenhand.transitions.models import ListShare, SharedName
from evenhand.transitions.queries.shares import Named


@action("transition.list_shared")
def share_list(
    *, by: User, at: datetime, recipient: str, purpose: str, lawful_basis: str,
    names: Sequence[Named], route: str = "",
) -> Change:  # fmt: skip
    """Share these names. Raises Problem without a purpose, a lawful basis, or anybody to name."""
    if not purpose.strip():
        raise Problem("No purpose was given, so nothing was shared.", "Say what the list is for.")
    if not lawful_basis.strip():
        raise Problem("No lawful basis was given, so nothing was shared.", "Say what allows it.")
    if recipient not in {one.id for one in protocol.recipients()}:
        raise Problem("It is not said with whom.", "Choose one of those on the page.")
    if not names:
        raise Problem("Nobody is on the list.", "Nothing was shared.")
    made = ListShare.objects.create(
        ref=new_reference(), recipient=recipient, route=route, purpose=purpose.strip(),
        lawful_basis=lawful_basis.strip(), shared_on=timezone.localdate(at), shared_by=by,
        shared_at=at, number=len(names),
    )  # fmt: skip
    SharedName.objects.bulk_create(
        SharedName(share=made, child=one.child, view=one.view, leaving=one.leaving) for one in names
    )
    told = {"recipient": (None, recipient), "number": (None, len(names)), "route": (None, route)}
    return Change(made, told, reason=made.purpose)
