"""The stage: rows read and converted, waiting in temporary tables until all is checked.

A temporary table belongs to this connection alone: filling it takes no lock that anybody else
waits for, memory stays flat, and the database drops it if the process dies. One stage holds one
kind of record.

Columns of every stage: ``line`` (where the row begins in its file), ``key`` (the source's),
``fate`` (NULL until it is decided), ``target_id`` (the record's id), ``known`` (the record was
there before), ``was_withdrawn``, ``matched`` (1: found among other sources' records; -1: which one
is in doubt), ``child_key`` and ``child_id``, ``ref`` (a fresh reference, for records that have
one), then the recipe's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from evenhand.accounts.references import new_references
from evenhand.formats.reading import Block
from evenhand.formats.recognise import Layout
from evenhand.imports import sql
from evenhand.imports.recipes import Field, Recipe
from evenhand.imports.staff import Staff

Refusal = tuple[int, str, dict[str, str]]
"""A row that a reader refused: its line, its fate, and its identifiers by column."""

OWN = ("line", "key", "child_key", "ref")
WITH_REFERENCE = ("child", "family_member", "mother")


def _types(model: type[Model] | None) -> dict[str, str]:
    if model is None:
        return {}
    return {f.column: str(f.db_type(connection)) for f in model._meta.concrete_fields}


class Stage:
    """The temporary table of one recipe."""

    def __init__(self, recipe: Recipe, layout: Layout | None = None) -> None:
        self.recipe, self.layout = recipe, layout
        self.name = f"stage_{recipe.kind}"
        self.table = recipe.model._meta.db_table if recipe.model else ""
        self.supplied: set[str] = set()
        self.read = 0
        self.is_whole = layout is not None
        self.filled = [*OWN, *(_filled(field) for field in recipe.fields)]
        self._create()

    def _create(self) -> None:
        types = _types(self.recipe.model)
        columns = {
            **dict.fromkeys(("line", "target_id", "child_id"), "bigint"),
            **dict.fromkeys(("key", "fate", "child_key", "ref"), "text"),
            **dict.fromkeys(("known", "was_withdrawn", "matched"), "integer"),
        }
        for field in self.recipe.fields:
            columns[_filled(field)] = _type(field, types)
            if field.refers:
                columns[field.column] = "bigint"
        sql.run("DROP TABLE IF EXISTS {name}", name=self.name)
        listed = ", ".join(sql.phrase("{c}", c=c) + f" {kind}" for c, kind in columns.items())
        sql.run(sql.phrase("CREATE TEMPORARY TABLE {name}", name=self.name) + f" ({listed})")

    def fill(self, block: Block, staff: Staff) -> None:
        """Add the rows of a block."""
        self.read += block.read
        if not block.rows or self.layout is None:
            return
        cells = dict(zip(_names(self.layout), zip(*block.rows, strict=True), strict=True))
        nothing = [None] * len(block.rows)

        def column(names: Sequence[str]) -> list[Sequence[Any]]:
            return [cells.get(name, nothing) for name in names]

        recipe = self.recipe
        keys = list(map(recipe.key_of, *column(recipe.key)))
        children = column(recipe.child)[0] if recipe.child else nothing
        with_ref = recipe.kind in WITH_REFERENCE
        refs: Sequence[Any] = new_references(len(keys)) if with_ref else nothing
        columns = [block.lines, keys, children, refs]
        columns += [_adapted(field, column(field.sources), staff) for field in recipe.fields]
        with sql.aside():
            sql.insert(self.name, self.filled, list(zip(*columns, strict=True)))

    def refuse(self, rows: Sequence[Refusal]) -> None:
        """Keep the keys of rows that a reader refused: they are not absent, only not taken."""
        if not rows:
            return
        links = [field for field in self.recipe.fields if field.refers]
        columns = ["line", "key", "child_key", "fate", *(_filled(field) for field in links)]
        values = []
        for line, fate, ids in rows:
            of = {name: [ids.get(cell) for cell in cells] for name, cells in self._keyed(links)}
            keys = [self.recipe.key_of(*of["key"]), (of["child_key"] or [None])[0]]
            found = [link.adapt(*of[_filled(link)]) for link in links]
            values.append((line, keys[0], keys[1], fate, *found))
        with sql.aside():
            sql.insert(self.name, columns, values)

    def _keyed(self, links: Sequence[Field]) -> list[tuple[str, tuple[str, ...]]]:
        own = [("key", self.recipe.key), ("child_key", self.recipe.child)]
        return own + [(_filled(link), link.sources) for link in links]

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
            raise LookupError(f"{self.recipe.kind} has no records of its own")
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

    @property
    def _has_child(self) -> bool:
        return bool(self.recipe.child) and self.recipe.model is not None

    @property
    def has_withdrawn(self) -> bool:
        """Whether its records can be marked as withdrawn."""
        return "withdrawn" in _types(self.recipe.model)

    def is_supplied(self, field: Field) -> bool:
        """Whether any row of the batch has a value for a field."""
        return self.layout is None or field.by_time or not self.supplied.isdisjoint(field.sources)

    def fates(self) -> dict[str, int]:
        """How many rows have each fate."""
        found = sql.rows("SELECT fate, count(*) FROM {name} GROUP BY fate", name=self.name)
        return {fate: int(count) for fate, count in found}


def _filled(field: Field) -> str:
    return f"{field.column}_key" if field.refers else field.column


def _type(field: Field, types: dict[str, str]) -> str:
    if field.refers:
        return "text"
    return field.aside or types[field.column]


def _names(layout: Layout) -> Iterable[str]:
    return (column.name for column in layout.table.every_column)


def _adapted(field: Field, columns: list[Sequence[Any]], staff: Staff) -> Sequence[Any]:
    if field.staff == "worker":
        return list(map(staff.worker, columns[0]))
    if field.staff == "team":
        return list(map(staff.team, columns[0]))
    return list(map(field.adapt, *columns))
