"""About one person: every statement, who said it and when, and what is still to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.people import groups, identity
from evenhand.people.access_rules import sensitive, shown_to
from evenhand.people.asking import CHILD, PARENT, Person, applicable
from evenhand.people.identity import Completeness, Leading, Question, Statement
from evenhand.people.models import (
    Adult,
    Child,
    IdentityStatement,
    Relationship,
    SettledDifference,
)
from evenhand.people.pack import ask_set
from evenhand.people.queries.reach import of_child
from evenhand.people.queries.scope import is_within
from evenhand.people.standings import difference
from evenhand.policy import Ask
from evenhand.secrecy.fields import is_sealed

Audience = IdentityStatement.Audience


class AboutLine(NamedTuple):
    """One item about a person: what is known, every statement newest first, and what leads.

    ``question`` is None for what is volunteered. ``differing`` holds the answers of sources that
    disagree and that nobody has settled.
    """

    item: Ask
    question: Question | None
    lead: IdentityStatement | None
    beside: IdentityStatement | None
    differing: tuple[str, ...]
    statements: tuple[IdentityStatement, ...]


class IdentitySummary(NamedTuple):
    """What is known of a person, line by line, and how complete it is."""

    lines: tuple[AboutLine, ...]
    completeness: Completeness

    def to_ask(self, today: date) -> list[AboutLine]:
        """Return the lines that somebody should ask about today."""
        return [line for line in self.lines if line.question and line.question.is_due(today)]


def identity_summary(
    person: Child | Adult, viewer: User, *, today: date | None = None
) -> IdentitySummary:
    """Return what is known of a child or adult, as this viewer may see it, from the statements.

    The caller has already found the child through ``child_for``.
    """
    today = today or timezone.localdate()
    who = _person(person)
    said = _by_characteristic(statements_about(person, viewer))
    asked = [*applicable(ask_set(), who), *_volunteered(who)]
    leads = {
        item.characteristic: _leading(said.get(item.characteristic, ()), who) for item in asked
    }
    differ = any(lead is not None and lead.differing for lead in leads.values())
    settled = _settled(person) if differ else set()
    lines = [
        _line(
            item, who, said.get(item.characteristic, ()), leads[item.characteristic], settled, today
        )
        for item in asked
    ]
    found = [line.question for line in lines if line.question is not None]
    return IdentitySummary(tuple(lines), identity.completeness(found))


def statements_about(person: Child | Adult, viewer: User) -> list[IdentityStatement]:
    """Return every statement about a person that the viewer may see, newest first.

    What was volunteered is shown to those whom the child chose, and to whoever wrote it down; what
    the packs call sensitive only to those whom they name.
    """
    found = IdentityStatement.objects.filter(said_of(person)).select_related("asked_by")
    rows, guarded = list(found.order_by("-recorded_at", "-pk")), volunteered() | sensitive()
    if guarded.isdisjoint(row.characteristic for row in rows):
        return rows
    closeness = closeness_of(person, viewer)
    return [
        row for row in rows if row.characteristic not in guarded or _may_see(row, viewer, closeness)
    ]


def volunteered() -> frozenset[str]:
    """Return what nobody is chased for: a child tells it only if they wish."""
    return frozenset(item.characteristic for item in ask_set() if not item.chased)


def said_of(person: Child | Adult) -> Q:
    """Return which statements are about a person, those about a merged child among them."""
    return Q(adult=person) if isinstance(person, Adult) else of_child(person)


def _may_see(row: IdentityStatement, viewer: User, closeness: set[str]) -> bool:
    """Whoever wrote it down; else whom the child chose, of those to whom the packs let it be shown.

    What is sensitive and asked for is shown to all of those.
    """
    if row.asked_by_id == viewer.pk:
        return True
    close, allowed = closeness, shown_to(row.characteristic)
    if allowed is not None:
        close = closeness & allowed
    is_volunteered = row.characteristic in volunteered()
    return not close.isdisjoint(row.may_see.split()) if is_volunteered else bool(close)


def closeness_of(person: Child | Adult, viewer: User) -> set[str]:
    """Return as whom this viewer stands to the child, in the child's own terms.

    Their manager and reviewing officer by a role that reaches this very child; their worker by
    being allocated to them, too.
    """
    if not isinstance(person, Child):
        return set()
    standing = {
        closeness for closeness, reach in scope_of(viewer).close.items() if is_within(person, reach)
    }
    allocated = viewer.worker_id is not None and viewer.worker_id == person.worker_id
    return standing if allocated else standing - {Audience.WORKER}


def _person(person: Child | Adult) -> Person:
    if isinstance(person, Adult):
        return Person(PARENT)
    named = {item.only_for for item in ask_set() if item.only_for}
    belongs = frozenset(group for group in named if groups.members(group, [person.pk]))
    return Person(CHILD, person.born_on or person.expected_on, belongs)


def _volunteered(who: Person) -> list[Ask]:
    return [item for item in ask_set() if not item.chased and who.kind in item.about]


def _by_characteristic(
    rows: Sequence[IdentityStatement],
) -> dict[str, list[IdentityStatement]]:
    said: dict[str, list[IdentityStatement]] = defaultdict(list)
    for row in rows:
        said[row.characteristic].append(row)
    return said


def _settled(person: Child | Adult) -> set[tuple[str, str]]:
    whose = {"child" if isinstance(person, Child) else "adult": person}
    rows = SettledDifference.objects.filter(**whose)
    return set(rows.values_list("characteristic", "answers"))


def _line(
    item: Ask,
    who: Person,
    said: Sequence[IdentityStatement],
    lead: Leading | None,
    settled: set[tuple[str, str]],
    today: date,
) -> AboutLine:
    rows = {row.pk: row for row in said}
    asked = None
    if item.chased:
        asked = identity.question(item, who, lead.statement if lead else None, today)
    return AboutLine(
        item,
        asked,
        rows[lead.statement.key] if lead else None,
        rows[lead.beside.key] if lead and lead.beside else None,
        _unsettled(item, lead, settled),
        tuple(said),
    )


def _leading(said: Sequence[IdentityStatement], who: Person) -> Leading | None:
    return identity.leading([statement_of(row) for row in said], who.kind)


def _unsettled(item: Ask, lead: Leading | None, settled: set[tuple[str, str]]) -> tuple[str, ...]:
    if lead is None or (item.characteristic, difference(lead.differing)) in settled:
        return ()
    return lead.differing


def statement_of(row: IdentityStatement) -> Statement:
    """Return a statement as the rules read it. What is sealed is compared with no other."""
    answer = "" if is_sealed(row, "answer") else row.answer
    return Statement(
        row.pk, row.status, answer, row.said_by, row.asked_on, row.recorded_at, row.source,
        row.how, row.entered_in_error,
    )  # fmt: skip


def parents_of(child: Child) -> list[tuple[Adult, str]]:
    """Return a child's parents and carers with what each is to the child."""
    either = of_child(child)
    found = Relationship.objects.filter(either).select_related("adult")
    rows = found.order_by("kind", "adult__surname", "pk")
    kinds: dict[int, tuple[Adult, str]] = {}
    for row in rows:
        kinds.setdefault(row.adult_id, (row.adult, row.kind))
    return list(kinds.values())
