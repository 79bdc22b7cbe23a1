"""Until which day each fact is known: what the sources declared, and when our own tables began."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Min, Q

from evenhand.accounts.once import is_one_page, once
from evenhand.facts.registry import BINDINGS, Binding
from evenhand.rules.states import Horizon
from evenhand.sources.models import Coverage


def horizons(names: Iterable[str]) -> dict[str, Horizon | None]:
    """Return the horizon of each fact: the best-ranked source's word; None where none holds it.

    A native fact that is bound to a table of ours is held from the first day in that table.
    """
    wanted = set(names)
    found: dict[str, Horizon | None] = dict.fromkeys(wanted)
    declared = _every() if is_one_page() else _declared(Q(fact__in=wanted))
    found |= {fact: horizon for fact, horizon in declared.items() if fact in wanted}
    for name in wanted:
        binding = BINDINGS.get(name)
        if found[name] is None and binding is not None and binding.fact.native:
            found[name] = _since_first_used(binding)
    return found


@once
def _every() -> dict[str, Horizon]:
    """A page asks for the horizons of many facts, a few at a time: all are read at once."""
    return _declared(Q())


def _declared(only: Q) -> dict[str, Horizon]:
    rows = Coverage.objects.filter(only).order_by("-source__rank")
    told = rows.values_list("fact", "complete_from", "complete_to")
    return {fact: Horizon(first, last) for fact, first, last in told}


def _since_first_used(binding: Binding) -> Horizon | None:
    """From the first day of any kind in its table: a row is there before it is done.

    Nothing there yet: nobody uses it, so nothing is held.
    """
    if binding.since is not None:
        rows = binding.model._default_manager.filter(binding.where)
        began = rows.aggregate(first=Min(binding.since))["first"]
        return None if began is None else Horizon(began, None)
    days = {
        f"first_{place}": Min(one.column)
        for place, one in enumerate(BINDINGS.values())
        if one.model is binding.model and one.fact.native and one.fact.type == "date"
    }
    found = binding.model._default_manager.filter(binding.where).aggregate(**days)
    first = min(filter(None, found.values()), default=None)
    return None if first is None else Horizon(first, None)
