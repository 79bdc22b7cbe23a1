"""Reads of where sources differ, and of which leads, for the data officer's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model, QuerySet

from evenhand.accounts.models import Team, User, Worker
from evenhand.imports import ranking
from evenhand.imports.recipes import BY_KIND, KINDS
from evenhand.people.models import Child
from evenhand.sources.models import Difference, Source

Standing = Difference.Standing


def differences(
    *, kind: str = "", source: str = "", field: str = "", standing: str = Standing.OPEN
) -> QuerySet[Difference]:
    """Return the differences of this standing, narrowed to a kind, a source or a field."""
    found = Difference.objects.filter(standing=standing).select_related("source", "believed")
    if kind:
        found = found.filter(kind=kind)
    if source:
        found = found.filter(source__key=source)
    if field:
        found = found.filter(field="" if field == WHOLE else field)
    return found.order_by("kind", "field", "pk")


WHOLE = "whole"
"""How the whole event stands in the filter of fields, where no field differs but all of it."""


class Choices(NamedTuple):
    """What can be chosen to narrow the list: pairs of value and words."""

    kinds: list[tuple[str, str]]
    sources: list[tuple[str, str]]
    fields: list[tuple[str, str]]


def choices() -> Choices:
    """Return the kinds, sources and fields that any open difference has."""
    found = Difference.objects.filter(standing=Standing.OPEN).order_by()
    kinds = sorted(set(found.values_list("kind", flat=True)))
    sources = sorted(set(found.values_list("source__key", "source__name")), key=lambda p: p[1])
    fields = sorted(set(found.values_list("field", flat=True)))
    return Choices(
        [(kind, in_words(kind)) for kind in kinds],
        sources,
        [(field or WHOLE, field_in_words(field)) for field in fields],
    )


def in_words(name: str) -> str:
    """Return a kind of record as people say it."""
    return name.replace("_", " ").replace("section 47", "section 47 enquiry").capitalize()


def field_in_words(field: str) -> str:
    """Return a field as people say it; the whole event where there is none."""
    return in_words(field.removesuffix("_id")) if field else "The whole event"


def alike(difference: Difference) -> QuerySet[Difference]:
    """Return the open differences of the same source, kind and field, this one among them."""
    return Difference.objects.filter(
        standing=Standing.OPEN,
        source=difference.source_id,
        kind=difference.kind,
        field=difference.field,
    )


PERSONAL = frozenset(Child.Privacy.personal)


def is_personal(difference: Difference) -> bool:
    """Say whether its values are a child's own: shown on its page only, where looking is logged."""
    return difference.kind == "child" and difference.field in PERSONAL


def shown_value(difference: Difference, text: str) -> Any:
    """Return a value that a difference kept, as a page shows it."""
    if not text:
        return None
    if difference.field in ("worker_id", "team_id"):
        named: type[Model] = Worker if difference.field == "worker_id" else Team
        return str(named._default_manager.filter(pk=text).first() or text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def child_of(difference: Difference, viewer: User) -> Child | None:
    """Return its child where the viewer may open them; a merged child as the one kept."""
    found = Child.objects.filter(pk=difference.child_id).first()
    kept = None if found is None else found.merged_into_id or found.pk
    return Child.objects.visible_to(viewer).filter(pk=kept).first()


def references_of(differences: Iterable[Difference], viewer: User) -> Mapping[int, str]:
    """Return the reference of each child that the viewer may open, by key: in one query."""
    ids = {one.child_id for one in differences}
    return dict(Child.objects.visible_to(viewer).filter(pk__in=ids).values_list("pk", "ref"))


def record_of(difference: Difference) -> Model | None:
    """Return the record that a difference is about."""
    model = apps.get_model(difference.target)
    return model._default_manager.filter(pk=difference.target_id).first()


class Order(NamedTuple):
    """The sources of one kind of record, the one that leads first; whether the kind has its own."""

    kind: str
    sources: list[str]
    is_own: bool


def orders() -> list[Order]:
    """Return which source leads for every kind that can be ranked."""
    names = dict(Source.objects.values_list("pk", "name"))
    own = set(Source.objects.exclude(ranks=None).values_list("ranks__kind", flat=True))
    return [_order(kind, names, kind in own) for kind in KINDS]


def _order(kind: str, names: Mapping[int, str], is_own: bool) -> Order:
    places = sorted(ranking.ranks(kind).items(), key=lambda pair: pair[1])
    return Order(kind, [names[pk] for pk, _ in places], is_own)


def day_of(difference: Difference) -> date | None:
    """Return the day on which the record of a difference happened or began."""
    recipe = BY_KIND.get(difference.kind)
    record = record_of(difference)
    return getattr(record, recipe.dated, None) if recipe is not None and recipe.dated else None
