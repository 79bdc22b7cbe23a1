"""Grades of audits by group: is our work as good for every child? Within the viewer's counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.scope import Reach, scope_of
from evenhand.audits import pack
from evenhand.audits.models import Audit
from evenhand.audits.queries.moderation import counted
from evenhand.equality.comparing import compare
from evenhand.equality.comparison import Comparison, Count, Row, Tallied, rules_on
from evenhand.equality.events import day_number
from evenhand.equality.grouping import Children, families_of, grouped, some
from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import Dimension, dimension_called
from evenhand.equality.progress import value
from evenhand.facts.holding import Integers
from evenhand.monitoring.pack import uses
from evenhand.monitoring.queries.who import sees_exactly
from evenhand.people.models.closing import KEPT_CHILD, closing_of
from evenhand.rules.periods import BEFORE, YEAR, Spans, spans_to

MEASURE = "audits"
BEST = 100  # a score is of 100: the points given, of the most that could be
ALL = Reach(everyone=True)


class Score(NamedTuple):
    """One group's mean score of 100, everyone else's, and by how many points it is lower."""

    row: Row
    own: float
    others: float

    @property
    def points(self) -> float:
        """Return by how many points the group's score is under that of everyone else."""
        return self.others - self.own


class Quality(NamedTuple):
    """Grades by one dimension: how many met the standard, and each group's mean score.

    ``limit``: over so many points under everyone else an action is proposed.
    """

    dimension: Dimension
    compared: Comparison
    scores: Mapping[str, Score]
    limit: float

    @property
    def hides(self) -> bool:
        """Return whether a group's numbers are hidden: everyone else's could give them away."""
        return any(row.hidden for row in self.compared.rows if row.is_known)

    def proposed(self) -> list[Score]:
        """Return the groups whose work scores lower by more than the limit, the widest first.

        Only those of enough audits to be compared, and whose numbers the viewer may see.
        """
        found = [
            score
            for score in self.scores.values()
            if score.row.is_compared and not score.row.hidden and score.points > self.limit
        ]
        return sorted(found, key=lambda score: -score.points)


class Graded(NamedTuple):
    """Audits as columns: whose, of which team, on which day, and the points they gave.

    ``everyone`` are the children they are of.
    """

    whose: Integers
    teams: Integers
    days: Integers
    points: Integers
    everyone: Children


def quality_for(viewer: User, today: date) -> list[Quality]:
    """Return grades by every dimension of the pack, within the viewer's counts."""
    by = [one for one in map(dimension_called, uses().quality) if one is not None]
    found, exact = _within(viewer, today), sees_exactly(viewer)
    return [one for each in by if (one := _quality(each, found, today, exact=exact)) is not None]


def quality_by(viewer: User, dimension: Dimension, today: date) -> Quality | None:
    """Return grades by one dimension; None where nothing was audited."""
    return _quality(dimension, _within(viewer, today), today, exact=sees_exactly(viewer))


def everywhere(dimension: Dimension, today: date) -> Quality | None:
    """Return grades by one dimension of the whole authority, for what measures an action."""
    return _quality(dimension, _graded(ALL, frozenset(), _spans(today)), today, exact=True)


def groups_of(audits: Iterable[Audit]) -> dict[str, list[str]]:
    """Return the label of the group of each audit's child, by each dimension of the pack.

    Who asked to be left out, and an audit that is of no child, stand as not known.
    """
    every = list(audits)
    kept = [one.child and (one.child.merged_into_id or one.child_id) for one in every]
    whose = np.array([pk or 0 for pk in kept], np.int64)
    days = np.array([day_number(one.done_on or one.due_on) for one in every], np.int64)
    teams = np.array([one.team_id or 0 for one in every], np.int64)
    found, everyone = {}, some(whose[whose > 0].tolist())
    for dimension in filter(None, map(dimension_called, uses().quality)):
        way = grouped(dimension, everyone)
        place = way.of_events(everyone, whose, days, teams)
        labels = [dimension.label_of(group) for group in way.groups]
        found[dimension.label] = [labels[at] for at in place.tolist()]
    return found


