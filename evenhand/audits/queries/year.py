"""One year of the programme as a page shows it: by line and month, and team by team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.audits import pack
from evenhand.audits.models import Audit, Slot
from evenhand.audits.queries.programme import Standing, slots_for, standings_of
from evenhand.facts.adopted import policy
from evenhand.rules.london import LONDON
from evenhand.rules.outcomes import Outcome
from evenhand.rules.reference import evaluate
from evenhand.rules.standards import PerPeriod, Standard
from evenhand.rules.states import Horizon, State

WORST = (State.LATE, State.OPEN, State.KEPT_LATE, State.KEPT)


class Placed(NamedTuple):
    """A slot with how it stands."""

    slot: Slot
    standing: Standing


class Least(NamedTuple):
    """What is the least in a year, and whether it was met."""

    line: pack.Line
    standard: Standard
    outcome: Outcome


@dataclass(frozen=True)
class Year:
    """A year's slots within a viewer's reach, each with how it stands."""

    number: int
    placed: Sequence[Placed]

    def of(self, line: str, month: int, team: int | None = None) -> list[Placed]:
        """Return the slots of a line in a month; of one team, where one is named."""
        return [
            one for one in self._by_place.get((line, month), ())
            if team is None or one.slot.team_id == team
        ]  # fmt: skip

    def lines(self, *, in_timetable: bool) -> list[pack.Line]:
        """Return the lines of the timetable, or those beside it."""
        return [one for one in pack.lines().values() if one.is_in_timetable is in_timetable]

    def teams(self) -> list[Team]:
        """Return the teams that have slots, by name."""
        found = {one.slot.team.pk: one.slot.team for one in self.placed if one.slot.team}
        return sorted(found.values(), key=lambda team: (team.name, team.pk))

    @property
    def moved(self) -> list[Placed]:
        """Return what was moved or added, with its reason."""
        return [one for one in self.placed if one.slot.moved_why]

    @property
    def late(self) -> list[Placed]:
        """Return what is past its day and not done."""
        return [one for one in self.placed if one.standing.state is State.LATE]

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, int], list[Placed]]:
        places: dict[tuple[str, int], list[Placed]] = {}
        for one in self.placed:
            places.setdefault((one.slot.line, one.slot.month.month), []).append(one)
        return places

    def only(self, team: Team) -> Year:
        """Return what is one team's own."""
        return Year(self.number, [one for one in self.placed if one.slot.team_id == team.pk])


def year_of(viewer: User, number: int, now: datetime) -> Year:
    """Return a year's slots for a viewer, each with how it stands: few queries for any number."""
    found = [slot for slot in slots_for(viewer, number) if slot.month.year == number]
    standings = standings_of(found, now)
    return Year(number, [Placed(slot, standings[slot.pk]) for slot in found])


def worst_of(placed: Iterable[Placed]) -> State:
    """Return how several slots stand together: as the worst of them does."""
    states = {one.standing.state for one in placed}
    return next(state for state in WORST if state in states)


def kept_of(placed: Iterable[Placed]) -> int:
    """Return how many of several slots are done."""
    return sum(one.standing.done >= one.standing.needed for one in placed)


def least_of(number: int, now: datetime) -> list[Least]:
    """Return, for each line that is done so often a year at the least, whether it was."""
    found = []
    for line in pack.lines().values():
        standard = policy().standards.get(line.least)
        if isinstance(standard, PerPeriod) and Slot.objects.filter(line=line.id).exists():
            outcome = _in_year(standard, line, number, now)
            found += [Least(line, standard, outcome)] if outcome else []
    return found


def _in_year(standard: PerPeriod, line: pack.Line, number: int, now: datetime) -> Outcome | None:
    """Judge what was done of a line by the standard, as of the year's end or now."""
    first = date(number, 1, 1)
    if timezone.localdate(now) < first:
        return None
    days = Audit.objects.filter(slot__line=line.id, state=Audit.State.DONE, done_on__year=number)
    case = {
        standard.counted: tuple(days.order_by("done_on").values_list("done_on", flat=True)),
        **({standard.starts: first} if standard.starts else {}),
    }
    asked = min(now, datetime.combine(date(number + 1, 1, 1), time(12), LONDON))
    known = dict.fromkeys(standard.facts(), Horizon(None, None))
    outcomes = evaluate(standard, case, policy().calendar, asked, known)
    return next((one for one in outcomes if one.due == date(number, 12, 31)), None)
