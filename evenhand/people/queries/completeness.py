"""How much was asked, and how much is known: by item, by team, of children and of parents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from evenhand.accounts.models import Team, User
from evenhand.accounts.once import once
from evenhand.accounts.scope import Reach, every_team, scope_of, with_teams_below
from evenhand.design.wording import percent
from evenhand.facts.adopted import policy
from evenhand.people.asking import CHILD, PARENT
from evenhand.people.identity import ASKED, Knowledge
from evenhand.people.models import IdentityTally
from evenhand.people.models.closing import closing_of
from evenhand.people.pack import ask_set
from evenhand.people.queries.scope import caseload_of
from evenhand.people.questions import EVERYTHING, lines_of, tallied_lines
from evenhand.policy import Ask

Counts = Counter[str]
Tallied = tuple[int | None, str, str, str, int]  # team, person, characteristic, state, count
Elsewhere = Callable[[User, date, str], tuple[int, int]]
"""What another room counts of a part that it names: so many, of how many."""


class Completion(NamedTuple):
    """Of how many people an item counts, how many were asked, and of how many it is known.

    ``states`` counts each state of knowledge; what does not apply yet is in none of the three.
    """

    counted: int
    asked: int
    known: int
    states: Mapping[str, int]

    @property
    def never_asked(self) -> int:
        """Return of how many there is no record that anybody asked."""
        return self.states.get(Knowledge.NO_RECORD, 0)


class ItemRow(NamedTuple):
    """One item of one kind of person."""

    person: str
    item: Ask
    completion: Completion


class TeamRow(NamedTuple):
    """One team; None holds those with no team."""

    team: Team | None
    completion: Completion


class Report(NamedTuple):
    """Completeness within the viewer's reach."""

    items: list[ItemRow]
    teams: list[TeamRow]
    whole: Completion


def completeness_for(
    viewer: User, *, team: Team | None = None, characteristic: str = "", person: str = ""
) -> Report:
    """Return completeness within the viewer's reach of aggregates, from the kept tallies.

    ``team`` narrows to a team and those below it; ``characteristic`` and ``person`` narrow the
    rows by team to one item and one kind of person.
    """
    rows = list(tallied_for(viewer, team))
    return _report(rows, characteristic, person)


def items_for(viewer: User, *, team: Team | None = None) -> list[ItemRow]:
    """Return completeness of each item alone, within the viewer's reach. One query."""
    return _by_item(tallied_for(viewer, team))


def completeness_within(
    reach: Reach, team: Team | None, *, characteristic: str = "", person: str = ""
) -> Report:
    """Return completeness within a reach: for the command line, the whole authority's."""
    rows = [row for row in _tallied(reach, team) if row[2] != EVERYTHING]
    return _report(rows, characteristic, person)


def _report(rows: list[Tallied], characteristic: str, person: str) -> Report:
    chosen = [
        row
        for row in rows
        if (not characteristic or row[2] == characteristic) and (not person or row[1] == person)
    ]
    return Report(_by_item(rows), _by_team(chosen), _completion(_sum(rows)))


def tallied_for(viewer: User, team: Team | None) -> Iterable[Tallied]:
    """Return the counts by team, person, item and state that the viewer may be shown."""
    return (row for row in _shown(viewer, team) if row[2] != EVERYTHING)


def _shown(viewer: User, team: Team | None) -> Iterable[Tallied]:
    """Return the counts within the viewer's reach, less those whom no count may hold."""
    reach, uncounted = scope_of(viewer).aggregates, closing_of(viewer).uncounted
    if not uncounted or _is_caseload(reach):
        return _tallied(reach, team, uncounted)
    return chain(_tallied(reach, team), _less(uncounted, reach, team))


def _less(uncounted: frozenset[int], reach: Reach, team: Team | None) -> Iterable[Tallied]:
    teams = with_teams_below({team.pk}) if team is not None else reach.teams
    everyone = reach.everyone and team is None
    for where, count in tallied_lines(lines_of(uncounted)).items():
        if everyone or where[0] in teams:
            yield (*where, -count)


def _is_caseload(reach: Reach) -> bool:
    return not reach.everyone and reach.worker_id is not None and not reach.teams


def _tallied(
    reach: Reach, team: Team | None, uncounted: frozenset[int] = frozenset()
) -> Iterable[Tallied]:
    if _is_caseload(reach) and reach.worker_id is not None:
        return _of_caseload(reach.worker_id, uncounted)
    return _kept(reach, team)


@once
def _kept(reach: Reach, team: Team | None) -> list[Tallied]:
    tallies: QuerySet[IdentityTally] = IdentityTally.objects.exclude(count=0)
    if not reach.everyone:
        tallies = tallies.filter(team__in=reach.teams)
    if team is not None:
        tallies = tallies.filter(team__in=with_teams_below({team.pk}))
    return list(tallies.values_list("team_id", "person", "characteristic", "state", "count"))


def _of_caseload(worker_id: int, uncounted: frozenset[int]) -> Iterable[Tallied]:
    counted = [pk for pk in caseload_of(worker_id) if pk not in uncounted]
    counts = tallied_lines(lines_of(counted))
    return ((*where, count) for where, count in counts.items())


