"""What is still to be asked of whom, and how many are known in each team. Derived.

``settle`` follows a change to a few children; ``rebuild`` makes everything anew and is run after
an import. Both run in the caller's transaction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from evenhand.people import groups, identity
from evenhand.people.asking import CHILD, PARENT, Person
from evenhand.people.bulk import insert
from evenhand.people.identity import ANSWERED, ASKED, DECLINED, Knowledge, Question, Statement
from evenhand.people.models import (
    Child,
    IdentityCampaignItem,
    IdentityQuestion,
    IdentityStanding,
    IdentityTally,
    Relationship,
)
from evenhand.people.pack import ask_set
from evenhand.people.standings import AT_ONCE, About, in_chunks, of_people
from evenhand.people.turns import take_turn

Outcome = IdentityCampaignItem.Outcome
Place = tuple[int | None, str, str, str]  # team, person, characteristic, state
EVERYTHING = "everything"
NO_MOMENT = datetime.min.replace(tzinfo=UTC)


class Line(NamedTuple):
    """One row of ``IdentityQuestion``, in the order of its columns."""

    child_id: int
    adult_id: int | None
    characteristic: str
    state: str
    ask_from: date | None
    team_id: int | None
    worker_id: int | None
    is_first: bool
    urgency: int

    @property
    def tallied(self) -> Place:
        """Return where this row counts: team, person, characteristic, state."""
        return (self.team_id, PARENT if self.adult_id else CHILD, self.characteristic, self.state)


def rebuild(today: date) -> None:
    """Make every question and tally anew, in the caller's transaction."""
    take_turn()
    IdentityQuestion.objects.all()._raw_delete("default")
    IdentityTally.objects.all().delete()
    counts: Counter[Place] = Counter()
    everyone = Child.objects.filter(is_open=True, merged_into=None).order_by("pk")
    for children in in_chunks(everyone.values_list("pk", flat=True).iterator(AT_ONCE)):
        lines = _lines(children, today)
        insert(IdentityQuestion, Line._fields, lines)
        counts.update(tallied_lines(lines))
    _add_to_tally(counts)
    _follow_campaigns(IdentityCampaignItem.objects.all())


def settle(children: Collection[int], today: date) -> None:
    """Bring the questions about these children, their parents, and the tallies up to date.

    Children who are new or newly open since the last ``rebuild`` are counted from now on.
    """
    take_turn()
    before = lines_of(children)
    IdentityQuestion.objects.filter(child__in=children).delete()
    after = _lines(children, today)
    insert(IdentityQuestion, Line._fields, after)
    change = tallied_lines(after)
    change.subtract(tallied_lines(before))
    _add_to_tally(change)
    _follow_campaigns(IdentityCampaignItem.objects.filter(_concerns(children, after)))


def lines_of(children: Collection[int]) -> list[Line]:
    """Return the rows now kept of these children and the parents asked beside them."""
    held = IdentityQuestion.objects.filter(child__in=children)
    return [Line(*row) for row in held.values_list(*Line._fields)]


def tallied_lines(lines: Sequence[Line]) -> Counter[Place]:
    """Return how many rows count in each place, and each child once under ``EVERYTHING``."""
    counts = Counter(line.tallied for line in lines)
    whole: dict[int, set[str]] = defaultdict(set)
    teams: dict[int, int | None] = {}
    for line in lines:
        if line.adult_id is None and line.state != Knowledge.NOT_YET:
            whole[line.child_id].add(line.state)
            teams[line.child_id] = line.team_id
    counts.update((teams[pk], CHILD, EVERYTHING, _together(s)) for pk, s in whole.items())
    return counts


def _together(states: set[str]) -> str:
    """Return known if everything is; asked, not known if everything was asked; else no record."""
    if states == {Knowledge.KNOWN}:
        return Knowledge.KNOWN
    return Knowledge.NOT_KNOWN if states <= ASKED else Knowledge.NO_RECORD


def _lines(children: Collection[int], today: date) -> list[Line]:
    """Return the rows for these children and for the parents who are asked beside them."""
    people = _people(children)
    leads = _leads(
        {(c, None) for c in people} | {(None, a) for p in people.values() for a in p.adults}
    )
    lines: list[Line] = []
    for child_id, found in people.items():
        asked = _questions(child_id, found, leads, today)
        lines.extend(_rows(child_id, found, asked))
    return lines


class Found(NamedTuple):
    """An open child as the ask set needs them, with the parents asked beside them."""

    person: Person
    team_id: int | None
    worker_id: int | None
    adults: tuple[int, ...]


