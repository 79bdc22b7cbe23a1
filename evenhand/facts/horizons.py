"""Until which day each fact is known: what the sources declared, and when our own tables began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import CharField, F, Min, Model, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from evenhand.accounts.once import is_one_page, once
from evenhand.facts.registry import BINDINGS, Binding, FirstTold
from evenhand.rules.states import Horizon
from evenhand.sources.models import Coverage

Horizons = dict[str, Horizon | None]
Table = tuple[type[Model], Q, str | None]  # with the path to the day of a row, if not its own


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
    """From when each native fact is held. One query.

    Nothing there yet: nobody uses it, so nothing is held.
    """
    together: dict[FirstTold, list[str]] = defaultdict(list)
    alike: dict[Table, list[str]] = defaultdict(list)
    for one in bindings:
        if isinstance(one.since, FirstTold):
            together[one.since].append(one.fact.name)
        else:
            alike[one.model, one.where, one.since].append(one.fact.name)
    tables, began = list(alike), _first_days(list(alike), list(together))
    days = {name: began.get(str(place)) for place, one in enumerate(tables) for name in alike[one]}
    days |= {name: began.get(name) for names in together.values() for name in names}
    return {name: Horizon(day, None) if day is not None else None for name, day in days.items()}


@once
def _every() -> dict[str, Horizon]:
    """A page asks for the horizons of many facts, a few at a time: all are read at once."""
    return _declared(Q())


def _declared(only: Q) -> dict[str, Horizon]:
    rows = Coverage.objects.filter(only).order_by("-source__rank")
    told = rows.values_list("fact", "complete_from", "complete_to")
    return {fact: Horizon(first, last) for fact, first, last in told}


def _first_days(tables: Sequence[Table], told: Sequence[FirstTold]) -> dict[str, date]:
    """Return the first day of any kind in each table, by its place, and of each fact that a table
    says of many, by its name: a row is there before it is done. One query."""
    asked = [
        model._default_manager.filter(where)
        .order_by()
        .values(what=Value(str(place), output_field=CharField()))
        .annotate(first_day=Min(column))
        .values_list("what", "first_day")
        for place, (model, where, since) in enumerate(tables)
        for column in ([since] if since is not None else _own_days(model))
    ]
    asked += [
        one.model._default_manager.order_by()
        .annotate(what=Cast(one.names, CharField()), first_day=F(one.day))
        .values_list("what", "first_day")
        for one in told
    ]
    found: dict[str, date] = {}
    for what, day in asked[0].union(*asked[1:], all=True) if asked else ():
        if day is not None:
            found[what] = min(day, found.get(what, day))
    return found


def _own_days(model: type[Model]) -> list[str | Combinable]:
    return [
        one.column
        for one in BINDINGS.values()
        if one.model is model and one.fact.native and one.fact.type == "date"
    ]
