"""Settling where sources differ, and saying which of them leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from evenhand.accounts.models import User
from evenhand.history.actions import Change, action, record_many
from evenhand.history.models import Entry
from evenhand.imports import ranking
from evenhand.imports.reconciling.fields import from_text
from evenhand.imports.reconciling.sharing import BELIEVED, LEFT
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.sources.models import Difference, Source, SourceRank
from evenhand.standards import standing

Standing = Difference.Standing
DECISIONS = (BELIEVED, LEFT)
AT_ONCE = 500


@action("difference.settled")
def settle(
    differences: QuerySet[Difference], *, decision: str, reason: str, by: User, at: datetime
) -> Change:
    """Believe the other source in these, or leave them as they are; how many were open.

    To believe writes the other's value, or lets its event count, and lets that source lead there
    from now on. Raises Problem without a reason, or where none of them is open.
    """
    if decision not in DECISIONS:
        raise LookupError(f"no decision is called {decision!r}")
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words why.")
    found = list(differences.filter(standing=Standing.OPEN).order_by("pk"))
    if not found:
        raise Problem(
            "This is settled already, or the sources agree by now.", "Go back to the list."
        )
    settled: dict[str, Any] = {
        "standing": Standing.SETTLED, "decision": decision, "reason": reason.strip(),
        "settled_by": by, "settled_at": at,
    }  # fmt: skip
    for some in (found[n : n + AT_ONCE] for n in range(0, len(found), AT_ONCE)):
        if decision == BELIEVED:
            _believe(some)
        Difference.objects.filter(pk__in=[one.pk for one in some]).update(**settled)
        record_many(_entries(some, decision, reason, by, at))
    if decision == BELIEVED:
        standing.restate(_children(found), at)
    return Change(found[0], {"decision": ("", decision)}, reason=reason, result=len(found))


def _believe(differences: Sequence[Difference]) -> None:
    for one in differences:
        model = apps.get_model(one.target)
        record = model._default_manager.filter(pk=one.target_id)
        if not one.field:
            record.update(withdrawn=False)
            continue
        column = next(f for f in model._meta.concrete_fields if f.column == one.field)
        record.update(**{column.attname: from_text(column, one.told)})


def _entries(
    differences: Iterable[Difference], decision: str, reason: str, by: User, at: datetime
) -> list[Entry]:
    return [
        Entry(
            at=at, actor=by, action=f"difference.{decision}", subject=one.target,
            subject_id=one.target_id, child_id=one.child_id, reason=reason.strip(),
            changes=_changes(one) if decision == BELIEVED else {},
        )
        for one in differences
    ]  # fmt: skip


def _changes(one: Difference) -> dict[str, list[Any]]:
    return {one.field: [one.held, one.told]} if one.field else {"withdrawn": [True, False]}


def _children(differences: Iterable[Difference]) -> set[int]:
    ids = {one.child_id for one in differences if one.child_id is not None}
    merged = Child.objects.filter(pk__in=ids).exclude(merged_into=None)
    into = dict(merged.values_list("pk", "merged_into_id"))
    return {into.get(pk) or pk for pk in ids}


class Overtaken(Problem):
    """Somebody else changed the order after it was shown."""


@action("sources.ranked")
def rank(kind: str, places: Mapping[str, int], *, seen: str, by: User, at: datetime) -> Change:
    """Say which source leads for a kind of record ('' for every kind without its own order).

    ``places`` gives each source's key its place, 1 for the one that leads. It holds from the next
    import on. ``seen`` is the order that the person had before them (``ranking.order_shown``).
    Raises Problem where two have one place, Overtaken where the order is no longer the one seen.
    """
    if len(set(places.values())) != len(places):
        raise Problem("Two sources have the same place.", "Give each a place of its own.")
    locked = Source.objects.select_for_update().filter(key__in=places)
    sources = {source.key: source for source in locked.order_by("pk")}
    if seen != ranking.order_shown(kind):
        raise Overtaken(
            "Somebody else changed this order while you were choosing.",
            "Theirs and yours are below. Save again to put yours in its place.",
        )
    changes = {}
    for key, place in places.items():
        changes[key] = (_placed(sources[key], kind), place)
        if kind:
            SourceRank.objects.update_or_create(
                source=sources[key], kind=kind, defaults={"rank": place}
            )
        else:
            Source.objects.filter(key=key).update(rank=place)
    first = next(iter(sources.values()))
    return Change(first, changes, reason=kind)


def _placed(source: Source, kind: str) -> int:
    own = SourceRank.objects.filter(source=source, kind=kind).values_list("rank", flat=True)
    return own.first() or source.rank
