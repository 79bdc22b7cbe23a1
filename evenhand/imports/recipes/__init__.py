"""How the tables of each format become records of ours.

A recipe says which table's rows become which model's, by which key they are known again, and
which cells fill which columns. ``OF_FORMAT`` has the recipes of each format; ``KINDS`` every kind
of record in the order in which they must be made, a record after those it points at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from evenhand.imports.recipes import annex_a, cin, report, ssd, ssda903
from evenhand.imports.recipes.people import CHILD_NAME
from evenhand.imports.recipes.shape import Field, Recipe

OF_FORMAT: Final[Mapping[str, tuple[Recipe, ...]]] = {
    "ssd": ssd.RECIPES,
    "ssda903": ssda903.RECIPES,
    "cin": cin.RECIPES,
    "annex_a": annex_a.RECIPES,
    "report": report.RECIPES,
}
EVERY: Final = tuple(recipe for recipes in OF_FORMAT.values() for recipe in recipes)
BY_KIND: Final[Mapping[str, Recipe]] = {r.kind: r for r in reversed(EVERY)}
"""The first recipe of each kind: its model is that of them all."""
KINDS: Final = tuple(dict.fromkeys(recipe.kind for recipe in EVERY))


def recipes_for(format_key: str) -> tuple[Recipe, ...]:
    """The recipes of a format, and that of a roster's names, which may come beside any."""
    own = OF_FORMAT.get(format_key, ())
    return own if CHILD_NAME in own else (*own, CHILD_NAME)


def cells_of_child(table: str) -> tuple[str, ...]:
    """The columns of a table that name a child."""
    of_table = [recipe for recipe in EVERY if recipe.table == table]
    named = [recipe.key if recipe.kind == "child" else recipe.child for recipe in of_table]
    return tuple(dict.fromkeys(cell for cells in named for cell in cells))


__all__ = [
    "BY_KIND",
    "EVERY",
    "KINDS",
    "OF_FORMAT",
    "Field",
    "Recipe",
    "cells_of_child",
    "recipes_for",
]
