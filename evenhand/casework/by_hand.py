"""What was recorded by hand and has since been confirmed: when, in words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from evenhand.casework.recorded import SOURCE
from evenhand.design.wording import day
from evenhand.history.models import Entry
from evenhand.sources.models import Source, SourceReference

Key = tuple[str, int]  # the model's label, and the record's key
RECORDED, CONFIRMED = "event.recorded", "import.confirmed"


class ByHand(NamedTuple):
    """One event that somebody recorded here: the reference of it, and how a page says so.

    ``recorded_on`` and ``by`` say when and by whom, as far as the history still tells.
    """

    ref: str
    words: str
    is_taken_back: bool
    recorded_on: date | None = None
    by: str = ""


def of_records(records: Collection[Key]) -> dict[Key, ByHand]:
    """Return what was recorded by hand among these records."""
    wanted = _wanted(records, "target", "target_id")
    references = list(SourceReference.objects.filter(wanted, source__key=SOURCE))
    if not references:
        return {}
    names = dict(Source.objects.values_list("key", "name"))
    keys = {(one.target, one.target_id) for one in references}
    entries = Entry.objects.filter(_wanted(keys, "subject", "subject_id"))
    said: dict[tuple[str, Key], tuple[datetime, str]] = {}
    writers: dict[Key, str] = {}
    told_of = entries.filter(action__in=(RECORDED, CONFIRMED)).select_related("actor")
    for entry in told_of.order_by("-at", "-pk"):
        source = (entry.changes or {}).get("confirmed_by", ["", ""])[1]
        told = (entry.at, names.get(str(source), str(source)))
        said[entry.action, (entry.subject, entry.subject_id or 0)] = told
        if entry.action == RECORDED and entry.actor is not None:
            writers[entry.subject, entry.subject_id or 0] = entry.actor.name
    return {key: _by_hand(one, key, said, writers.get(key, "")) for one, key in _keyed(references)}


def _keyed(references: list[SourceReference]) -> list[tuple[SourceReference, Key]]:
    return [(one, (one.target, one.target_id)) for one in references]


def _by_hand(
    one: SourceReference, key: Key, said: dict[tuple[str, Key], tuple[datetime, str]], by: str
) -> ByHand:
    recorded = said.get((RECORDED, key))
    on = timezone.localdate(recorded[0]) if recorded else None
    return ByHand(one.key, _words(key, said), one.withdrawn_in_id is not None, on, by)


def _wanted(records: Collection[Key], label: str, key: str) -> Q:
    wanted = Q(pk__in=[])
    for name in {name for name, _ in records}:
        wanted |= Q(**{label: name, f"{key}__in": [pk for of, pk in records if of == name]})
    return wanted


def _words(key: Key, said: dict[tuple[str, Key], tuple[datetime, str]]) -> str:
    recorded, confirmed = said.get((RECORDED, key)), said.get((CONFIRMED, key))
    words = "Recorded by hand"
    if recorded is not None:
        words += f" on {day(timezone.localtime(recorded[0]))}"
    if confirmed is None:
        return f"{words}, not yet shown by the case system"
    return f"{words}, confirmed by {confirmed[1]} on {day(timezone.localtime(confirmed[0]))}"
