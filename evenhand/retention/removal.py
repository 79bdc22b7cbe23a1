"""Removing a child from every room: every row of the plan, and what only points or names.

Rows of other children that point at one that goes are loosened; where they cannot be, they belong
to it and go too. Nothing is left to the database's own cascades.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Field, Model, Q

from evenhand.people.models import Adult, Child, Family, FamilyMember, Relationship
from evenhand.problems import Problem
from evenhand.retention.plan import BY_NUMBER, PLAN, STAYS
from evenhand.sources.models import Mend, RowFinding, SourceReference

Rows = dict[str, set[int]]
KEY_COLUMNS = ("person_id", "child_id", "childid", "child unique id", "child")
SHORTEST_NAME = 2


class Gone(NamedTuple):
    """What was removed: how many rows by model, the records' own references, the sources' keys."""

    counts: Mapping[str, int]
    records: list[str]
    keys: list[tuple[str, str, str]]


def whole_of(child: Child) -> list[Child]:
    """Return a child's record with those that were merged into it."""
    return [child, *Child.objects.filter(merged_into=child).order_by("pk")]


def rows_of(children: Collection[Child]) -> Rows:
    """Return the keys of every row that goes with these children, by model."""
    pks = [child.pk for child in children]
    adults = _adults_of(pks)
    found: Rows = defaultdict(set)
    for label, line in PLAN.items():
        wanted = Q(pk__in=[])
        for path in line.child:
            wanted |= Q(**{f"{path}__in": pks})
        for path in line.adult:
            wanted |= Q(**{f"{path}__in": adults})
        found[label] |= _keys(label, wanted)
    found["people.family"] |= _families_of(pks)
    _with_what_belongs(found)
    return {label: keys for label, keys in found.items() if keys}


def _keys(label: str, wanted: Q) -> set[int]:
    return set(apps.get_model(label)._base_manager.filter(wanted).values_list("pk", flat=True))


def _adults_of(pks: Collection[int]) -> list[int]:
    """The parents and carers of nobody but these children."""
    theirs = Adult.objects.filter(relationships__child__in=pks)
    others = Relationship.objects.exclude(child__in=pks).values("adult")
    return list(theirs.exclude(pk__in=others).values_list("pk", flat=True).distinct())


def _families_of(pks: Collection[int]) -> set[int]:
    theirs = Family.objects.filter(members__child__in=pks)
    others = FamilyMember.objects.exclude(child__in=pks).values("family")
    return set(theirs.exclude(pk__in=others).values_list("pk", flat=True))


def _with_what_belongs(found: Rows) -> None:
    """Add rows that point at these and cannot be without; loosening the rest waits for removal."""
    todo = [(label, set(keys)) for label, keys in found.items() if keys]
    while todo:
        label, keys = todo.pop()
        for pointing, field in _pointing_at(label):
            if field.null:
                continue
            more = _keys(pointing, Q(**{f"{field.name}__in": keys})) - found[pointing]
            if more:
                found[pointing] |= more
                todo.append((pointing, more))


def _pointing_at(label: str) -> Iterator[tuple[str, Field[Any, Any]]]:
    for relation in apps.get_model(label)._meta.related_objects:
        if relation.many_to_many:
            continue
        pointing = relation.related_model._meta.label_lower
        if pointing not in PLAN and pointing not in BY_NUMBER and pointing not in STAYS:
            raise Problem(
                f"The disposal plan says nothing of {pointing}, which points at {label}.",
                "Nothing was removed. Tell who keeps Evenhand: it is our fault.",
            )
        yield pointing, relation.field


def remove(children: Collection[Child]) -> Gone:
    """Remove these children from every room, in the caller's transaction; return what went."""
    found = rows_of(children)
    records = sorted(_references_of(found))
    keys = list(_source_keys(found))
    _add_what_points(found, children, keys)
    for label in found:
        for pointing, field in _pointing_at(label):
            if field.null and not field.primary_key:
                _loosen(pointing, field, found[label], found.get(pointing, set()))
    for label, pks in found.items():
        _delete(apps.get_model(label), pks)
    return Gone({label: len(pks) for label, pks in sorted(found.items())}, records, keys)


def _references_of(found: Rows) -> Iterator[str]:
    for label, pks in found.items():
        model = apps.get_model(label)
        if any(field.name == "ref" for field in model._meta.concrete_fields):
            yield from model._base_manager.filter(pk__in=pks).values_list("ref", flat=True)


def _source_keys(found: Rows) -> Iterator[tuple[str, str, str]]:
    for label, pks in found.items():
        rows = SourceReference.objects.filter(target=label, target_id__in=pks)
        yield from rows.values_list("source__key", "kind", "key")


def _add_what_points(
    found: Rows, children: Collection[Child], keys: Collection[tuple[str, str, str]]
) -> None:
    pointing = Q(pk__in=[])
    for label, pks in list(found.items()):
        pointing |= Q(target=label, target_id__in=pks)
    told_of = pointing | Q(child_id__in=[child.pk for child in children])
    added: Rows = {
        "sources.sourcereference": _keys("sources.sourcereference", pointing),
        "sources.difference": _keys("sources.difference", told_of),
        "sources.rowfinding": set(_refused_rows(children, keys)),
        "sources.mend": set(_mends(keys)),
    }
    found |= {label: pks for label, pks in added.items() if pks}


def _refused_rows(
    children: Collection[Child], keys: Collection[tuple[str, str, str]]
) -> Iterator[int]:
    """Rows of a file, refused or noted, that hold the source's key of a child or both names."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for source, kind, key in keys:
        if kind == "child":
            numbers[source].add(key)
    names = [_names(child) for child in children if len(_names(child)) > 1]
    every = set().union(*numbers.values())
    wanted = Q(key__in=every)
    for text in {*every, *(parts[1] for parts in names)}:
        wanted |= Q(row__icontains=text)
    rows = RowFinding.objects.filter(wanted)
    for pk, source, key, row in rows.values_list("pk", "file__batch__source__key", "key", "row"):
        cells = {name.lower(): str(cell).strip().lower() for name, cell in (row or {}).items()}
        if _is_theirs(key, cells, numbers[source], names):
            yield pk


def _names(child: Child) -> list[str]:
    names = (child.forename.strip().lower(), child.surname.strip().lower())
    return [name for name in names if len(name) >= SHORTEST_NAME]


def _is_theirs(
    key: str, cells: Mapping[str, str], numbers: Collection[str], names: Collection[list[str]]
) -> bool:
    lowered = {number.lower() for number in numbers}
    keyed = [cell for name, cell in cells.items() if name.endswith(KEY_COLUMNS)]
    if any(cell in lowered for cell in keyed) or (not keyed and key.lower() in lowered):
        return True
    held = set(cells.values())
    return any(set(parts) <= held for parts in names)


def _mends(keys: Collection[tuple[str, str, str]]) -> Iterator[int]:
    own = {(source, key) for source, _, key in keys}
    rows = Mend.objects.exclude(key="").filter(key__in={key for _, key in own})
    for pk, source, key in rows.values_list("pk", "source__key", "key"):
        if (source, key) in own:
            yield pk


def _loosen(pointing: str, field: Field[Any, Any], pks: set[int], going: set[int]) -> None:
    rows = apps.get_model(pointing)._base_manager.filter(**{f"{field.name}__in": pks})
    rows.exclude(pk__in=going).update(**{field.name: None})


def _delete(model: type[Model], pks: set[int]) -> None:
    rows = model._base_manager.filter(pk__in=pks)
    rows._raw_delete(rows.db)  # type: ignore[attr-defined]
