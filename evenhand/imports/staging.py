"""The stage: rows read and converted, waiting in temporary tables until all is checked.

A temporary table belongs to this connection alone: filling it takes no lock that anybody else
waits for, memory stays flat, and the database drops it if the process dies. One stage holds one
kind of record, from however many files and tables.

Columns of every stage: ``part`` (the number of its file), ``line`` (where the row begins in it),
``turn`` (0 for the file that has the last word, 1 for the one before it), ``key`` (the source's),
``fate`` (NULL until it is decided), ``target_id`` (the record's id), ``known`` (the record was
there before), ``was_withdrawn``, ``matched`` (1: found among other sources' records; -1: which one
is in doubt), ``child_key`` and ``child_id``, ``ref`` (a fresh reference, for records that have
one), then the recipes' own. Rows laid out from other stages have no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import Model

from evenhand.accounts.references import new_references
from evenhand.formats.format import Window
from evenhand.formats.reading import Block
from evenhand.formats.recognise import Layout
from evenhand.imports import sql
from evenhand.imports.adapting import same
from evenhand.imports.recipes import BY_KIND, Field, Recipe
from evenhand.imports.staff import Staff

Refusal = tuple[int, str, dict[str, str]]
"""A row that a reader refused: its line, its fate, and its identifiers by column."""

OWN = ("part", "turn", "line", "key", "child_key", "ref")
WITH_REFERENCE = ("child", "family_member", "mother", "supervision", "absence")


def _types(model: type[Model] | None) -> dict[str, str]:
    if model is None:
        return {}
    return {f.column: str(f.db_type(connection)) for f in model._meta.concrete_fields}


class Stage:
    """The temporary table of one kind of record.

    ``recipes`` are those of the batch's format that make this kind, ``recipe`` the first of them
    with the columns of all (where there are none, an empty stage in the shape others expect).
    ``windows`` are the days that its files cover; None: what their own rows span.
    """

    def __init__(self, kind: str, recipes: Sequence[Recipe]) -> None:
        self.kind, self.recipes = kind, tuple(recipes)
        usual = BY_KIND[kind]
        first = min(self.recipes, key=lambda r: r.secondary, default=usual)
        self.fields = _every_field([first, *self.recipes, usual])
        self.recipe = replace(first, fields=tuple(self.fields.values()))
        self.name = f"stage_{kind}"
        self.table = usual.model._meta.db_table if usual.model else ""
        self.supplied: set[str] = set()
        self.of_part: dict[int, Recipe] = {}
        self.read = 0
        self.is_whole = False
        self.windows: list[Window] | None = None
        self.filled = [*OWN, *map(_filled, self.recipe.fields)]
        self._create()

    def _create(self) -> None:
        types = _types(self.recipe.model)
        columns = {
            **dict.fromkeys(("line", "target_id", "child_id"), "bigint"),
            **dict.fromkeys(("part", "turn", "known", "was_withdrawn", "matched"), "integer"),
            **dict.fromkeys(("key", "fate", "child_key", "ref"), "text"),
        }
        for field in self.recipe.fields:
            columns[_filled(field)] = _type(field, types) + _default(field)
            if field.refers:
                columns[field.column] = "bigint"
        sql.run("DROP TABLE IF EXISTS {name}", name=self.name)
        listed = ", ".join(sql.phrase("{c}", c=c) + f" {kind}" for c, kind in columns.items())
        sql.run(sql.phrase("CREATE TEMPORARY TABLE {name}", name=self.name) + f" ({listed})")

    def recipes_of(self, table: str) -> list[Recipe]:
        """The recipes by which rows of a table make this kind."""
        return [recipe for recipe in self.recipes if recipe.table == table]

    def recipe_of(self, part: int | None) -> Recipe:
        """The recipe by which rows of a part came here; the stage's own for laid-out rows."""
        return self.recipe if part is None else self.of_part.get(part, self.recipe)

    def fill(
        self, recipe: Recipe, layout: Layout, block: Block, staff: Staff, part: int, turn: int
    ) -> None:
        """Add the rows of a block of one part."""
        self.of_part[part] = recipe
        self.read += block.read
        if not block.rows:
            return
        cells = dict(zip(_names(layout), zip(*block.rows, strict=True), strict=True))
        count = len(block.rows)
        nothing = [None] * count

        def column(names: Sequence[str]) -> list[Sequence[Any]]:
            return [cells.get(name, nothing) for name in names]

        keys = list(map(recipe.key_of, *column(recipe.key)))
        children = column(recipe.child)[0] if recipe.child else nothing
        with_ref = self.kind in WITH_REFERENCE
        refs: Sequence[Any] = new_references(count) if with_ref else nothing
        columns = [[part] * count, [turn] * count, block.lines, keys, children, refs]
        columns += [_adapted(field, column(field.sources), staff) for field in recipe.fields]
        names = [*OWN, *map(_filled, recipe.fields)]
        rows: Iterable[tuple[Any, ...]] = zip(*columns, strict=True)
        if recipe.secondary:
            rows = (row for row in rows if row[3] is not None)
        with sql.aside():
            sql.insert(self.name, names, list(rows))

    def supply(self, recipe: Recipe, cells: set[str]) -> None:
        """Note which columns a recipe has values for, by the cells that its table has."""
        for field in recipe.fields:
            if not cells.isdisjoint(field.sources):
                self.supplied.add(field.column)

    def refuse(self, recipe: Recipe, rows: Sequence[Refusal], part: int, turn: int) -> None:
        """Keep the keys of rows that a reader refused: they are not absent, only not taken."""
        self.of_part[part] = recipe
        if not rows or (recipe.secondary and self.kind == "child"):
            return
        links = [field for field in recipe.fields if field.refers]
        columns = ["part", "turn", "line", "key", "child_key", "fate", *map(_filled, links)]
        values = []
        for line, fate, ids in rows:
            of = {name: [ids.get(cell) for cell in cells] for name, cells in _keyed(recipe, links)}
            keys = [recipe.key_of(*of["key"]), (of["child_key"] or [None])[0]]
            if recipe.secondary and keys[0] is None:
                continue
            found = [link.adapt(*of[_filled(link)]) for link in links]
            values.append((part, turn, line, keys[0], keys[1], fate, *found))
        with sql.aside():
            sql.insert(self.name, columns, values)

    def finish(self) -> None:
        """Index the stage, and tell PostgreSQL what is in it."""
        index = f"{self.name}_key"
        sql.run("CREATE INDEX {index} ON {name} (key)", index=index, name=self.name)
        if connection.vendor == "postgresql":
            sql.run("ANALYZE {name}", name=self.name)

    @property
    def model(self) -> type[Model]:
        """The model of its records; LookupError for a stage whose rows are folded into others."""
        if self.recipe.model is None:
            raise LookupError(f"{self.kind} has no records of its own")
        return self.recipe.model

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the model that this stage fills."""
        own = tuple(field.column for field in self.recipe.fields if not field.aside)
        return ("child_id", *own) if self._has_child else own

    @property
    def compared(self) -> tuple[str, ...]:
        """The columns that the source supplies: only these can be changed by it."""
        fields = [field for field in self.recipe.fields if not field.aside]
        kept = tuple(f.column for f in fields if self.is_supplied(f))
        return ("child_id", *kept) if self._has_child else kept

    def child_of(self, row: str) -> str:
        """SQL for the child of a row of the stage or of its table; NULL where it is of nobody's."""
        if self.recipe.child:
            return f"{row}.child_id"
        return f"{row}.{'target_id' if row == 's' else 'id'}" if self.kind == "child" else "NULL"

    @property
    def _has_child(self) -> bool:
        return bool(self.recipe.child) and self.recipe.model is not None

    @property
    def has_withdrawn(self) -> bool:
        """Whether its records can be marked as withdrawn."""
        return "withdrawn" in _types(self.recipe.model)

    def may_be_blank(self, column: str) -> bool:
        """Whether a record may be without a value in a column; LookupError without a model."""
        return any(f.column == column and f.null for f in self.model._meta.concrete_fields)

    def is_supplied(self, field: Field) -> bool:
        """Whether any row of the batch has a value for a field."""
        if not self.recipe.table:
            return any(field.column == own.column for own in self._first.fields)
        return field.by_time or field.column in self.supplied

    @property
    def _first(self) -> Recipe:
        return self.recipes[0] if self.recipes else BY_KIND[self.kind]

    def fates(self, part: int) -> dict[str, int]:
        """How many rows of a part have each fate."""
        counted = "SELECT fate, count(*) FROM {name} WHERE part = %s GROUP BY fate"
        return {fate: int(count) for fate, count in sql.rows(counted, [part], name=self.name)}


