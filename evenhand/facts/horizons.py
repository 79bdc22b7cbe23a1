"""Until which day each fact is known: what the sources declared, and when our own tables began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from django.db.models import Min, Q

from evenhand.accounts.once import is_one_page, once
from evenhand.facts.registry import BINDINGS, Binding, FirstTold
from evenhand.rules.states import Horizon
from evenhand.sources.models import Coverage

Horizons = dict[str, Horizon | None]


def horizons(names: Iterable[str]) -> dict[str, Horizon | None]:
    """Return the horizon of each fact: the best-ranked source's word; None where none holds it.

    A native fact that is bound to a table of ours is held from the first day in that table.
    """
    wanted = set(names)
    found: dict[str, Horizon | None] = dict.fromkeys(wanted)
    declared = _every() if is_one_page() else _declared(Q(fact__in=wanted))
    found |= {fact: horizon for fact, horizon in declared.items() if fact in wanted}
    undeclared = [BINDINGS[name] for name in wanted if found[name] is None and name in BINDINGS]
    return found | _first_used([one for one in undeclared if one.fact.native])


def _first_used(bindings: Iterable[Binding]) -> dict[str, Horizon | None]:
    """From when each native fact is held. One query for a table that says it of many."""
    found: dict[str, Horizon | None] = {}
    together: dict[FirstTold, list[str]] = defaultdict(list)
    alike: dict[Hashable, Horizon | None] = {}
    for one in bindings:
        if isinstance(one.since, FirstTold):
            together[one.since].append(one.fact.name)
            continue
        key = (one.model, one.where, one.since)
        if key not in alike:
            alike[key] = _since_first_used(one, one.since)
        found[one.fact.name] = alike[key]
    for told, names in together.items():
        found |= _first_told(told, names)
    return found


def _first_told(told: FirstTold, names: Sequence[str]) -> Horizons:
    began = dict(told.model._default_manager.values_list(told.names, told.day))
    return {name: Horizon(began[name], None) if name in began else None for name in names}


@once
def _every() -> dict[str, Horizon]:
    """A page asks for the horizons of many facts, a few at a time: all are read at once."""
    return _declared(Q())


def _declared(only: Q) -> dict[str, Horizon]:
    rows = Coverage.objects.filter(only).order_by("-source__rank")
    told = rows.values_list("fact", "complete_from", "complete_to")
    return {fact: Horizon(first, last) for fact, first, last in told}


def _since_first_used(binding: Binding, since: str | None) -> Horizon | None:
    """From the first day of any kind in its table: a row is there before it is done.

    Nothing there yet: nobody uses it, so nothing is held.
    """
    if since is not None:
        rows = binding.model._default_manager.filter(binding.where)
        began = rows.aggregate(first=Min(since))["first"]
        return None if began is None else Horizon(began, None)
    days = {
        f"first_{place}": Min(one.column)
        for place, one in enumerate(BINDINGS.values())
        if one.model is binding.model and one.fact.native and one.fact.type == "date"
    }
    found = binding.model._default_manager.filter(binding.where).aggregate(**days)
    first = min(filter(None, found.values()), default=None)
    return None if first is None else Horizon(first, None)
