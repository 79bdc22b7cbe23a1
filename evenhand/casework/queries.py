"""Reads of a child's journey: the chronology, newest first, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value

from evenhand.accounts.models import User
from evenhand.casework.by_hand import of_records
from evenhand.casework.happenings import HAPPENINGS, LATEST_ONLY, Kind, in_words
from evenhand.casework.models import CaseNote
from evenhand.casework.recorded import RECORDABLE, SOURCE
from evenhand.design.wording import day
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.people.queries.reach import keys_of, of_child
from evenhand.people.queries.scope import may_open
from evenhand.sources.models import SourceReference

ON_A_PAGE = 25
Record = tuple[str, int]
NO_SOURCE = "Recorded here"
LATEST_VALUE = "The case system, which sends the latest day only"


class Happened(NamedTuple):
    """One event of a child: what happened, on which day, and who says so.

    ``withdrawn``: its source no longer holds it, so no clock counts it. ``by_hand`` is the
    reference of what somebody recorded here. ``late_entry`` says how late it was written down.
    """

    kind: str
    day: date
    words: str
    source: str
    withdrawn: bool
    by_hand: str = ""
    late_entry: str = ""


def chronology(
    child: Child, viewer: User, *, page: str | int | None = None, kind: str = ""
) -> Page[Happened]:
    """Return a page of what happened to a child the viewer may see, newest first.

    Two queries: every event's key, for one child has few enough, and the sources of the page's.
    ``kind`` narrows to one kind ("review", "visit" ...). Events whose day is not recorded have no
    place in it.
    """
    shown = keys_of(child) if may_open(viewer, child) else []
    paginator = Paginator(list(_events(shown, kind)), ON_A_PAGE)
    found = paginator.get_page(page)
    found.object_list = _told(found.object_list)
    return found


def _events(children: Sequence[int], kind: str) -> QuerySet[Any, Any]:
    branches = [
        _branch(place, each, children)
        for place, each in enumerate(HAPPENINGS)
        if kind in ("", each.kind)
    ]
    first, *others = branches or [_branch(0, HAPPENINGS[0], [])]
    if not others:
        return first.order_by("-on", "-pk")
    return first.union(*others, all=True).order_by("-on", "-place", "-pk")


def _branch(place: int, each: Kind, children: Sequence[int]) -> QuerySet[Any, Any]:
    rows = each.model.objects.filter(Q(**{f"{each.day}__isnull": False}), child__in=children)
    detail = F(each.detail) if each.detail else Value("", output_field=CharField())
    return (
        rows.order_by()
        .annotate(on=F(each.day), place=Value(place, output_field=IntegerField()), said=detail)
        .values_list("on", "place", "pk", "said", "withdrawn")
    )


def _told(rows: list[tuple[date, int, int, str | None, bool]]) -> list[Happened]:
    sources, keys = _sources(rows)
    labels = [(HAPPENINGS[place].model._meta.label_lower, pk) for _, place, pk, _, _ in rows]
    by_hand = of_records([one for one in labels if SOURCE in keys.get(one, ())])
    notes = _notes_entered(labels)
    told = []
    for on, place, pk, detail, withdrawn in rows:
        each = HAPPENINGS[place]
        label = each.model._meta.label_lower
        unnamed = LATEST_VALUE if each.model in LATEST_ONLY else NO_SOURCE
        typed = by_hand.get((label, pk))
        source = typed.words if typed else sources.get((label, pk), unnamed)
        ref = typed.ref if typed and not typed.is_taken_back else ""
        words = in_words(each, detail or "")
        entered_on = typed.recorded_on if typed else notes.get((label, pk))
        late = entered_late(on, entered_on)
        told.append(Happened(each.kind, on, words, source, withdrawn, ref, late))
    return told


def _notes_entered(labels: list[tuple[str, int]]) -> dict[tuple[str, int], date]:
    """Return the day on which each case note among these was entered, where a source says so."""
    label = CaseNote._meta.label_lower
    wanted = [pk for name, pk in labels if name == label]
    if not wanted:
        return {}
    rows = CaseNote.objects.filter(pk__in=wanted, entered_on__isnull=False)
    return {(label, pk): on for pk, on in rows.values_list("pk", "entered_on") if on}


class Entered(NamedTuple):
    """One event, the day on which it was written down, and by whom."""

    words: str
    on: date
    entered_on: date
    by: str
    length: int | None = None


def entered_of(child: Child) -> list[Entered]:
    """Return the events of a child of which it is told when they were written down.

    The caller found the child by ``child_for``. What was taken back is left out.
    """
    whose = of_child(child)
    records = {
        (one.model._meta.label_lower, row.pk): (one.words, row.held_on)
        for one in RECORDABLE.values()
        for row in one.model.objects.filter(whose, withdrawn=False).exclude(held_on=None)
    }
    by_hand = of_records(records) if records else {}
    typed = [
        Entered(*records[key], one.recorded_on, one.by)
        for key, one in by_hand.items()
        if one.recorded_on is not None and not one.is_taken_back
    ]
    notes = CaseNote.objects.filter(whose, withdrawn=False, held_on__isnull=False)
    return typed + [
        Entered(
            f"Note: {one.kind}" if one.kind else "Note",
            one.held_on,
            one.entered_on,
            one.author,
            one.length,
        )
        for one in notes
        if one.held_on and one.entered_on
    ]


def entered_late(on: date, entered_on: date | None) -> str:
    """Return how late something was written down; on that or the next working day, nothing."""
    days = policy().calendar.working_days_between(on, entered_on) if entered_on else 0
    return f"entered after {days} working days" if days > 1 else ""


def _sources(
    rows: list[tuple[date, int, int, str | None, bool]],
) -> tuple[dict[Record, str], dict[Record, set[str]]]:
    """Return, by record, the name of the source that is believed, and the keys of all."""
    keys: dict[str, set[int]] = defaultdict(set)
    for _, place, pk, _, _ in rows:
        keys[HAPPENINGS[place].model._meta.label_lower].add(pk)
    wanted = Q(pk__in=[])
    for label, pks in keys.items():
        wanted |= Q(target=label, target_id__in=pks)
    found = SourceReference.objects.filter(wanted).order_by("-source__rank")
    names, told = dict[Record, str](), defaultdict[Record, set[str]](set)
    for *record, key, name in found.values_list(
        "target", "target_id", "source__key", "source__name"
    ):
        names[record[0], record[1]] = name
        told[record[0], record[1]].add(key)
    return names, told


def recorded_by_hand(child: Child, key: str) -> SourceReference | None:
    """Return the reference of an event of this child recorded by hand, taken back or not."""
    found = SourceReference.objects.filter(source__key=SOURCE, key=key)
    reference = found.first()
    if reference is None:
        return None
    whose = of_child(child)
    models = {one.model._meta.label_lower: one.model for one in RECORDABLE.values()}
    mine = models[reference.target].objects.filter(whose, pk=reference.target_id)
    return reference if mine.exists() else None


def record_of(reference: SourceReference) -> Any:
    """Return the event that a reference made by hand points to."""
    models = {one.model._meta.label_lower: one.model for one in RECORDABLE.values()}
    return models[reference.target].objects.select_related("child").get(pk=reference.target_id)


def by_hand_in_words(reference: SourceReference) -> str:
    """Return what was recorded by hand, on which day, and when."""
    models = {one.model._meta.label_lower: one for one in RECORDABLE.values()}
    found = models[reference.target]
    record = found.model.objects.get(pk=reference.target_id)
    said = of_records([(reference.target, reference.target_id)])
    by_hand = said[reference.target, reference.target_id].words
    return f"{found.words}, held on {day(record.held_on)}. {by_hand}."