def _every_field(recipes: Iterable[Recipe]) -> dict[str, Field]:
    """The fields of all these recipes by column, the first one's word for each."""
    found: dict[str, Field] = {}
    for recipe in recipes:
        for field in recipe.fields:
            found.setdefault(field.column, field)
    return found


def _keyed(recipe: Recipe, links: Sequence[Field]) -> list[tuple[str, tuple[str, ...]]]:
    own = [("key", recipe.key), ("child_key", recipe.child)]
    return own + [(_filled(link), link.sources) for link in links]


def _filled(field: Field) -> str:
    return f"{field.column}_key" if field.refers else field.column


def _type(field: Field, types: Mapping[str, str]) -> str:
    if field.refers:
        return "text"
    return field.aside or types[field.column]


def blank_of(field: Field) -> Any:
    """What stands in a column where nothing is recorded: as the adapter writes a blank."""
    return None if field.refers or field.staff else field.adapt(*[None] * len(field.sources))


def _default(field: Field) -> str:
    blank = blank_of(field)
    written = str(blank).replace("{}", "{{}}")
    return f" DEFAULT '{written}'" if blank in ("", "{}", "[]") else ""


def _names(layout: Layout) -> Iterable[str]:
    return (column.name for column in layout.table.every_column)


def _adapted(field: Field, columns: list[Sequence[Any]], staff: Staff) -> Sequence[Any]:
    if not field.staff:
        return list(map(field.adapt, *columns))
    codes = columns[0] if field.adapt is same else map(field.adapt, *columns)
    return list(map(staff.by(field.staff), codes))