def _people(children: Collection[int]) -> dict[int, Found]:
    belonging = {
        item.only_for: groups.members(item.only_for, children)
        for item in ask_set()
        if item.only_for
    }
    adults = _adults_beside(children)
    rows = Child.objects.filter(pk__in=children, is_open=True, merged_into=None)
    return {
        pk: Found(
            Person(CHILD, born or expected, frozenset(g for g, m in belonging.items() if pk in m)),
            team, worker, tuple(sorted(adults[pk])),
        )
        for pk, born, expected, team, worker in rows.values_list(
            "pk", "born_on", "expected_on", "team_id", "worker_id"
        )
    }  # fmt: skip


def _adults_beside(children: Collection[int]) -> dict[int, set[int]]:
    """Return each child's parents for whom this is the first of their open children."""
    theirs = Relationship.objects.filter(child__in=children).values_list("adult_id", flat=True)
    elsewhere = Relationship.objects.filter(
        adult__in=set(theirs), child__is_open=True, child__merged_into=None
    )
    first: dict[int, int] = {}
    for adult, child in elsewhere.values_list("adult_id", "child_id"):
        first[adult] = min(child, first.get(adult, child))
    beside: dict[int, set[int]] = defaultdict(set)
    for adult, child in first.items():
        beside[child].add(adult)
    return beside


def _leads(about: Collection[About]) -> dict[About, dict[str, Statement]]:
    leads: dict[About, dict[str, Statement]] = defaultdict(dict)
    for child, adult, characteristic, status, said_by, asked_on in of_people(
        IdentityStanding, about
    ).values_list("child_id", "adult_id", "characteristic", "status", "said_by", "asked_on"):
        leads[(child, adult)][characteristic] = _shortly(status, said_by, asked_on)
    return leads


def _shortly(status: str, said_by: str, said_on: date) -> Statement:
    """Return as much of a leading statement as decides when to ask again."""
    return Statement(0, status, "", said_by, said_on, NO_MOMENT)


def _questions(
    child_id: int, found: Found, leads: Mapping[About, dict[str, Statement]], today: date
) -> list[tuple[int | None, Question]]:
    items = ask_set()
    asked: list[tuple[int | None, Question]] = [
        (None, each)
        for each in identity.questions(items, found.person, leads.get((child_id, None), {}), today)
    ]
    for adult in found.adults:
        theirs = leads.get((None, adult), {})
        asked += [(adult, q) for q in identity.questions(items, Person(PARENT), theirs, today)]
    return asked


def _rows(child_id: int, found: Found, asked: list[tuple[int | None, Question]]) -> Iterator[Line]:
    dated = [q.ask_from for _, q in asked if q.ask_from is not None]
    earliest = dated.index(min(dated)) if dated else -1
    urgency = sum(q.state is Knowledge.NO_RECORD for _, q in asked)
    place = -1
    for adult, each in asked:
        place += each.ask_from is not None
        is_first = each.ask_from is not None and place == earliest
        yield Line(
            child_id, adult, each.item.characteristic, str(each.state), each.ask_from,
            found.team_id, found.worker_id, is_first, urgency,
        )  # fmt: skip


def _add_to_tally(change: Mapping[Place, int]) -> None:
    for (team, person, characteristic, state), count in change.items():
        if not count:
            continue
        where = {
            "team_id": team,
            "person": person,
            "characteristic": characteristic,
            "state": state,
        }
        if not IdentityTally.objects.filter(**where).update(count=F("count") + count):
            IdentityTally.objects.create(**where, count=count)


def _concerns(children: Collection[int], lines: Sequence[Line]) -> Q:
    adults = {line.adult_id for line in lines if line.adult_id}
    return Q(child__in=children, adult=None) | Q(adult__in=adults)


def _follow_campaigns(items: QuerySet[IdentityCampaignItem]) -> None:
    """Mark what running campaigns wait for as filled or declined, or as waiting again."""
    running = items.filter(campaign__stopped_at=None)
    for theirs, whose in (({"adult": None}, "child"), ({"adult__isnull": False}, "adult")):
        leads = IdentityStanding.objects.filter(
            **{whose: OuterRef(whose)}, characteristic=OuterRef("characteristic")
        )
        outcome = Case(
            When(Exists(leads.filter(status=ANSWERED)), then=Value(Outcome.FILLED)),
            When(Exists(leads.filter(status=DECLINED)), then=Value(Outcome.DECLINED)),
            default=Value(Outcome.WAITING),
        )
        running.filter(**theirs).update(outcome=outcome)
