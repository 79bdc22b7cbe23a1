"""Whole quarters: how often each standard was met, and which stayed under their target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from evenhand.accounts.models import User
from evenhand.facts.adopted import policy
from evenhand.rules import Standard
from evenhand.rules.periods import Span, first_of, quarter_before, quarter_of, quarters_back
from evenhand.standards.counts import Counts
from evenhand.standards.queries.counting import months_shown, shown, teams_counted
from evenhand.standards.tallying import MONTHS_SHOWN
from evenhand.standards.targets import periods_that_ask, target_of
from evenhand.work.models import Task
from evenhand.work.queries import about_it

ACTION = "standard-below-target"
"""The kind of task (tasks.yaml) that answers a standard under its target."""
SHOWN = MONTHS_SHOWN // 3
"""As many whole quarters as the tallies go back: what is kept, not what a policy asks."""
Quarters = Mapping[Span, Counts]


class UnderTarget(NamedTuple):
    """A standard under its target in each of the last quarters, the oldest first."""

    standard: Standard
    target: float
    quarters: Sequence[tuple[Span, Counts]]
    action: Task | None


def whole_quarters(as_at: date) -> list[Span]:
    """Return the quarters that are over and counted whole, the newest first."""
    last = quarter_before(quarter_of(as_at))
    counted = months_shown(as_at)
    return [one for one in reversed(quarters_back(last.since, SHOWN)) if one.since in counted]


def counts_by_quarter(viewer: User, *, as_at: date) -> Mapping[str, Quarters]:
    """Return each standard's counts by quarter, for teams and authorities; nothing of caseloads."""
    teams = teams_counted(viewer)
    found: dict[str, dict[Span, Counts]] = defaultdict(lambda: defaultdict(Counts))
    first = first_of(months_shown(as_at)[0])
    for standard, month, counts in shown(viewer, teams, as_at) if teams else ():
        if month >= first:
            found[standard][quarter_of(month)] += counts
    return found


def under_target(viewer: User, *, as_at: date) -> list[UnderTarget]:
    """Return the standards of the whole authority that were under target so often running.

    Empty for those who do not see counts of everybody. Without an action first, then the lowest.
    """
    asks, quarters = periods_that_ask(as_at), whole_quarters(as_at)
    if not asks or len(quarters) < asks or teams_counted(viewer) != (None,):
        return []
    last = quarters[:asks][::-1]
    counted = counts_by_quarter(viewer, as_at=as_at)
    found = [one for id_ in counted if (one := _under(id_, counted[id_], last, as_at))]
    tasks = about_it(viewer, [about(one.standard) for one in found])
    acted = [one._replace(action=tasks.get(about(one.standard))) for one in found]
    return sorted(acted, key=lambda one: (one.action is not None, _share(one.quarters[-1][1])))


def about(standard: Standard) -> str:
    """Return what an action under target is about, for ``work``."""
    return f"under-target:{standard.id}"


def _under(id_: str, counted: Quarters, last: Sequence[Span], as_at: date) -> UnderTarget | None:
    standard, target = policy().standards.get(id_), target_of(id_, as_at)
    quarters = [(one, counted.get(one, Counts())) for one in last]
    if standard is None or target is None:
        return None
    is_under = all(each.due and _share(each) < target for _, each in quarters)
    return UnderTarget(standard, target, quarters, None) if is_under else None


def _share(counts: Counts) -> float:
    return 100 * counts.kept / counts.due
