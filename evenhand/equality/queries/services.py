"""Services side by side: what each aims at, and where a group is far from everyone else.

As far as ``scope_of(viewer).aggregates`` reaches. Who may not open the cases of a service sees that
there is a gap, and no number of it: beside the whole, a hidden number could be worked out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from evenhand.accounts.models import Team, User
from evenhand.accounts.scope import scope_of
from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.dimensions import headline_dimensions
from evenhand.equality.findings import Finding, finding_of, kind_of
from evenhand.equality.hiding import suppressed
from evenhand.equality.models import GroupTally
from evenhand.equality.queries.fares import counted_on, is_exact, side_by_side
from evenhand.equality.thresholds import limit
from evenhand.facts.adopted import policy
from evenhand.policy.entries import begun
from evenhand.standards.queries import teams_within
from evenhand.work.models import STILL_OPEN, Task
from evenhand.work.pack import action_kinds
from evenhand.work.queries import tasks_for

STEP = GroupTally.Kind.STEP


class Aim(NamedTuple):
    """One measure of the dashboard. ``share`` is what is aimed at, in per cent; None: no aim."""

    measure: str
    kind: str
    share: float | None


class Gap(NamedTuple):
    """A group that is further from everyone else than the limit, with the action about it.

    ``is_shown``: the viewer may see its numbers.
    """

    one: Comparison
    row: Row
    points: float
    finding: Finding
    task: Task | None
    is_shown: bool


class Standing(NamedTuple):
    """How one service stands (None: the whole authority): its gaps, and its totals with aims."""

    team: Team | None
    gaps: list[Gap]
    totals: list[tuple[Aim, Comparison]]
    is_exact: bool

    @property
    def without_action(self) -> int:
        """Return how many gaps nothing is being done about."""
        return sum(gap.task is None for gap in self.gaps)


def services_for(viewer: User, over: float) -> list[Standing]:
    """Return the whole authority, where the viewer's counts reach it, and each service.

    ``over`` so many percentage points a gap asks for an action. Queries grow with services.
    """
    whole: list[Team | None] = [None] if scope_of(viewer).aggregates.everyone else []
    held = GroupTally.objects.exclude(team=None).values("team")
    services = list(teams_within(viewer).filter(pk__in=held))
    teams = [*whole, *(_below_the_top(services) if whole else services)]
    aims, actions = {aim.measure: aim for aim in aims_on(counted_on())}, _actions(viewer)
    kinds = sorted({kind_of(measure) for measure in aims})
    keys = [team.pk if team else None for team in teams]
    found = side_by_side(keys, headline_dimensions(), kinds, aims.keys())
    return [
        _standing(viewer, team, aims, found[key], over, actions)
        for team, key in zip(teams, keys, strict=True)
    ]


def _below_the_top(services: list[Team]) -> list[Team]:
    """Leave out the one that holds all the others: it is the whole authority again."""
    below = [one for one in services if one.parent_id is not None]
    return below if below and len(below) == len(services) - 1 else services


def gap_limit() -> float | None:
    """Return over how many percentage points a gap asks for an action; None: no pack says."""
    return limit("service-gap", "more_than", counted_on())


def aims_on(day: date) -> list[Aim]:
    """Return what the dashboard looks at, in the pack's order (services.yaml), newest values."""
    entries: Any = policy().document("services") or ()
    newest = {each["measure"]: each for each in begun(entries, day)}
    order = dict.fromkeys(each["measure"] for each in entries)
    return [_aim(newest[measure]) for measure in order if measure in newest]


def _aim(each: Mapping[str, Any]) -> Aim:
    return Aim(each["measure"], each["kind"], each.get("aim"))


def _standing(
    viewer: User,
    team: Team | None,
    aims: Mapping[str, Aim],
    compared: Iterable[Comparison],
    over: float,
    actions: Mapping[str, Task],
) -> Standing:
    exact = is_exact(viewer, team) if team else scope_of(viewer).persons.everyone
    found = [one for one in compared if one.total.of]
    totals = {one.tallied.measure: (aims[one.tallied.measure], one) for one in found}
    gaps = [gap for one in found for gap in _gaps(one, team, over, actions, exact=exact)]
    in_order = [totals[measure] for measure in aims if measure in totals]
    return Standing(team, sorted(gaps, key=lambda gap: -gap.points), in_order, exact)


def _gaps(
    one: Comparison, team: Team | None, over: float, actions: Mapping[str, Task], *, exact: bool
) -> Iterable[Gap]:
    if not one.has_headline:
        return
    wide = [(row, points) for row in one.rows if (points := _points(one, row) or 0) > over]
    seen = {row.group: row for row in (one if exact or not wide else suppressed(one)).rows}
    for row, points in wide:
        if not seen[row.group].hidden:
            finding = finding_of(one, row, [team] if team else ())
            shown = exact or (team is None and not math.isnan(seen[row.group].others))
            yield Gap(one, row, points, finding, _action(finding, actions), shown)


def _points(one: Comparison, row: Row) -> float | None:
    """How far a group is behind everyone else; along the pathway either way may be unfair."""
    if not row.is_compared or math.isnan(row.others):
        return None
    points = round(100 * (row.rate - row.others), 6)
    return abs(points) if one.tallied.kind == STEP else points


def _actions(viewer: User) -> dict[str, Task]:
    """What is being done, by what it is about: open, or done and still to be counted again."""
    found = tasks_for(viewer).filter(kind__in=action_kinds()).exclude(about="")
    acting = (task for task in found if task.state in STILL_OPEN or _is_awaited(task))
    return {task.about.rsplit("|", 1)[0]: task for task in acting}


def _is_awaited(task: Task) -> bool:
    return task.state == Task.State.DONE and task.review_on is not None


def _action(finding: Finding, actions: Mapping[str, Task]) -> Task | None:
    """The action about this service's gap, or about the same of the whole authority."""
    return actions.get(finding.key) or actions.get(finding._replace(teams=()).key)
