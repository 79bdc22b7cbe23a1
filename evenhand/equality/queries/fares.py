"""Who fares worse, as far as ``scope_of(viewer).aggregates`` reaches: from the kept tallies.

Those entitled to the cases behind a count see it as it is; others see small numbers hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Sum, Value
from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.once import once
from evenhand.accounts.scope import scope_of
from evenhand.equality.comparing import compare
from evenhand.equality.comparison import Comparison, Count, Tallied, rules_on
from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import (
    Dimension,
    dimensions,
    headline_dimensions,
    main_dimensions,
    step_called,
    steps,
)
from evenhand.equality.tallying import counted_as_at
from evenhand.facts.adopted import policy
from evenhand.people.models.closing import closing_of
from evenhand.rules.periods import Span
from evenhand.standards.queries import teams_within
from evenhand.standards.queries.counting import teams_counted

Kind, Period = GroupTally.Kind, GroupTally.Period
FIELDS = Count._fields
Groups = dict[str, Count]


class Asked(NamedTuple):
    """What a page shows: which groups, of which service (None: all within reach), and whether
    unaccompanied children are left out."""

    dimension: Dimension
    team: Team | None = None
    without_unaccompanied: bool = False


class Fares(NamedTuple):
    """Measures compared by group, and whether the viewer sees the numbers as they are."""

    comparisons: list[Comparison]
    is_exact: bool

    @property
    def compared(self) -> int:
        """Return how many comparisons were made together."""
        return self.comparisons[0].compared if self.comparisons else 0


def counted_on() -> date:
    """Return the day that counts by group are true for; today where there are none."""
    return counted_as_at() or timezone.localdate()


@once
def services_offered(viewer: User) -> list[Team]:
    """Return the services to choose from: those within reach that hold teams. One query.

    None for those who may not open all the cases: from the whole and the other services a number
    that is hidden in one could be worked out.
    """
    persons = scope_of(viewer).persons
    if (not persons.everyone and not persons.teams) or closing_of(viewer).uncounted:
        return []
    teams = teams_in_reach(viewer)
    holding = {team.parent_id for team in teams}
    return [team for team in teams if team.pk in holding]


@once
def teams_in_reach(viewer: User) -> list[Team]:
    """Return the teams that the viewer's counts reach, by name. One query."""
    return list(teams_within(viewer).order_by("name", "pk"))


def steps_for(viewer: User, asked: Asked) -> Fares:
    """Return each step of the pathway compared by group, in the pack's order."""
    found = _fares(viewer, asked, Kind.STEP)
    order = {step.id: place for place, step in enumerate(steps())}
    return _in_order(found, order)


def clocks_for(viewer: User, asked: Asked) -> Fares:
    """Return every clock compared by group, in the order of the packs."""
    order = {id_: place for place, id_ in enumerate(policy().standards)}
    return _in_order(_fares(viewer, asked, Kind.CLOCK), order)


def fares_of(viewer: User, measure: str, asked: Asked) -> list[Comparison]:
    """Return one step or standard compared on every dimension of the pack.

    Each is corrected with all measures of its kind, so that it reads as on the page of them all.
    Empty where nothing of it is counted within the viewer's reach.
    """
    kind = _kind_of(measure)
    finer = [each for each in dimensions() if each.within]
    found = _compared(viewer, asked, [*main_dimensions(), *finer], [kind])
    order = [dimension.id for dimension in dimensions()]
    mine = (one for one in found if one.tallied.measure == measure)
    return sorted(mine, key=lambda one: order.index(one.dimension.id))


def everything_for(viewer: User) -> list[Comparison]:
    """Return every step and clock compared on each headline dimension. One query of tallies."""
    return _compared(viewer, Asked(dimensions()[0]), headline_dimensions(), list(Kind))


def counts_to_release(viewer: User, measure: str, asked: Asked) -> Comparison | None:
    """Return one measure on one dimension with its true counts, for the release to hide and round.

    None where nothing of it is counted within the viewer's reach.
    """
    kinds = [_kind_of(measure)]
    found = _compared(viewer, asked, [asked.dimension], kinds, entitled=True)
    return next((one for one in found if one.tallied.measure == measure and one.rows), None)


def _kind_of(measure: str) -> str:
    return Kind.CLOCK if step_called(measure) is None else Kind.STEP


def _in_order(found: Fares, order: Mapping[str, int]) -> Fares:
    known = [one for one in found.comparisons if one.tallied.measure in order]
    return found._replace(comparisons=sorted(known, key=lambda one: order[one.tallied.measure]))


def is_exact(viewer: User, team: Team | None = None) -> bool:
    """Whether the viewer may open the cases behind the counts, and so sees them as they are."""
    return tallies_within(viewer, team)[1]


def _fares(viewer: User, asked: Asked, kind: str) -> Fares:
    _, exact = tallies_within(viewer, asked.team)
    return Fares(_compared(viewer, asked, [asked.dimension], [kind]), exact)


