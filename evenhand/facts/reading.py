"""Facts read for the rules: one case, or columns of every subject, by the same SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from evenhand.facts.expressions import EpochDay, EpochMicrosecond, Flag, Whole
from evenhand.facts.holding import NOTHING, Integers, gathered, integers, single, value_at
from evenhand.facts.horizons import horizons
from evenhand.facts.registry import (
    BINDINGS,
    SUBJECTS,
    Binding,
    Path,
    Subject,
    merged_children,
)
from evenhand.rules.table import AnyColumn
from evenhand.rules.values import Case

Row = tuple[Any, ...]
AT_ONCE = 5_000
INTEGERS = {"date": EpochDay, "moment": EpochMicrosecond, "yes_no": Flag, "number": Whole}


@dataclass(frozen=True)
class Subjects:
    """Subjects in order of key: whose they are (0: nobody's), and their facts by name."""

    name: str
    ids: Integers
    children: Integers
    teams: Integers
    workers: Integers
    facts: dict[str, AnyColumn]

    def case(self, place: int) -> Case:
        """The facts of the subject at a place, as the reference engine takes them."""
        return {name: value_at(column, place) for name, column in self.facts.items()}

    def cases(self) -> Iterator[Case]:
        """The facts of each subject in turn."""
        return (self.case(place) for place in range(len(self.ids)))


def columns(
    subject: str,
    names: Iterable[str],
    *,
    ids: Sequence[int] | None = None,
    children: Sequence[int] | None = None,
) -> Subjects:
    """Read these facts of every subject (or of some, or of some children's) into columns.

    A name that nothing is bound to is left out: it is recorded nowhere. So is a fact of many
    values that no source holds, since no rows would then say "none" where it is not known.
    """
    found = SUBJECTS[subject]
    bound = [BINDINGS[name] for name in dict.fromkeys(names) if name in BINDINGS]
    own = [binding for binding in bound if binding.is_own]
    others = _held([binding for binding in bound if not binding.is_own])
    merged = merged_children()
    rows = _subject_rows(found, own, _only(found, ids, _kin(children, merged)))
    keys = [integers(column) for column in rows[:4]]
    keys[1] = _kept(keys[1], merged)
    facts: dict[str, AnyColumn] = {
        binding.fact.name: single(binding.fact, column)
        for binding, column in zip(own, rows[4:], strict=True)
    }
    some = None if ids is None and children is None else keys[0].tolist()
    owners = merged if found.child == "pk" else {}
    for binding in others:
        facts[binding.fact.name] = _related(binding, keys[0], some, owners)
    return Subjects(subject, keys[0], keys[1], keys[2], keys[3], facts)


def days_of(names: Sequence[str]) -> tuple[Integers, Integers]:
    """Return the children of records of several kinds, and each record's day: one query for all.

    What has no such day is left out. LookupError for a fact that is no day of its own record.
    """
    first, *others = (_days_of(name) for name in names)
    children, days = fetch_integers(first.union(*others, all=True), 2)
    known = days != NOTHING
    return _kept(children[known], merged_children()), days[known]


def _days_of(name: str) -> QuerySet[Any, Any]:
    binding = BINDINGS.get(name)
    if binding is None or not binding.is_own or binding.fact.type != "date":
        raise LookupError(f"{name} is not the day of a record: name one that is")
    subject = SUBJECTS[binding.fact.subject]
    rows = subject.model._default_manager.filter(subject.where).order_by()
    return rows.values_list(_key(subject.child), _expression(binding))


def case(subject: str, pk: int, names: Iterable[str] | None = None) -> Case:
    """Return the facts of one subject (default: all that are bound); LookupError without one."""
    bound = (name for name, binding in BINDINGS.items() if binding.fact.subject == subject)
    one = columns(subject, bound if names is None else names, ids=[pk])
    if not len(one.ids):
        raise LookupError(f"there is no {subject} {pk}")
    return one.case(0)


def _held(bindings: list[Binding]) -> list[Binding]:
    many = [binding.fact.name for binding in bindings if binding.fact.many]
    known = horizons(many) if many else {}
    return [b for b in bindings if not b.fact.many or known[b.fact.name] is not None]


def _only(subject: Subject, ids: Sequence[int] | None, children: Sequence[int] | None) -> Q:
    only = subject.where
    if ids is not None:
        only &= Q(pk__in=ids)
    if children is not None:
        only &= _of_children(subject, children)
    return only


def _of_children(subject: Subject, children: Sequence[int]) -> Q:
    if subject.child == "pk":
        return Q(pk__in=children)
    return Q(child__in=children)


def _kin(children: Sequence[int] | None, merged: Mapping[int, int]) -> Sequence[int] | None:
    """These children and those that were merged into them."""
    if children is None or not merged:
        return children
    wanted = set(children)
    return [*children, *(other for other, kept in merged.items() if kept in wanted)]


def _kept(children: Integers, merged: Mapping[int, int]) -> Integers:
    """Each child by the key of the one that it was merged into, where it was."""
    if not merged or not len(children):
        return children
    others = np.array(sorted(merged), np.int64)
    kept = np.array([merged[pk] for pk in sorted(merged)], np.int64)
    places = np.minimum(np.searchsorted(others, children), len(others) - 1)
    found: Integers = np.where(others[places] == children, kept[places], children)
    return found


def _subject_rows(subject: Subject, own: list[Binding], only: Q) -> list[tuple[Any, ...]]:
    """Return the columns: the key, the child, the team, the worker, and each fact's."""
    owners = [_key(path) for path in ("pk", subject.child, subject.team, subject.worker)]
    chosen = [*owners, *(_expression(binding) for binding in own)]
    rows = fetch(subject.model._default_manager.filter(only).order_by("pk").values_list(*chosen))
    return list(zip(*rows, strict=True)) if rows else [()] * len(chosen)


def _related(
    binding: Binding, ids: Integers, some: list[int] | None, merged: Mapping[int, int]
) -> AnyColumn:
    """Read a fact's rows and gather them by subject, each subject's in order of value.

    ``merged`` are the children that were merged, where the subject is a child.
    """
    via = binding.via if isinstance(binding.via, str) else None
    rows_of = binding.model._default_manager.filter(binding.where)
    if via is None:
        rows_of = rows_of.annotate(via_key=binding.via)
    via = via or "via_key"
    if some is not None:
        rows_of = rows_of.filter(**{f"{via}__in": _kin(some, merged)})
    pairs = rows_of.order_by().values_list(_key(via), _expression(binding))
    if binding.fact.type in INTEGERS:
        owners, values = fetch_integers(pairs, 2)
        return gathered(
            binding.fact, ids, _kept(owners, merged), values, binding.pick, blanks=binding.blanks
        )
    rows = fetch(pairs)
    named, codes = zip(*rows, strict=True) if rows else ((), ())
    return gathered(binding.fact, ids, _kept(integers(named), merged), codes, binding.pick)


def _key(path: Path) -> Combinable:
    return Coalesce(path, Value(0))


def _expression(binding: Binding) -> Combinable:
    """Return a fact's value as a whole number, or ``NOTHING``; a code as text, or empty."""
    as_integer = INTEGERS.get(binding.fact.type)
    if as_integer is None:
        return Coalesce(binding.column, Value(""))
    return Coalesce(as_integer(binding.column), Value(NOTHING))


def fetch(queryset: QuerySet[Any, Any]) -> list[Row]:
    """Return the rows of a ``values_list`` straight from the cursor, with no conversion."""
    sql, params = _statement(queryset)
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def fetch_integers(queryset: QuerySet[Any, Any], count: int) -> tuple[Integers, ...]:
    """Return the ``count`` columns of a ``values_list`` of whole numbers.

    Rows are held some thousands at a time, so that memory grows by eight bytes a number.
    """
    blocks = [np.array(block, np.int64) for block in _blocks(queryset)]
    whole = np.concatenate(blocks) if blocks else np.zeros((0, count), np.int64)
    return tuple(np.ascontiguousarray(whole[:, place]) for place in range(count))


def _blocks(queryset: QuerySet[Any, Any]) -> Iterator[list[Row]]:
    sql, params = _statement(queryset)
    if not sql:
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while block := cursor.fetchmany(AT_ONCE):
            yield block


def _statement(queryset: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]]:
    """The statement and its values; an empty one where nothing can be found."""
    try:
        return queryset.query.get_compiler(queryset.db).as_sql()
    except EmptyResultSet:
        return "", ()
