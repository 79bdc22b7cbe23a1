"""What Evenhand alone holds of a child, and whether it stands in the case file yet.

That is what was asked here of who the child and the parents are, and what was recorded by hand and
the case system has not shown since. What the child volunteered is nobody's to file: it is in no
sheet, and nothing waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.casework.by_hand import of_records
from evenhand.casework.recorded import RECORDABLE, SOURCE
from evenhand.design.wording import as_day, child_name
from evenhand.people.models import Child, IdentityStatement
from evenhand.people.pack import ask_set
from evenhand.people.queries.reach import of_child
from evenhand.people.wording import answer, own_words, who_said
from evenhand.retention.models import Filing
from evenhand.sources.models import SourceReference

STATEMENT = "people.identitystatement"
BY_HAND = {one.model._meta.label_lower: one for one in RECORDABLE.values()}


class Native(NamedTuple):
    """One thing that Evenhand alone holds: whose, what it says, when, and where it was filed."""

    target: str
    target_id: int
    of: str
    what: str
    says: str
    who: str
    day: date
    recorded_at: datetime | None
    filing: Filing | None

    @property
    def key(self) -> str:
        """Return how a form names it."""
        return f"{self.target}:{self.target_id}"


def native_of(child: Child) -> list[Native]:
    """Return what Evenhand alone holds of a child, oldest first, with where it was filed."""
    filings = {(one.target, one.target_id): one for one in _filings(child)}
    found = [*_said(child, filings), *_recorded(child, filings)]
    return sorted(found, key=lambda one: (one.day, one.target, one.target_id))


def unfiled_of(child: Child) -> list[Native]:
    """Return what is neither filed nor said not to need it."""
    return [one for one in native_of(child) if one.filing is None]


def _filings(child: Child) -> QuerySet[Filing]:
    whose = of_child(child)
    return Filing.objects.filter(whose).select_related("filed_by")


def _asked_here() -> QuerySet[IdentityStatement]:
    """Statements that no import brought, of what is chased."""
    chased = [item.characteristic for item in ask_set() if item.chased]
    told = IdentityStatement.objects.filter(import_batch_id=None, source="", entered_in_error=False)
    imported = IdentityStatement.SaidBy.IMPORT
    return told.filter(characteristic__in=chased).exclude(said_by=imported)


def _said(child: Child, filings: dict[tuple[str, int], Filing]) -> Iterator[Native]:
    mine = of_child(child)
    theirs = Q(adult__relationships__child=child) | Q(
        adult__relationships__child__merged_into=child
    )
    items = {item.characteristic: item for item in ask_set()}
    rows = _asked_here().filter(mine | theirs).select_related("child", "adult", "asked_by")
    for row in rows.distinct():
        item = items[row.characteristic]
        says = " ".join(part for part in (answer(item, row), own_words(row)) if part)
        on = row.asked_on or as_day(row.recorded_at)
        yield Native(
            STATEMENT, row.pk, child_name(row.child or row.adult), item.label, says,
            who_said(row), on, row.recorded_at, filings.get((STATEMENT, row.pk)),
        )  # fmt: skip


def _recorded(child: Child, filings: dict[tuple[str, int], Filing]) -> Iterator[Native]:
    whose = of_child(child)
    for label, kind in BY_HAND.items():
        rows = kind.model.objects.filter(whose, pk__in=unconfirmed(label).values("target_id"))
        said = of_records([(label, row.pk) for row in rows])
        for row in rows.select_related("child"):
            words = said[label, row.pk].words
            yield Native(
                label, row.pk, child_name(row.child), kind.words, "It was held", words,
                row.held_on, None, filings.get((label, row.pk)),
            )  # fmt: skip


def unconfirmed(label: str) -> QuerySet[SourceReference]:
    """References of what was recorded by hand, still standing, that no other source tells."""
    others = SourceReference.objects.filter(
        target=OuterRef("target"), target_id=OuterRef("target_id"), withdrawn_in_id=None
    ).exclude(source__key=SOURCE)
    mine = SourceReference.objects.filter(source__key=SOURCE, target=label, withdrawn_in_id=None)
    return mine.exclude(Exists(others))


def children_with_unfiled(children: Iterable[int] | QuerySet[Child]) -> QuerySet[Child]:
    """Return which of these children Evenhand alone holds something of that is not filed."""
    said = _asked_here().exclude(Exists(_filed(STATEMENT)))
    with_any = Q(pk__in=said.exclude(child=None).values("child"))
    with_any |= Q(relationships__adult__in=said.exclude(adult=None).values("adult"))
    for label in BY_HAND:
        model = apps.get_model(label)
        unfiled = model._default_manager.filter(pk__in=unconfirmed(label).values("target_id"))
        with_any |= Q(pk__in=unfiled.exclude(Exists(_filed(label))).values("child"))
    merged = Child.objects.filter(with_any).exclude(merged_into=None).values("merged_into")
    found = Child.objects.filter(pk__in=children).filter(with_any | Q(pk__in=merged))
    return found.select_related("team", "worker").distinct()


def _filed(label: str) -> QuerySet[Filing]:
    return Filing.objects.filter(target=label, target_id=OuterRef("pk"))
