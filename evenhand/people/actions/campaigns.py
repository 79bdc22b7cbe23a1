"""Starting and stopping a campaign to ask what is not known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.accounts.scope import with_teams_below
from evenhand.history.actions import Change, action
from evenhand.people.identity import Knowledge
from evenhand.people.models import IdentityCampaign, IdentityCampaignItem, IdentityQuestion
from evenhand.people.pack import item_called
from evenhand.problems import Problem
from evenhand.versions import take_on

LEFT_OUT = (Knowledge.KNOWN, Knowledge.DECLINED, Knowledge.NOT_YET)


@action("identity.campaign_started")
def start_campaign(
    *,
    by: User,
    at: datetime,
    title: str,
    team: Team | None,
    characteristics: Collection[str],
    target_on: date,
) -> Change:
    """Freeze the list of what is not known today, for a team with those below it or for everyone.

    Left out: what was declined, what does not apply yet, and what is volunteered. Raises Problem
    when nothing is missing, the target is past, or an item is volunteered.
    """
    starts_on = timezone.localdate(at)
    _refuse(characteristics, target_on, starts_on)
    campaign = IdentityCampaign.objects.create(
        ref=new_reference(), title=title, team=team, characteristics=" ".join(characteristics),
        starts_on=starts_on, target_on=target_on, started_by=by,
    )  # fmt: skip
    items = _freeze(campaign, team, characteristics)
    if not items:
        raise Problem("Nothing is missing there.", "Choose another team or other questions.")
    return Change(campaign, {"items": (None, items), "target_on": (None, target_on)})


def _refuse(characteristics: Collection[str], target_on: date, today: date) -> None:
    if target_on < today:
        raise Problem("The target date is past.", "Give a day from today on.")
    if not characteristics:
        raise Problem("No question was chosen.", "Choose at least one.")
    for name in characteristics:
        if not item_called(name).chased:
            raise Problem(f"{item_called(name).label} is volunteered.", "Leave it out.")


def _freeze(campaign: IdentityCampaign, team: Team | None, characteristics: Collection[str]) -> int:
    missing = IdentityQuestion.objects.filter(characteristic__in=characteristics)
    missing = missing.exclude(state__in=LEFT_OUT)
    if team is not None:
        missing = missing.filter(team__in=with_teams_below({team.pk}))
    rows = missing.values_list("child_id", "adult_id", "characteristic", "worker_id")
    created = IdentityCampaignItem.objects.bulk_create(
        (
            IdentityCampaignItem(
                campaign=campaign, child_id=child, adult_id=adult, characteristic=name,
                worker_id=worker,
            )
            for child, adult, name, worker in rows.iterator()
        ),
        batch_size=1_000,
    )  # fmt: skip
    return len(created)


@action("identity.campaign_stopped")
def stop_campaign(
    campaign: IdentityCampaign, *, by: User, at: datetime, version: int, reason: str
) -> Change:
    """Stop a campaign and say why; its list stays as it was. Raises Problem when it has changed."""
    take_on(
        campaign, version, still={"stopped_at": None}, called="campaign", stopped_at=at,
        stopped_because=reason,
    )  # fmt: skip
    return Change(campaign, {"stopped_at": (None, at)}, reason=reason)
