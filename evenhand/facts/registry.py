"""Which model and path each name of the vocabulary is read from.

Each room's ``facts.py`` calls ``subject`` and ``bind``; ``facts.reading`` reads what they bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from django.db.models import Model, Q
from django.db.models.expressions import Combinable

from evenhand.accounts.once import once
from evenhand.policy.vocabulary import Fact, Vocabulary, load

Path = str | Combinable
Pick = Literal["earliest", "latest"]


@dataclass(frozen=True)
class Subject:
    """A subject of facts: its model, and the paths to its child, its team and its worker."""

    name: str
    model: type[Model]
    child: Path
    team: Path
    worker: Path
    where: Q


class FirstTold(NamedTuple):
    """A table with a row for each fact: the columns of the day from which it is held, and of its
    name. Of all such facts that is then read at once."""

    model: type[Model]
    day: str
    names: str


@dataclass(frozen=True)
class Binding:
    """A fact's model and column. ``via`` leads from there to the subject; None: the subject's own.

    ``pick`` makes a single fact of many rows: the earliest or the latest value. ``since`` is the
    path to the day of a row, the first of which says from when the fact is held (None: its own
    day does). ``blanks``: a row without a value is one that is still to come.
    """

    fact: Fact
    model: type[Model]
    column: Path
    via: Path | None
    where: Q
    pick: Pick | None
    since: str | FirstTold | None = None
    blanks: bool = False

    @property
    def is_own(self) -> bool:
        """Whether the value stands on the subject itself, or on a path that leads from it."""
        return self.via is None


MERGED: list[Callable[[], Mapping[int, int]]] = []
SUBJECTS: dict[str, Subject] = {}
BINDINGS: dict[str, Binding] = {}


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that is shipped with Evenhand."""
    return load()


def subject(
    name: str,
    model: type[Model],
    *,
    child: Path,
    team: Path,
    worker: Path,
    where: Q | None = None,
) -> None:
    """Say which rows of ``model`` are the subjects called ``name``, and whose they are."""
    if name not in vocabulary().subjects:
        raise LookupError(f"no fact of the vocabulary has the subject {name!r}")
    if name in SUBJECTS:
        raise LookupError(f"the subject {name!r} is bound twice")
    SUBJECTS[name] = Subject(name, model, child, team, worker, where or Q())


def bind(
    name: str,
    model: type[Model],
    column: Path,
    *,
    via: Path | None = None,
    where: Q | None = None,
    pick: Pick | None = None,
    since: str | FirstTold | None = None,
    blanks: bool = False,
) -> None:
    """Bind the fact ``name`` to ``column`` of ``model``.

    Without ``via`` the model is the subject's own. With it, rows of ``model`` that meet ``where``
    belong to the subject whose key the path ``via`` gives: all of them for a many-fact, the one
    that ``pick`` says for a single fact. ``since`` and ``blanks``: see ``Binding``. LookupError for
    a name that the vocabulary lacks.
    """
    fact = vocabulary().facts.get(name)
    if fact is None:
        raise LookupError(f"the vocabulary has no fact called {name!r}")
    if name in BINDINGS:
        raise LookupError(f"the fact {name!r} is bound twice")
    if fact.many and (via is None or pick is not None):
        raise LookupError(f"the fact {name!r} holds many values: give via, and no pick")
    if not fact.many and (via is None) != (pick is None):
        raise LookupError(f"the fact {name!r} holds one value: give via and pick, or neither")
    BINDINGS[name] = Binding(fact, model, column, via, where or Q(), pick, since, blanks)


def children_merged(read: Callable[[], Mapping[int, int]]) -> None:
    """Say how to read which children were merged, and into whom: they are few."""
    MERGED.append(read)


@once
def merged_children() -> dict[int, int]:
    """Return the children that were merged, each with the one that was kept."""
    return {other: kept for read in MERGED for other, kept in read().items()}


def is_bound(name: str) -> bool:
    """Whether something in the database holds the fact."""
    return name in BINDINGS
