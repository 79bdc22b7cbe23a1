"""What is not done of what we promised, for a service, and what comes first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from evenhand.accounts.models import Team, User
from evenhand.facts.adopted import policy
from evenhand.people.models.closing import closing_of
from evenhand.performance import urgency
from evenhand.recording.models import Recording
from evenhand.rules import Standard, State
from evenhand.standards.counts import Counts
from evenhand.standards.models import Standing
from evenhand.standards.queries import counts_by_standard, promises
from evenhand.standards.queries.records import reach_of


class Unmet(NamedTuple):
    """A standard that is late for so many, of cases of one priority (None: none is advised)."""

    standard: Standard
    priority: int | None
    late: int


def gaps_of_service(viewer: User, team: Team | None = None) -> list[tuple[Standard, Counts]]:
    """Return the standards that are late for anybody within the viewer's counts, most first."""
    standards, counts = policy().standards, counts_by_standard(viewer, team)
    late = [(standards[id_], one) for id_, one in counts.items() if id_ in standards and one.late]
    return sorted(late, key=lambda pair: (-pair[1].late, pair[0].title))


def priorities_for(viewer: User, team: Team | None = None, *, now: datetime) -> list[Unmet]:
    """Return what is late by the priority of its case, the most urgent first, then most late."""
    counts = dict(gaps_of_service(viewer, team))
    urgent = _urgent_late(viewer, team, now)
    found = [
        Unmet(policy().standards[id_], priority, late) for (id_, priority), late in urgent.items()
    ]
    for standard, counted in counts.items():
        rest = counted.late - sum(late for (id_, _), late in urgent.items() if id_ == standard.id)
        if rest > 0:
            found.append(Unmet(standard, None, rest))
    return sorted(found, key=_first)


def _first(one: Unmet) -> tuple[bool, int, int, bool, str]:
    """Priority first; among the rest the law before our promises."""
    is_none = one.priority is None
    return is_none, one.priority or 0, -one.late, not one.standard.law, one.standard.title


def _urgent_late(viewer: User, team: Team | None, now: datetime) -> Mapping[tuple[str, int], int]:
    priorities = _priorities(viewer, team)
    rows = Standing.objects.filter(
        child__in=list(priorities), kind=Standing.Kind.NOT_DONE, due_on__lte=_day(now)
    )
    late = (one for one in promises(rows.iterator(), now) if one.state is State.LATE)
    found = Counter(
        (one.standard.id, priorities[one.row.child_id])
        for one in late
        if one.row.child_id is not None
    )
    return dict(found)


def _priorities(viewer: User, team: Team | None) -> dict[int, int]:
    """Return the priority of each child that has one, as far as the viewer's counts reach."""
    told = Recording.objects.filter(
        form=urgency.form(), advice__in=urgency.order(), entered_in_error=False
    )
    reach = reach_of(viewer, team)
    within = Q() if reach.teams is None else Q(child__team__in=reach.teams)
    if reach.children is not None:
        within = Q(child__in=reach.children)
    rows = told.filter(within, child__isnull=False).exclude(child__in=closing_of(viewer).uncounted)
    found: dict[int, int] = defaultdict(int)
    for child, merged, advice in rows.order_by("on", "pk").values_list(
        "child", "child__merged_into", "advice"
    ):
        found[merged or child] = urgency.priority_of(advice)
    return dict(found)


def _day(now: datetime) -> date:
    return now.date()
