"""Letting out how often each standard was met in a quarter: one proposes, another lets out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.performance.actions.objectives import needed_words
from evenhand.performance.models import PublishedQuarter
from evenhand.problems import Problem


@action("quarter.proposed")
def propose_quarter(
    *, by: User, at: datetime, starts_on: date, as_at: date, lines: Sequence[dict[str, Any]]
) -> Change:
    """Propose figures, small numbers hidden already. Raises Problem where the quarter has some."""
    if PublishedQuarter.objects.filter(starts_on=starts_on, withdrawn_at=None).exists():
        raise Problem("This quarter is proposed or let out already.", "Look at it in the list.")
    made = PublishedQuarter.objects.create(
        ref=new_reference(), starts_on=starts_on, as_at=as_at, lines=list(lines), proposed_by=by,
        proposed_at=at,
    )  # fmt: skip
    return Change(made, {"starts_on": (None, starts_on)})


@action("quarter.let_out")
def let_out(quarter: PublishedQuarter, *, by: User, at: datetime) -> Change:
    """Let out what another proposed. Raises Problem for one's own, and where it is out or gone."""
    if quarter.proposed_by_id == by.pk:
        raise Problem("Nobody lets their own figures out.", "Ask somebody else to.")
    waiting = PublishedQuarter.objects.filter(pk=quarter.pk, let_out_at=None, withdrawn_at=None)
    if not waiting.update(let_out_by=by, let_out_at=at):
        raise Problem("These figures do not wait any more.", "Look at the list.")
    return Change(quarter, {"let out": (None, at)})


@action("quarter.withdrawn")
def withdraw(quarter: PublishedQuarter, *, by: User, at: datetime, why: str) -> Change:
    """Withdraw figures, proposed or let out, so that they can be proposed anew. Asks for words."""
    held = PublishedQuarter.objects.filter(pk=quarter.pk, withdrawn_at=None)
    why = needed_words(why)
    if not held.update(withdrawn_by=by, withdrawn_at=at, why_withdrawn=why):
        raise Problem("They were withdrawn before.", "Look at the list.")
    return Change(quarter, {"withdrawn": (None, at)}, reason=why)