def _within(viewer: User, today: date) -> Graded:
    reach, uncounted = scope_of(viewer).aggregates, closing_of(viewer).uncounted
    return _graded(reach, uncounted, _spans(today))


def _spans(today: date) -> Spans:
    return spans_to(today, rules_on(today).months)


def _quality(dimension: Dimension, found: Graded, today: date, *, exact: bool) -> Quality | None:
    if not len(found.whose):
        return None
    spans, everyone = _spans(today), found.everyone
    way = grouped(dimension, everyone)
    place = way.of_events(everyone, found.whose, found.days, found.teams)
    families = families_of(everyone)[everyone.places_of(found.whose)[0]]
    inside = {name: _between(found.days, spans, name) for name in (YEAR, BEFORE)}
    year, before = (
        _counts(way.groups, place[chosen], families[chosen], _met(found.points[chosen]))
        for chosen in inside.values()
    )
    if not year:
        return None
    told = Tallied(GroupTally.Kind.STEP, MEASURE, spans[YEAR], year, before, {})
    one = compare([told], dimension, rules_on(today), exact=exact)[0]
    points = _points(way.groups, place[inside[YEAR]], found.points[inside[YEAR]])
    return Quality(dimension, one, _scores(one, points), float(value("score-gap", today)))


def _graded(reach: Reach, uncounted: Iterable[int], spans: Spans) -> Graded:
    """Read audits of children's files that were drawn by chance, and graded. One query."""
    points = {grade.id: grade.points for grade in pack.scale()}
    rows = counted(_audits(reach, spans)).exclude(child__in=list(uncounted))
    told = rows.order_by().values_list(KEPT_CHILD, "team", "done_on", "counted_grade")
    kept = [
        (child, team or 0, day_number(on), points[grade])
        for child, team, on, grade in told
        if grade in points
    ]
    columns = np.array(kept, np.int64).reshape(-1, 4).T
    everyone = some(columns[0].tolist())
    _, known = everyone.places_of(columns[0])
    return Graded(*columns[:, known.astype(bool)], everyone)


def _audits(reach: Reach, spans: Spans) -> QuerySet[Audit]:
    whose = Q() if reach.everyone else Q(team__in=reach.teams)
    return Audit.objects.filter(
        whose, state=Audit.State.DONE, is_random=True, child__isnull=False,
        done_on__gte=spans[BEFORE].since, done_on__lte=spans[YEAR].until,
    )  # fmt: skip


def _between(days: Integers, spans: Spans, name: str) -> Any:
    span = spans[name]
    return (days >= day_number(span.since)) & (days <= day_number(span.until))


def _met(points: Integers) -> Any:
    return np.isin(points, [grade.points for grade in pack.scale() if grade.is_met])


def _counts(
    groups: Iterable[str], place: Integers, families: Integers, met: Any
) -> dict[str, Count]:
    """Count audits and those that met the standard, by group, with sums over families."""
    names = list(groups)
    by_family: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for group, family, is_met in zip(place.tolist(), families.tolist(), met.tolist(), strict=True):
        by_family[group, family][0] += 1
        by_family[group, family][1] += is_met
    found: dict[str, Count] = defaultdict(Count)
    for (group, _), (of, reached) in by_family.items():
        squares = (of * of, reached * reached, reached * of)
        found[names[group]] = found[names[group]].plus(Count(of, reached, 0, 0, *squares))
    return dict(found)


def _points(groups: Iterable[str], place: Integers, points: Integers) -> dict[str, int]:
    names = list(groups)
    sums = np.bincount(place, weights=points, minlength=len(names))
    return {name: int(sums[at]) for at, name in enumerate(names)}


def _scores(one: Comparison, points: Mapping[str, int]) -> dict[str, Score]:
    """The mean score of each known group, and of all other known groups together."""
    most = max(grade.points for grade in pack.scale())
    known = [row for row in one.rows if row.is_known and row.count.of]
    of, given = sum(row.count.of for row in known), sum(points[row.group] for row in known)
    found = {}
    for row in known:
        own = BEST * points[row.group] / (most * row.count.of)
        rest = of - row.count.of
        others = BEST * (given - points[row.group]) / (most * rest) if rest else float("nan")
        found[row.group] = Score(row, own, others)
    return found
