"""From which day on each fact of the forms is told, as records are made, changed, taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Min

from evenhand.recording.models import Answer, FirstDay, Recording


def note(recording: Recording) -> None:
    """Note a record's day for each fact that it asks for, where none is as early."""
    facts = facts_of(recording)
    held = dict(FirstDay.objects.filter(fact__in=facts).values_list("fact", "on"))
    for fact in facts:
        if fact not in held or recording.on < held[fact]:
            FirstDay.objects.update_or_create(fact=fact, defaults={"on": recording.on})


def renew(facts: Collection[str], was: date) -> None:
    """Find the first days anew of those of these facts whose first day was that of a record that
    has changed."""
    first = FirstDay.objects.filter(fact__in=facts, on__gte=was)
    affected = list(first.values_list("fact", flat=True))
    kept = Answer.objects.filter(fact__in=affected, recording__entered_in_error=False).order_by()
    found = dict(kept.values_list("fact").annotate(Min("recording__on")))
    for fact in affected:
        if fact in found:
            FirstDay.objects.filter(fact=fact).update(on=found[fact])
        else:
            FirstDay.objects.filter(fact=fact).delete()


def facts_of(recording: Recording) -> set[str]:
    """Return the facts that a record asks for."""
    return set(recording.answers.exclude(fact="").values_list("fact", flat=True))
