"""Recognising good practice, passing it on, and noting that it was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.performance import pack
from evenhand.performance.actions.objectives import needed_words
from evenhand.performance.models import GoodPractice, Receipt, Share
from evenhand.problems import Problem


@action("good_practice.noted")
def note_practice(
    *,
    by: User,
    at: datetime,
    source: str,
    summary: str,
    team: Team | None = None,
    worker: Worker | None = None,
) -> Change:
    """Note what was done well and whom to thank. Raises Problem for an unknown source, no words."""
    if source not in dict(pack.choices("practice-sources")):
        raise Problem("The packs have no such source.", "Choose one of the list.")
    made = _numbered(
        source=source, summary=needed_words(summary), team=team, worker=worker, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    told = {"summary": made.summary, "team": team, "worker": worker}
    return Change(made, {name: (None, value) for name, value in told.items() if value})


def _numbered(**fields: Any) -> GoodPractice:
    """Make an item with the next number. Problem where another took it in that very moment."""
    number = (GoodPractice.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return GoodPractice.objects.create(ref=new_reference(), number=number, **fields)
    except IntegrityError:
        raise Problem("Somebody else noted something in this moment.", "Send it again.") from None


@action("good_practice.shared")
def share(practice: GoodPractice, *, by: User, at: datetime, teams: Iterable[Team]) -> Change:
    """Pass good practice on to teams; those that have it keep it. Raises Problem without a team."""
    had = set(practice.shares.values_list("team_id", flat=True))
    new = [team for team in teams if team.pk not in had]
    if not new:
        raise Problem("No team was chosen that does not have it yet.", "Choose a team.")
    for team in new:
        Share.objects.create(practice=practice, team=team, shared_by=by, shared_at=at)
    return Change(practice, {"teams": (len(had), len(had) + len(new))})


@action("good_practice.read")
def read(practice: GoodPractice, *, by: User, at: datetime) -> Change:
    """Note that somebody has read it; a second time changes nothing."""
    Receipt.objects.get_or_create(practice=practice, reader=by, defaults={"read_at": at})
    return Change(practice, {"read by": (None, by.username)})
