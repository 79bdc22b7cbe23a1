"""Which facts stay behind: what a model declares as personal, and who a person is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import F, Field, Model
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import Combinable

from evenhand.facts.registry import BINDINGS, Binding, Path
from evenhand.policy.vocabulary import Fact
from evenhand.rules import Standard


def facts_of(subject: str) -> list[Fact]:
    """Return the bound facts of a subject that leave, in the vocabulary's order."""
    bound = (binding for binding in BINDINGS.values() if binding.fact.subject == subject)
    return [binding.fact for binding in bound if not is_withheld(binding)]


def withheld() -> list[str]:
    """Return the names of the bound facts that stay behind."""
    return [name for name, binding in BINDINGS.items() if is_withheld(binding)]


def is_withheld(binding: Binding) -> bool:
    """Whether a fact is a person, or is read from a field that its model declares as personal."""
    if binding.fact.type == "person":
        return True
    return any(_is_personal(binding.model, path) for path in _paths(binding.column))


def tells_a_birthday(standard: Standard) -> bool:
    """Whether a due day counts from a fact that stays behind, and so would give it away."""
    return any(name in BINDINGS and is_withheld(BINDINGS[name]) for name in standard.own_facts)


def _paths(column: Path) -> Iterator[str]:
    """The paths that a column is read from, whatever expression it stands in."""
    if isinstance(column, str):
        yield column
    elif isinstance(column, F):
        yield str(column.name)  # type: ignore[attr-defined]
    else:
        yield from _within(column)


def _within(expression: Combinable) -> Iterator[str]:
    parts: Iterable[object] = getattr(expression, "get_source_expressions", tuple)()
    for part in parts:
        if isinstance(part, Combinable):
            yield from _paths(part)


def _is_personal(model: type[Model], path: str) -> bool:
    *steps, last = path.split(LOOKUP_SEP)
    for step in steps:
        found = model._meta.get_field(step)
        related = found.related_model
        if not isinstance(related, type):
            raise LookupError(f"{model.__name__}.{step} leads nowhere")
        model = related
    field = model._meta.get_field(last)
    return isinstance(field, Field) and field.name in model.Privacy.personal  # type: ignore[attr-defined]
