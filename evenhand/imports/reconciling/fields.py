"""The columns of records as differences show and compare them: which, when blank, and as text."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import Field as Column

from evenhand.imports import sql
from evenhand.imports.staging import Stage

LONGEST = 500
NOTHING_IN_IT = len("{}")


def compared(stage: Stage) -> Iterator[Column]:  # type: ignore[type-arg]
    """The columns that this stage's source supplies, the child itself left out."""
    by_column = {f.column: f for f in stage.model._meta.concrete_fields}
    for name in stage.compared:
        if name != "child_id":
            yield by_column[name]


def is_listed(stage: Stage, column: Column) -> bool:  # type: ignore[type-arg]
    """Whether a person is told where this column differs: not of links, nor of whole forms."""
    links = {field.column for field in stage.recipe.fields if field.refers}
    return column.column not in links and not isinstance(column, models.JSONField)


def blank(column: Column, of: str) -> str:  # type: ignore[type-arg]
    """SQL: whether a record (or a staged row) has no value in a column."""
    name = sql.phrase(f"{of}.{{c}}", c=column.column)
    if isinstance(column, models.JSONField):
        text = name if sql.is_sqlite() else f"{name}::text"
        return f"({name} IS NULL OR length({text}) <= {NOTHING_IN_IT})"
    if isinstance(column, models.CharField | models.TextField):
        return f"({name} IS NULL OR {name} = '')"
    return f"({name} IS NULL)"


def differ(column: Column) -> str:  # type: ignore[type-arg]
    """SQL: whether a staged row and its record differ in a column; capitals do not matter."""
    if isinstance(column, models.CharField | models.TextField):
        return sql.phrase("lower(trim(t.{c})) <> lower(trim(s.{c}))", c=column.column)
    if isinstance(column, models.JSONField) and not sql.is_sqlite():
        return sql.phrase("t.{c}::text <> s.{c}::text", c=column.column)
    return sql.phrase("t.{c} <> s.{c}", c=column.column)


def as_text(column: Column, of: str) -> str:  # type: ignore[type-arg]
    """SQL: a value as a difference keeps it; empty where there is none."""
    name = sql.phrase(f"{of}.{{c}}", c=column.column)
    if isinstance(column, models.BooleanField):
        return f"CASE WHEN {name} THEN 'yes' WHEN NOT {name} THEN 'no' ELSE '' END"
    return f"substr(coalesce(CAST({name} AS text), ''), 1, {LONGEST})"


def from_text(column: Column, text: str) -> object:  # type: ignore[type-arg]
    """The value that a difference kept as text."""
    if isinstance(column, models.BooleanField):
        return {"yes": True, "no": False}.get(text)
    if not text and column.null:
        return None
    return column.to_python(text)
