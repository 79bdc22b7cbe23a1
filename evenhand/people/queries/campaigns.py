"""Campaigns: how far each has come, and what is left of its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, QuerySet

from evenhand.accounts.models import User, Worker
from evenhand.accounts.scope import scope_of
from evenhand.people.models import Child, IdentityCampaign, IdentityCampaignItem
from evenhand.people.models.closing import closing_of

Outcome = IdentityCampaignItem.Outcome


class Progress(NamedTuple):
    """How far a list has come. What was declined since leaves the count: an answer was given."""

    start: int
    filled: int
    declined: int

    @property
    def counted(self) -> int:
        """Return how many are counted: all at the start but those declined since."""
        return self.start - self.declined

    @property
    def waiting(self) -> int:
        """Return how many are still to be asked."""
        return self.counted - self.filled

    @property
    def percent(self) -> int:
        """Return the whole per cent filled, rounded down: 100 only when nothing waits."""
        return 100 * self.filled // self.counted if self.counted else 100


class CampaignRow(NamedTuple):
    """A campaign with its progress."""

    campaign: IdentityCampaign
    progress: Progress


class WorkerRow(NamedTuple):
    """A worker's part of a campaign; None holds what had no worker."""

    worker: Worker | None
    progress: Progress


def campaigns_for(viewer: User) -> QuerySet[IdentityCampaign]:
    """Return the campaigns over teams within the viewer's reach, the newest first."""
    reach = scope_of(viewer).aggregates
    campaigns = IdentityCampaign.objects.select_related("team", "started_by")
    if not reach.everyone:
        campaigns = campaigns.filter(team__in=reach.teams)
    return campaigns.order_by("-starts_on", "-pk")


def with_progress(viewer: User, campaigns: Iterable[IdentityCampaign]) -> list[CampaignRow]:
    """Return each campaign with how far it has come, of those whom the viewer's counts may hold."""
    held = list(campaigns)
    items = IdentityCampaignItem.objects.filter(campaign__in=held)
    items = items.exclude(child__in=closing_of(viewer).uncounted)
    rows = items.values_list("campaign", "outcome")
    counts: dict[int, Counter[str]] = {campaign.pk: Counter() for campaign in held}
    for campaign, outcome, count in rows.annotate(Count("pk")).order_by():
        counts[campaign][outcome] += count
    return [CampaignRow(campaign, _progress(counts[campaign.pk])) for campaign in held]


def progress_of(viewer: User, campaign: IdentityCampaign) -> tuple[Progress, list[WorkerRow]]:
    """Return how far a campaign has come, and each worker's part, the most waiting first."""
    items = campaign.items.exclude(child__in=closing_of(viewer).uncounted)
    rows = items.values_list("worker", "outcome").annotate(Count("pk")).order_by()
    counts: dict[int | None, Counter[str]] = {}
    for worker, outcome, count in rows:
        counts.setdefault(worker, Counter())[outcome] += count
    workers = Worker.objects.in_bulk([worker for worker in counts if worker])
    found = [WorkerRow(workers.get(pk or 0), _progress(each)) for pk, each in counts.items()]
    found.sort(key=lambda row: (-row.progress.waiting, str(row.worker)))
    return _progress(sum(counts.values(), Counter())), found


def _progress(counts: Counter[str]) -> Progress:
    return Progress(counts.total(), counts[Outcome.FILLED], counts[Outcome.DECLINED])


def waiting_in(campaign: IdentityCampaign, viewer: User) -> QuerySet[IdentityCampaignItem]:
    """Return what is still to be asked of people the viewer may see."""
    mine = Child.objects.visible_to(viewer)
    waiting = campaign.items.filter(outcome=Outcome.WAITING, child__in=mine)
    return waiting.select_related("child", "adult", "worker").order_by("worker", "child", "pk")
