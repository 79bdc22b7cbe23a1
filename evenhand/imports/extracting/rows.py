"""Rows of a table of the dataset from records of ours: a recipe read backwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from evenhand.imports import adapting
from evenhand.imports.adapting import Adapt
from evenhand.imports.extracting.keys import Keys
from evenhand.imports.recipes.shape import Field, Recipe

Cells = dict[str, Any]
AT_ONCE = 5_000
DERIVED: tuple[Adapt, ...] = (adapting.factors, adapting.conference_needed)
"""What is worked out from cells that another column keeps, or has a table of its own."""


def rows_of(recipe: Recipe, keys: Keys) -> Iterator[Cells]:
    """The rows of one recipe's table, one for each record that counts, in order of record."""
    fields = [field for field in recipe.fields if not field.aside and field.adapt not in DERIVED]
    columns = [field.column for field in fields]
    child = ("child_id",) if recipe.child else ()
    for pk, *values in _records(recipe, (*child, *columns)):
        cells: Cells = {recipe.key[0]: keys.of(recipe.kind, pk)}
        if child:
            cells[recipe.child[0]] = keys.of("child", values.pop(0))
        for field, value in zip(fields, values, strict=True):
            cells[field.sources[0]] = _cell(field, value, keys)
        yield cells


def _records(recipe: Recipe, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    if recipe.model is None:
        raise LookupError(f"{recipe.kind} has no records of its own")
    rows: Any = recipe.model._default_manager.filter(**dict(recipe.constants)).order_by("pk")
    if any(field.name == "withdrawn" for field in recipe.model._meta.fields):
        rows = rows.filter(withdrawn=False)
    found: Iterator[tuple[Any, ...]] = rows.values_list("pk", *columns).iterator(AT_ONCE)
    return found


def _cell(field: Field, value: Any, keys: Keys) -> str:
    if field.refers:
        return keys.of(field.refers, value)
    if value is None:
        return ""
    if field.staff:
        return (keys.workers if field.staff == "worker" else keys.teams)[value]
    return WRITTEN.get(field.adapt, str)(value)


def flags(value: Mapping[str, Any] | list[Any]) -> str:
    """JSON as the dataset has it; nothing where there is nothing in it."""
    return json.dumps(value, ensure_ascii=False) if value else ""


def yes_no(value: bool) -> str:
    """Y or N."""
    return "Y" if value else "N"


WRITTEN: Mapping[Adapt, Callable[[Any], str]] = {
    adapting.yes_no: yes_no,
    adapting.flags: flags,
}
