"""Until which day each fact is known: what the sources declared, and when our own tables began."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Min

from evenhand.facts.registry import BINDINGS, Binding
from evenhand.rules.states import Horizon
from evenhand.sources.models import Coverage


def horizons(names: Iterable[str]) -> dict[str, Horizon | None]:
    """Return the horizon of each fact: the best-ranked source's word; None where none holds it.

    A native fact that is bound to a table of ours is held from the first day in that table.
    """
    wanted = set(names)
    found: dict[str, Horizon | None] = dict.fromkeys(wanted)
    declared = Coverage.objects.filter(fact__in=wanted).order_by("-source__rank")
    for fact, first, last in declared.values_list("fact", "complete_from", "complete_to"):
        found[fact] = Horizon(first, last)
    for name in wanted:
        binding = BINDINGS.get(name)
        if found[name] is None and binding is not None and binding.fact.native:
            found[name] = _since_first_used(binding)
    return found


def _since_first_used(binding: Binding) -> Horizon | None:
    """From the first day of any kind in its table: a row is there before it is done.

    Nothing there yet: nobody uses it, so nothing is held.
    """
    days = {
        f"first_{place}": Min(one.column)
        for place, one in enumerate(BINDINGS.values())
        if one.model is binding.model and one.fact.native and one.fact.type == "date"
    }
    found = binding.model._default_manager.filter(binding.where).aggregate(**days)
    first = min(filter(None, found.values()), default=None)
    return None if first is None else Horizon(first, None)