def _compared(
    viewer: User,
    asked: Asked,
    by: Sequence[Dimension],
    kinds: Sequence[str],
    *,
    entitled: bool = False,
) -> list[Comparison]:
    """Compare the measures of each kind on each dimension, a family each. One query of tallies."""
    whose, exact = tallies_within(viewer, asked.team)
    tallies = GroupTally.objects.filter(whose)
    return _families(tallies, by, kinds, asked.without_unaccompanied, exact=exact or entitled)


def counted_for(
    teams: Sequence[int],
    by: Sequence[Dimension],
    kinds: Sequence[str],
    *,
    without: bool = False,
) -> list[Comparison]:
    """Return what a page of these teams (none: the whole authority) compares, with true counts.

    For the program itself, which then decides what it shows to whom.
    """
    whose = Q(team__in=teams) if teams else Q(team=None)
    return _families(GroupTally.objects.filter(whose), by, kinds, without, exact=True)


def side_by_side(
    teams: Sequence[int | None],
    by: Sequence[Dimension],
    kinds: Sequence[str],
    only: Collection[str],
) -> dict[int | None, list[Comparison]]:
    """Return these measures of each team (None: the whole authority), with true counts.

    All teams' are corrected together, a family for each dimension and kind. A query for each team.
    """
    rules = rules_on(counted_on())
    each_teams = {team: _tallies_of(team, by, only) for team in teams}
    found: dict[int | None, list[Comparison]] = {team: [] for team in teams}
    for dimension in by:
        for kind in kinds:
            named = {
                f"{team} {one.measure}": (team, one)
                for team, tallies in each_teams.items()
                for one in tallies.get(dimension.id, ())
                if one.kind == kind
            }
            asked = [one._replace(measure=name) for name, (_, one) in named.items()]
            for each in compare(asked, dimension.holding(_seen(asked)), rules, exact=True):
                team, one = named[each.tallied.measure]
                found[team].append(replace(each, tallied=one))
    return found


def _tallies_of(
    team: int | None, by: Sequence[Dimension], only: Collection[str]
) -> dict[str, list[Tallied]]:
    names = [dimension.id for dimension in by]
    tallies = GroupTally.objects.filter(team=team, dimension__in=names, measure__in=only)
    return _by_dimension(tallies, without=False)


def _families(
    whose: QuerySet[GroupTally],
    by: Sequence[Dimension],
    kinds: Sequence[str],
    without: bool,
    *,
    exact: bool,
) -> list[Comparison]:
    tallies = whose.filter(dimension__in=[dimension.id for dimension in by], kind__in=kinds)
    found, rules = _by_dimension(tallies, without), rules_on(counted_on())
    standards = policy().standards
    return [
        one
        for dimension in by
        for kind in kinds
        for one in compare(
            [
                each
                for each in found.get(dimension.id, [])
                if each.kind == kind and (kind == Kind.STEP or each.measure in standards)
            ],
            dimension.holding(_seen(found.get(dimension.id, []))), rules, exact=exact,
        )
    ]  # fmt: skip


def _seen(tallies: Iterable[Tallied]) -> set[str]:
    """The groups that anybody was of: those of a dimension whose groups no pack lists."""
    return {group for tallied in tallies for group in tallied.groups}


def tallies_within(viewer: User, team: Team | None) -> tuple[Q, bool]:
    """Return whose tallies are counted, and whether the viewer may open the cases behind them."""
    teams = teams_counted(viewer, team) or ()
    persons = scope_of(viewer).persons
    entitled = persons.everyone or (bool(teams) and persons.teams.issuperset(set(teams)))
    exact = entitled and not closing_of(viewer).uncounted
    return (Q(team=None) if None in teams else Q(team__in=teams)), exact


def _by_dimension(tallies: QuerySet[GroupTally], without: bool) -> dict[str, list[Tallied]]:
    """Add the tallies up by measure, period and group. One query."""
    counts: dict[tuple[str, str, str], dict[str, Groups]] = defaultdict(lambda: defaultdict(dict))
    spans: dict[tuple[str, str, str], Span] = {}
    for kind, measure, dimension, group, period, alone, since, until, *numbers in _rows(
        tallies, without
    ):
        key = (dimension, kind, measure)
        part = "left out" if without and alone else str(period)
        if part == "left out" and period != Period.YEAR:
            continue
        here = counts[key][part]
        here[group] = here.get(group, Count()).plus(Count(*numbers))
        if period == Period.YEAR:
            spans[key] = Span(since, until)
    found: dict[str, list[Tallied]] = defaultdict(list)
    for key, span in spans.items():
        found[key[0]].append(_tallied(key, span, counts[key]))
    return found


def _tallied(key: tuple[str, str, str], span: Span, parts: Mapping[str, Groups]) -> Tallied:
    year, before = parts.get(Period.YEAR, {}), parts.get(Period.BEFORE, {})
    return Tallied(key[1], key[2], span, year, before, parts.get("left out", {}))


def _rows(tallies: QuerySet[GroupTally], without: bool) -> Iterable[tuple[Any, ...]]:
    apart = F("unaccompanied") if without else Value(False)
    grouped = tallies.order_by().values_list(
        "kind", "measure", "dimension", "group", "period", apart, "since", "until"
    )
    return grouped.annotate(*(Sum(field) for field in FIELDS))
