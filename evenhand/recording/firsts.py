"""From which day on each fact of the forms is told, as records are made, changed, taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Min

from evenhand.recording.models import Answer, FirstDay, Recording


def note(recording: Recording) -> set[str]:
    """Note a record's day for each fact that it asks for, where none is as early.

    Return the facts that are held from another day than before.
    """
    facts = facts_of(recording)
    held = dict(FirstDay.objects.filter(fact__in=facts).values_list("fact", "on"))
    earlier = {fact for fact in facts if fact not in held or recording.on < held[fact]}
    for fact in earlier:
        FirstDay.objects.update_or_create(fact=fact, defaults={"on": recording.on})
    return earlier


def renew(facts: Collection[str], was: date) -> set[str]:
    """Find the first days anew of those of these facts whose first day was that of a record that
    has changed. Return the facts that are held from another day than before."""
    before = dict(FirstDay.objects.filter(fact__in=facts, on__gte=was).values_list("fact", "on"))
    affected = list(before)
    kept = Answer.objects.filter(fact__in=affected, recording__entered_in_error=False).order_by()
    found = dict(kept.values_list("fact").annotate(Min("recording__on")))
    for fact in affected:
        if fact in found:
            FirstDay.objects.filter(fact=fact).update(on=found[fact])
        else:
            FirstDay.objects.filter(fact=fact).delete()
    return {fact for fact, on in before.items() if found.get(fact) != on}


def facts_of(recording: Recording) -> set[str]:
    """Return the facts that a record asks for."""
    return set(recording.answers.exclude(fact="").values_list("fact", flat=True))
