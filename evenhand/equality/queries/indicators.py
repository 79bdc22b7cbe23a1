"""Signs of discrimination: concerns and refusals, by group and service, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from evenhand.accounts.models import Team, User
from evenhand.accounts.permissions import may
from evenhand.equality.comparison import rules_on
from evenhand.equality.dimensions import Dimension, headline_dimensions
from evenhand.equality.grounds import grounds
from evenhand.equality.pathway import step_called
from evenhand.equality.queries.concerns import concerns_reported_to
from evenhand.equality.queries.fares import Asked, counted_on
from evenhand.equality.queries.trend import OfQuarter, quarters_for
from evenhand.equality.rising import Quarterly, about_ground, by_quarter, rising
from evenhand.rules.periods import Span
from evenhand.work.models import Task
from evenhand.work.queries import about_it

REFUSED = "refused"


class Line(NamedTuple):
    """One ground or service: its counts by quarter, whether they rise, and the open review."""

    label: str
    counts: list[int]
    rises: bool = False
    task: Task | None = None


class Refusals(NamedTuple):
    """Referrals on which nothing more was done, by group and quarter; None: may not be shown."""

    dimension: Dimension
    quarters: list[Span]
    groups: Mapping[str, list[OfQuarter] | None]


class Indicators(NamedTuple):
    """What the report shows, each part with its own quarters."""

    quarters: list[Span]
    by_ground: list[Line]
    by_service: list[Line]
    refusals: Refusals | None


def indicators_for(viewer: User, *, today: date) -> Indicators:
    """Return the signs of discrimination within the viewer's reach; none of one that names them."""
    concerns = concerns_reported_to(viewer)
    of_grounds = by_quarter(concerns, "ground", today)
    of_teams = by_quarter(concerns, "team", today)
    return Indicators(
        list(of_grounds.quarters), _grounds(viewer, of_grounds, today), _teams(of_teams),
        _refusals(viewer),
    )  # fmt: skip


def _grounds(viewer: User, found: Quarterly, today: date) -> list[Line]:
    up = rising(found, today)
    tasks = about_it(viewer, [about_ground(str(ground)) for ground in up])
    return [
        Line(each.label, found.counts[each.id], each.id in up, tasks.get(about_ground(each.id)))
        for each in grounds()
        if each.id in found.counts
    ]


def _teams(found: Quarterly) -> list[Line]:
    names = dict(
        Team.objects.filter(pk__in=[k for k in found.counts if k]).values_list("pk", "name")
    )
    lines = [
        Line(names.get(key, "Not about one team"), counts) for key, counts in found.counts.items()
    ]
    return sorted(lines, key=lambda line: line.label)


def _refusals(viewer: User) -> Refusals | None:
    """By the first way that the whole is searched by, for those who may see who fares worse."""
    if step_called(REFUSED) is None or not may(viewer, "fares.view"):
        return None
    dimension = headline_dimensions()[0]
    found = quarters_for(viewer, REFUSED, Asked(dimension))
    if not found.found:
        return None
    counted = [counts for _, counts in found.found]
    groups = {
        each: [counts.get(each, OfQuarter(0, 0)) for counts in counted]
        for each in dimension.labels
        if any(each in counts for counts in counted)
    }
    shown = {
        each: counts if found.is_exact or not _any_small(counts) else None
        for each, counts in groups.items()
    }
    return Refusals(dimension, [span for span, _ in found.found], shown)


def _any_small(counts: Iterable[OfQuarter]) -> bool:
    """Whether any number of a group is small: then none of its quarters is shown, as from the
    year's number a hidden one could be worked out."""
    below = rules_on(counted_on()).suppress_below
    parts = (part for one in counts for part in (one.reached, one.of - one.reached))
    return any(0 < part < below for part in parts)
