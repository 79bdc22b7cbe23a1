"""What a year is made of: the months in which each line is due, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.accounts.models import RoleGrant, Team, User
from evenhand.audits import pack
from evenhand.people.models import Child
from evenhand.rules.cycles import periods
from evenhand.rules.standards import PerPeriod


class Due(NamedTuple):
    """So many audits of a line in a month: for a team, for a person, or for the authority."""

    line: pack.Line
    month: date
    due_on: date
    files: int
    team: Team | None = None
    person: User | None = None


def dues_of(year: int) -> Iterator[Due]:
    """Yield what the packs' lines ask for in a year, each once for each whose it is.

    A line whose standard no pack has (any more) asks for nothing.
    """
    teams = list(teams_audited(year))
    for line in pack.lines().values():
        for month, due_on, files in _months(line, year):
            for team, person in _whose(line, teams, month, due_on):
                yield Due(line, month, due_on, files, team, person)


def teams_audited(year: int) -> QuerySet[Team]:
    """Return the teams whose files are audited: no team is beneath them, and they have children,
    or somebody to manage them."""
    managed = RoleGrant.objects.filter(
        _in_force(date(year, 1, 1), date(year, 12, 31)), team=OuterRef("pk"), role__in=_managers()
    )
    has = Exists(Child.objects.filter(team=OuterRef("pk"), is_open=True)) | Exists(managed)
    above = Exists(Team.objects.filter(parent=OuterRef("pk")))
    return Team.objects.filter(has & ~above).order_by("name", "pk")


def _managers() -> set[str]:
    """Return the roles that answer for the files of one team, by the packs' lines."""
    return {
        one.owner for one in pack.lines().values() if one.whose == pack.TEAM and one.is_own_team
    }


def _months(line: pack.Line, year: int) -> Iterator[tuple[date, date, int]]:
    """Yield the month in which each period of a line ends, its last day, and the least number."""
    standard = pack.standard_of(line)
    if not isinstance(standard, PerPeriod):
        return
    for first, last in periods(standard.period, date(year, 1, 1), date(year, 12, 31)):
        entry = standard.at_least.entry_on(first)
        if entry is not None:
            yield last.replace(day=1), last, entry.value


def _whose(
    line: pack.Line, teams: list[Team], month: date, due_on: date
) -> Iterator[tuple[Team | None, User | None]]:
    if line.whose == pack.TEAM:
        yield from ((team, None) for team in teams)
    elif line.whose == pack.ROLE:
        yield from ((None, user) for user in holders(line.owner, month, due_on))
    else:
        yield None, None


def holders(role: str, since: date, until: date) -> QuerySet[User]:
    """Return who holds a role on some day of a time, and signs in still."""
    return holders_of_any([role], since, until)


def holders_of_any(roles: Iterable[str], since: date, until: date) -> QuerySet[User]:
    """Return who holds one of some roles on some day of a time, and signs in still."""
    in_force = _in_force(since, until)
    held = RoleGrant.objects.filter(in_force, user=OuterRef("pk"), role__in=list(roles))
    return User.objects.filter(Exists(held), is_active=True).order_by("name", "pk")


def _in_force(since: date, until: date) -> Q:
    return Q(starts_on__lte=until) & (Q(ends_on=None) | Q(ends_on__gte=since))