def _by_item(rows: Iterable[Tallied]) -> list[ItemRow]:
    counts: dict[tuple[str, str], Counts] = defaultdict(Counter)
    for _, person, name, state, count in rows:
        counts[(person, name)][state] += count
    return [
        ItemRow(person, item, _completion(counts[(person, item.characteristic)]))
        for person in (CHILD, PARENT)
        for item in ask_set()
        if (person, item.characteristic) in counts
    ]


def _by_team(rows: Iterable[Tallied]) -> list[TeamRow]:
    counts: dict[int | None, Counts] = defaultdict(Counter)
    for team, _, _, state, count in rows:
        counts[team][state] += count
    teams = every_team()
    found = [TeamRow(teams.get(team or 0), _completion(each)) for team, each in counts.items()]
    return sorted(found, key=lambda row: (row.team is None, row.team.name if row.team else ""))


def _sum(rows: Iterable[Tallied]) -> Counts:
    counts: Counts = Counter()
    for *_, state, count in rows:
        counts[state] += count
    return counts


def _completion(counts: Counts) -> Completion:
    states = {state: count for state, count in counts.items() if count > 0}
    counted = sum(count for state, count in states.items() if state != Knowledge.NOT_YET)
    asked = sum(count for state, count in states.items() if state in ASKED)
    return Completion(counted, asked, states.get(Knowledge.KNOWN, 0), states)


class Measure(NamedTuple):
    """One measure of the packs: ``part`` of ``whole``, and what stands beside it.

    ``nobody`` says in words that nothing is counted. ``headline`` is one of the few that lead a
    dashboard; ``places`` is the number of decimal places shown.
    """

    id: str
    title: str
    clauses: tuple[str, ...]
    part: int
    whole: int
    words: str
    beside: int | None
    beside_words: str
    target_percent: int | None
    basis: str
    nobody: str
    headline: bool
    places: int

    @property
    def share(self) -> str:
        """Return the measure in per cent, in words."""
        return percent(self.part, self.whole, self.places)

    @property
    def figure(self) -> str:
        """Return what stands in large type: the share, or that there is none yet."""
        return self.share if self.whole else "Not yet"

    @property
    def explained(self) -> str:
        """Return what stands beneath the figure: the counts, or why there are none."""
        if self.whole:
            return self.note
        target = "" if self.target_percent is None else f"; target {self.target_percent}%"
        return f"{self.nobody}{target}"

    @property
    def note(self) -> str:
        """Return what stands beside: the counts, the other of asked and known, and the target."""
        parts = [f"{self.part:,} of {self.whole:,} {self.words}"]
        if self.beside is not None:
            parts.append(f"{self.beside:,} {self.beside_words}")
        if self.target_percent is not None:
            parts.append(f"target {self.target_percent}%")
        return ", ".join(parts)


def measures_for(viewer: User, today: date) -> list[Measure]:
    """Return the packs' measures of identity (measures.yaml), within the viewer's reach."""
    document: Any = policy().document("measures") or ()
    rows = list(_shown(viewer, None))
    return [
        _elsewhere(entry, viewer, today) if "elsewhere" in entry["counted"]
        else _measure(entry, rows)
        for entry in document
    ]  # fmt: skip


def _measure(entry: Mapping[str, Any], rows: Iterable[Tallied]) -> Measure:
    counted, beside = entry["counted"], entry.get("shown_beside", {})
    found = _completion(_sum(row for row in rows if _is_measured(row, counted)))
    return _made(
        entry, _counted(found, counted), found.counted, _worded(counted),
        _counted(found, beside) if beside else None, _worded(beside),
    )  # fmt: skip


def _elsewhere(entry: Mapping[str, Any], viewer: User, today: date) -> Measure:
    """A measure of what another room holds, which the table of ``settings`` counts."""
    counted = entry["counted"]
    table: Mapping[str, Elsewhere] = import_string(settings.IDENTITY_ELSEWHERE)
    part, whole = table[counted["elsewhere"]](viewer, today, counted["part"])
    return _made(entry, part, whole, counted["words"])


def _made(
    entry: Mapping[str, Any], part: int, whole: int, words: str, beside: int | None = None,
    beside_words: str = "",
) -> Measure:  # fmt: skip
    target = entry.get("target", {})
    return Measure(
        entry["id"], entry["title"], tuple(entry.get("clauses", ())), part, whole, words, beside,
        beside_words, target.get("percent"), target.get("basis", ""),
        entry["counted"].get("nobody", "Nobody is counted yet"),
        entry.get("headline") is True, entry.get("places", 0),
    )  # fmt: skip


def _is_measured(row: Tallied, counted: Mapping[str, Any]) -> bool:
    wanted = counted.get("characteristics", ())
    names = {EVERYTHING} if wanted == "chased" else set(wanted)
    return row[1] == CHILD and row[2] in names


def _counted(found: Completion, what: Mapping[str, Any]) -> int:
    return found.known if what.get("known") else found.asked


def _worded(what: Mapping[str, Any]) -> str:
    return "known" if what.get("known") else "asked"
