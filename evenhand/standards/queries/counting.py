"""How many were kept, late, open and so on, as far as ``scope_of(viewer).aggregates`` reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.once import once
from evenhand.accounts.scope import every_team, scope_of, with_teams_below
from evenhand.people.models import Child
from evenhand.people.models.closing import closing_of
from evenhand.rules import Standard
from evenhand.rules.london import last_moment
from evenhand.rules.periods import first_of, months_before
from evenhand.standards.counts import Counts
from evenhand.standards.models import Standing, StandingTally
from evenhand.standards.standing import tallied_as_at
from evenhand.standards.states import FIELD_OF, horizons_by_standard, state_of_day
from evenhand.standards.tallying import MONTHS_SHOWN

K = TypeVar("K", bound=Hashable)
Kind = Standing.Kind
FIELDS = tuple(FIELD_OF.values())


def figures_as_at() -> date:
    """Return the day that counts are true for: that of the tallies; today where there are none."""
    return tallied_as_at() or timezone.localdate()


def counts_by_standard(
    viewer: User, team: Team | None = None, *, as_at: date | None = None
) -> Mapping[str, Counts]:
    """Return each standard's counts for the months shown, as far as the viewer's counts reach.

    ``team`` narrows them to one team or service within that reach.
    """
    as_at = as_at or figures_as_at()
    teams = teams_counted(viewer, team)
    if teams is None:
        return added(_own_rows(viewer, Q(), as_at))
    return added(shown(viewer, teams, as_at))


def counts_by_month(
    viewer: User, standard: Standard, team: Team | None = None, *, as_at: date
) -> list[tuple[date, Counts]]:
    """Return one standard's counts for each month shown, oldest first, this month last."""
    teams, one = teams_counted(viewer, team), Q(standard=standard.id)
    rows = _own_rows(viewer, one, as_at) if teams is None else shown(viewer, teams, as_at, one)
    found = added((month, month, counts) for _, month, counts in rows)
    return [(month, found.get(month, Counts())) for month in months_shown(as_at)]


def counts_by_team(
    viewer: User, standard: Standard, within: Team | None = None, *, as_at: date
) -> list[tuple[Team, Counts]]:
    """Return one standard's counts for the viewer's services, or for the teams ``within`` one."""
    teams = {team.pk: team for team in teams_below(viewer, within)}
    found: dict[int, Counts] = defaultdict(Counts)
    tallies = StandingTally.objects.filter(standard=standard.id, team__in=teams)
    for team, month, *numbers in _summed(tallies.values_list("team", "month")):
        found[team] += _counts(month, numbers, as_at)
    _leave_out(viewer, found, Q(standard=standard.id), as_at)
    return [(team, found[pk]) for pk, team in teams.items() if pk in found]


def totals_by_team(viewer: User, *, as_at: date) -> list[tuple[Team, Counts]]:
    """Return the counts of every standard together, for the viewer's services or teams."""
    teams = {team.pk: team for team in teams_below(viewer)}
    tallies = StandingTally.objects.filter(team__in=teams)
    found = added(
        (team, month, _counts(month, numbers, as_at))
        for team, month, *numbers in _summed(tallies.values_list("team", "month"))
    )
    _leave_out(viewer, found, Q(), as_at)
    return [(team, found[pk]) for pk, team in teams.items() if pk in found]


def counts_of_turn(
    viewer: User, standard: str, turn: int, team: Team | None = None, *, as_at: date
) -> Counts:
    """Return the counts of one turn of a standard (1: the first), for the months shown."""
    only, teams = Q(standard=standard, cycle=turn), teams_counted(viewer, team)
    if teams is None:
        only &= Q(child__in=visible_ids(viewer))
    elif None not in teams:
        only &= Q(team__in=counted_with_below(viewer, team))
    only &= ~Q(child__in=closing_of(viewer).uncounted)
    return sum((counts for *_, counts in _counted_rows(only, as_at)), Counts())


def counts_of_worker(viewer: User, worker: Worker, *, as_at: date) -> Mapping[str, Counts]:
    """Return each standard's counts for one worker's own cases, whom the caller may see.

    By the children who are theirs now; none of a record that is closed to the viewer.
    """
    children = Child.objects.filter(worker=worker, merged_into=None)
    theirs = children.exclude(pk__in=closing_of(viewer).closed).values_list("pk", flat=True)
    return added(_counted_rows(Q(child__in=list(theirs), worker=worker), as_at))


def teams_below(viewer: User, team: Team | None = None) -> list[Team]:
    """Return the teams right below one, else the uppermost within the viewer's reach.

    Where only one is uppermost, those below it. A team with none below stands alone.
    """
    if team is not None:
        return _right_below(viewer, team) or [team]
    uppermost = _uppermost(viewer)
    if len(uppermost) == 1:
        return _right_below(viewer, uppermost[0]) or uppermost
    return uppermost


def _right_below(viewer: User, above: Team) -> list[Team]:
    return [team for team in _within(viewer) if team.parent_id == above.pk]


def _uppermost(viewer: User) -> list[Team]:
    within = _within(viewer)
    keys = {team.pk for team in within}
    return [team for team in within if team.parent_id not in keys]


def _within(viewer: User) -> list[Team]:
    reach = scope_of(viewer).aggregates
    return [team for team in every_team().values() if reach.everyone or team.pk in reach.teams]


def teams_offered(viewer: User, chosen: Team | None) -> list[Team]:
    """Return the teams to choose from: the uppermost, then those near the one that was chosen."""
    offered = teams_below(viewer)
    if chosen is not None:
        near = teams_below(viewer, chosen)
        beside = teams_within(viewer).filter(parent=chosen.parent_id) if chosen.parent_id else ()
        offered += [*near, chosen, *beside]
    return list(dict.fromkeys(offered))


