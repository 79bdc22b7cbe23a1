"""Whether we are nearer to our targets: clocks kept in time, by quarter and group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Sum

from evenhand.accounts.models import User
from evenhand.equality.models import QuarterTally
from evenhand.equality.pathway import Dimension
from evenhand.equality.progress import TrendRule, progress, trend_rule, value
from evenhand.equality.queries import counted_on
from evenhand.facts.adopted import policy
from evenhand.monitoring.hiding import shown
from evenhand.monitoring.pack import Target, uses
from evenhand.monitoring.queries.who import hidden_below, sees_exactly
from evenhand.rules.periods import quarter_of, quarters_back
from evenhand.standards.queries.counting import teams_counted

ALL = "All"
Counts = dict[date, tuple[int, int]]
Row = tuple[Any, ...]


class Series(NamedTuple):
    """One group's per cent in time, a quarter each (None: nothing fell due, or it is hidden)."""

    label: str
    values: list[float | None]
    says: str


class Followed(NamedTuple):
    """One standard over the quarters shown, all children first; ``target`` in per cent or None."""

    title: str
    standard: str
    quarters: list[date]
    target: float | None
    series: list[Series]

    @property
    def is_drawn(self) -> bool:
        """Return whether there are two quarters or more to draw a line between."""
        return sum(each is not None for each in self.series[0].values) > 1


def followed_for(viewer: User, dimension: Dimension) -> list[Followed]:
    """Return each standard with a target in the packs, by quarter and by one dimension.

    Only whole quarters are shown. Left out is a standard that nothing fell due under.
    """
    targets = uses().targets
    rows = _rows(viewer, [target.standard for target in targets], dimension)
    found = [_followed(viewer, target, dimension, rows[target.standard]) for target in targets]
    return [one for one in found if one is not None]


def _followed(
    viewer: User, target: Target, dimension: Dimension, rows: Sequence[Row]
) -> Followed | None:
    standard = policy().standards.get(target.standard)
    counts = _counts(rows, dimension)
    day = counted_on()
    if standard is None or not counts:
        return None
    newest = max(counts[ALL])
    shown_now = quarters_back(newest, int(value("quarters-shown", day)))
    quarters = [each.since for each in shown_now]
    percents = _percents(viewer, counts, quarters)
    aim = target.on(day)
    rule = trend_rule(day)
    series = [
        Series(dimension.label_of(name) if name != ALL else ALL, values, _says(values, aim, rule))
        for name, values in percents.items()
    ]
    return Followed(standard.title, target.standard, quarters, aim, series)


def _says(values: list[float | None], target: float | None, rule: TrendRule) -> str:
    if all(each is None for each in values):
        return "too few to show"
    return progress(values, target, rule)


def _rows(
    viewer: User, standards: Sequence[str], dimension: Dimension
) -> Mapping[str, Sequence[Row]]:
    """Return by standard each group and quarter: what fell due, what was late. One query."""
    teams = teams_counted(viewer, None) or ()
    found = QuarterTally.objects.filter(measure__in=standards, dimension=dimension.id).order_by()
    found = found.filter(team=None) if None in teams else found.filter(team__in=teams)
    rows: dict[str, list[Row]] = defaultdict(list)
    names = ("measure", "group", "quarter", "until")
    for standard, *row in found.values_list(*names).annotate(Sum("of"), Sum("reached")):
        rows[standard].append(tuple(row))
    return rows


def _counts(rows: Sequence[Row], dimension: Dimension) -> dict[str, Counts]:
    """Return in time and due, of all and of each group in the pack's order, by whole quarter."""
    counts: dict[str, Counts] = defaultdict(dict)
    whole: Counts = defaultdict(lambda: (0, 0))  # type: ignore[assignment]
    for group, quarter, until, of, late in rows:
        if until < quarter_of(quarter).until:
            continue
        counts[group][quarter] = (of - late, of)
        whole[quarter] = (whole[quarter][0] + of - late, whole[quarter][1] + of)
    order = {group: place for place, group in enumerate(dimension.labels)}
    ranked = sorted(counts, key=lambda group: order.get(group, len(order)))
    return {ALL: dict(whole), **{group: counts[group] for group in ranked}} if counts else {}


def _percents(
    viewer: User, counts: dict[str, Counts], quarters: list[date]
) -> dict[str, list[float | None]]:
    """Return per cent in time; None where nothing fell due or a number behind it is hidden."""
    exact, below = sees_exactly(viewer), hidden_below()
    groups = [name for name in counts if name != ALL]
    found: dict[str, list[float | None]] = {name: [] for name in counts}
    for quarter in quarters:
        pairs = [counts[name].get(quarter, (0, 0)) for name in groups]
        table = shown({"": [[done, of - done] for done, of in pairs]}, below, exact=exact)[""]
        for name, mask, (done, of) in zip(
            (*groups, ALL), table.hidden, (*pairs, counts[ALL].get(quarter, (0, 0))), strict=True
        ):
            is_known = of and not mask.any()
            found[name].append(round(100 * done / of, 1) if is_known else None)
    return found
