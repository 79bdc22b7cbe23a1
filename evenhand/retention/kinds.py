"""Which records make a child's record of which type, and the days on which its keeping turns.

What a source withdrew still counts, until a person has reviewed it: nothing is due sooner because
a row is absent from a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from evenhand.casework import models as events
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.policy.retention import Schedule
from evenhand.rules.retention import Days, Kept, Rule, keep_until, longest

CONTACT = "contact"


class Shows(NamedTuple):
    """That a row of a model makes a record of a kind, and which column is its last day."""

    kind: str
    model: Any
    last_day: str
    where: Q = Q()


CAME_TO_NOTHING = Q(no_further_action=True)
SHOWN_BY: tuple[Shows, ...] = (
    Shows("in care", events.CarePeriod, "ended_on"),
    Shows("in care", events.CareEpisode, "ended_on"),
    Shows("in care", events.CareLeaver, ""),
    Shows("protection plan", events.ProtectionPlan, "ended_on"),
    Shows("need", events.Referral, "closed_on", ~CAME_TO_NOTHING | Q(no_further_action=None)),
    Shows("need", events.Assessment, "authorised_on"),
    Shows("need", events.Section47, "ended_on"),
    Shows("need", events.NeedPlan, "ended_on"),
    Shows("need", events.Visit, "held_on"),
    Shows(CONTACT, events.Referral, "received_on", CAME_TO_NOTHING),
    Shows(CONTACT, events.EarlyHelpEpisode, "ended_on"),
    Shows(CONTACT, events.Contact, "received_on"),
)


class Record(NamedTuple):
    """One child's record: of which kinds it is, and its days."""

    kinds: frozenset[str]
    days: Days


def schedule() -> Schedule:
    """Return the adopted packs' schedule."""
    return policy().retention


def records_of(children: Collection[int] | None = None) -> dict[int, Record]:
    """Return the record of each of these children (None: all), with those merged into them."""
    kinds: dict[int, set[str]] = defaultdict(set)
    last: dict[int, date] = {}
    for shows in SHOWN_BY:
        for child, day in _last_days(shows, children):
            kinds[child].add(shows.kind)
            if day is not None:
                last[child] = max(day, last.get(child, day))
    return {pk: Record(frozenset(kinds[pk]), days) for pk, days in _days(children, last)}


def _last_days(shows: Shows, children: Collection[int] | None) -> Iterator[tuple[int, date | None]]:
    rows = shows.model.objects.filter(shows.where).order_by()
    if children is not None:
        rows = rows.filter(Q(child__in=children) | Q(child__merged_into__in=children))
    kept = rows.annotate(kept=Coalesce("child__merged_into_id", "child_id")).values_list("kept")
    if not shows.last_day:
        yield from ((pk, None) for (pk,) in kept.distinct())
    else:
        yield from kept.annotate(last=Max(shows.last_day))


def _days(children: Collection[int] | None, last: Mapping[int, date]) -> Iterator[tuple[int, Days]]:
    found = Child.objects.filter(merged_into=None)
    if children is not None:
        found = found.filter(pk__in=children)
    rows = found.values_list("pk", "born_on", "died_on", "is_open")
    for pk, born_on, died_on, is_open in rows:
        yield pk, Days(born_on, died_on, last.get(pk) or died_on, is_open=is_open)


def kept_until(record: Record, today: date) -> list[tuple[Rule, Kept]]:
    """Return each type that a child's record is of, with how long that keeps it.

    Every record is at least one of a contact.
    """
    rules = schedule()
    found = []
    for rule in rules.rules.values():
        if rule.of in record.kinds | {CONTACT} and rule.values:
            kept = keep_until(rule, record.days, today)
            if kept is not None:
                found.append((rule, kept))
    return found


def governing(record: Record, today: date) -> Kept | None:
    """Return the type that keeps a record longest; None: no rule is in force."""
    return longest(kept for _, kept in kept_until(record, today))