@once
def teams_counted(viewer: User, team: Team | None = None) -> tuple[int | None, ...] | None:
    """Return whose tallies make up the viewer's counts: (None,) is the whole authority's.

    None where counts come from the viewer's own cases. Of teams within teams, the uppermost only.
    """
    reach = scope_of(viewer).aggregates
    if team is not None and (reach.everyone or team.pk in reach.teams):
        return (team.pk,)
    if reach.everyone:
        return (None,)
    if not reach.teams and reach.worker_id is not None:
        return None
    return tuple(team.pk for team in _uppermost(viewer))


def counted_with_below(viewer: User, team: Team | None) -> frozenset[int]:
    """Return one team within reach and those below it, else all within the viewer's reach."""
    reach = scope_of(viewer).aggregates
    is_within = team is not None and (reach.everyone or team.pk in reach.teams)
    return with_teams_below({team.pk}) if team is not None and is_within else reach.teams


def teams_within(viewer: User) -> QuerySet[Team]:
    """Return the teams that the viewer may narrow counts to."""
    reach = scope_of(viewer).aggregates
    teams = Team.objects.order_by("name")
    return teams if reach.everyone else teams.filter(pk__in=reach.teams)


def months_shown(as_at: date) -> list[date]:
    """Return the first day of each month shown, oldest first."""
    first = months_before(as_at, MONTHS_SHOWN)
    return [months_before(first, -number) for number in range(MONTHS_SHOWN + 1)]


def tallied(
    teams: tuple[int | None, ...], only: Q, as_at: date
) -> Iterator[tuple[str, date, Counts]]:
    """Yield standard, month and counts of these teams' tallies (None: the authority's)."""
    first = months_before(as_at, MONTHS_SHOWN)
    whose = Q(team=None) if None in teams else Q(team__in=teams)
    tallies = StandingTally.objects.filter(whose, only, month__gte=months_before(first, 1))
    for standard, month, *numbers in _summed(tallies.values_list("standard", "month")):
        yield standard, month, _counts(month, numbers, as_at)


def shown(
    viewer: User, teams: tuple[int | None, ...], as_at: date, only: Q | None = None
) -> Iterator[tuple[str, date, Counts]]:
    """Yield what these teams' tallies hold, less the cases of those whom no count may hold."""
    only = only or Q()
    yield from tallied(teams, only, as_at)
    uncounted = closing_of(viewer).uncounted
    if uncounted:
        theirs = only & Q(child__in=uncounted) & _of_teams(teams)
        for standard, month, counts in _counted_rows(theirs, as_at):
            yield standard, month, -counts


def _of_teams(teams: tuple[int | None, ...]) -> Q:
    if None in teams:
        return Q()
    return Q(team__in=with_teams_below({pk for pk in teams if pk is not None}))


def _leave_out(viewer: User, found: dict[int, Counts], only: Q, as_at: date) -> None:
    """Take the cases of those whom no count may hold from each team's counts."""
    uncounted = closing_of(viewer).uncounted
    for team in found if uncounted else ():
        theirs = only & Q(child__in=uncounted) & _of_teams((team,))
        for *_, counts in _counted_rows(theirs, as_at):
            found[team] += -counts


def _summed(tallies: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return tallies.order_by().annotate(*(Sum(field, default=0) for field in FIELDS))


def _counts(month: date, numbers: list[int], as_at: date) -> Counts:
    """What a month's numbers add to the figures: of what fell due earlier only what is late still,
    and of what falls due in a month to come only what is waiting (done early, it counts then)."""
    counts = Counts(*numbers)
    if month < months_before(as_at, MONTHS_SHOWN):
        return Counts(late=counts.late, late_earlier=counts.late)
    if month > as_at:
        return Counts(open=counts.open, not_recorded=counts.not_recorded)
    return counts


def _own_rows(viewer: User, only: Q, as_at: date) -> Iterator[tuple[str, date, Counts]]:
    """Count the viewer's own cases as the tallies count everybody's."""
    return _counted_rows(only & Q(child__in=visible_ids(viewer)), as_at)


def _counted_rows(only: Q, as_at: date) -> Iterator[tuple[str, date, Counts]]:
    first = months_before(as_at, MONTHS_SHOWN)
    known, now = horizons_by_standard(), last_moment(as_at)
    rows_of = Standing.objects.filter(only, Q(due_on__gte=first) | Q(kind=Kind.NOT_DONE))
    groups = rows_of.order_by().values_list("standard", "kind", "due_on").annotate(rows=Count("pk"))
    for standard, kind, due_on, rows in groups:
        field = FIELD_OF[state_of_day(kind, due_on, now, known.get(standard))]
        month = first_of(due_on)
        numbers = [rows if name == field else 0 for name in FIELDS]
        yield standard, month, _counts(month, numbers, as_at)


def added(rows: Iterator[tuple[K, date, Counts]]) -> dict[K, Counts]:
    """Add up the counts of each key."""
    found: dict[K, Counts] = defaultdict(Counts)
    for key, _, counts in rows:
        found[key] += counts
    return dict(found)


def visible_ids(viewer: User) -> list[int]:
    """Return the children of somebody who sees their own cases only; none lent for a while."""
    own = Child.objects.filter(merged_into=None).within(scope_of(viewer).persons)
    own = own.exclude(pk__in=closing_of(viewer).closed)
    return list(own.values_list("pk", flat=True))
