"""Whatever reads children or what happened to them for somebody asks first what they may see."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from evenhand.people.models import Child

ROOT = Path(settings.PROJECT)
READS = ("queries", "views", "pages", "exports", "tables", "feeds", "api")
ASKS = {"visible_to", "scope_of", "closing_of", "child_for", "teams_counted", "lent_to_others",
        "of_persons"}  # fmt: skip
OF_NOBODY = {
    "evenhand/people/queries/numbers.py": "ids of one number; its callers narrow them by viewer",
    "evenhand/pages/figures.py": "a figure is given, not read",
}


def about_children() -> set[str]:
    """The names of the models that are a child, or lead to one by a foreign key."""
    return {model.__name__ for model in apps.get_models() if _leads_to_child(model, set())}


def _leads_to_child(model: type[Model], met: set[type[Model]]) -> bool:
    if model is Child or model in met:
        return model is Child
    related = [
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field.related_model, type)
    ]
    return any(_leads_to_child(one, met | {model}) for one in related)


def modules() -> Iterator[Path]:
    """Every module whose part of its room is to read for somebody."""
    for path in sorted((ROOT / "evenhand").rglob("*.py")):
        parts = [*path.relative_to(ROOT).parent.parts, path.stem]
        if set(parts) & set(READS) and "formats" not in parts and "policy" not in parts:
            yield path


def reads(tree: ast.AST, names: set[str]) -> bool:
    """Whether a module asks a manager of such a model for rows."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager"}
        and isinstance(node.value, ast.Name)
        and node.value.id in names
        for node in ast.walk(tree)
    )


def asks(tree: ast.AST) -> bool:
    """Whether it names what decides whom a viewer may see."""
    found = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    found |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return bool(found & ASKS)


def test_no_read_of_children_forgets_the_viewer() -> None:
    names = about_children()
    assert {"Child", "Standing", "Visit", "IdentityStatement"} <= names
    forgetful = []
    for path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        where = path.relative_to(ROOT).as_posix()
        if reads(tree, names) and not asks(tree) and where not in OF_NOBODY:
            forgetful.append(where)
    assert forgetful == []


def test_it_would_find_one() -> None:
    tree = ast.parse("def all_of_them():\n    return Child.objects.filter(is_open=True)\n")
    assert reads(tree, about_children())
    assert not asks(tree)
