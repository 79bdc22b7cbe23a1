"""What a recipe is: how rows of one table become records of one model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from django.db.models import Model

from evenhand.imports import adapting
from evenhand.imports.adapting import Adapt

Staff = Literal["worker", "team", "worker_name", "team_name", "known_worker", ""]
Later = Literal["refused", "planned", "ignored"]


class StagedBy(Protocol):
    """Lays records out from the stages of others; a batch that is not ``whole`` holds some rows
    of its tables, and what was told before stands beside them."""

    def __call__(self, *, whole: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a model: the cells that fill it, and how.

    ``refers`` names the kind of record whose key the cell holds; ``staff`` that it holds the code
    of a worker or team, or the name where the format has no codes; ``known_worker`` holds either,
    and makes no worker who is not known. ``aside`` fields are no column
    of the model: something else is made of them. ``by_time`` links are found by child and day
    where the row carries no key.
    """

    column: str
    sources: tuple[str, ...]
    adapt: Adapt = adapting.same
    refers: str = ""
    staff: Staff = ""
    aside: Literal["", "date", "text"] = ""
    by_time: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """How rows of one table become records of one model.

    ``child`` are the cells that name the child; ``child_through`` is the link through which the
    child is found where the row does not name one. ``dated`` is the day that places a row in
    time, ``done`` the days on which something was done, which cannot lie in the future; ``later``
    says what becomes of a row whose day does, and ``planned`` the column it then fills.

    A recipe without a ``table`` is laid out from the stages of others: ``staged_by`` does it, in
    SQL, just before its kind is decided, and ``source`` names the table that it comes from.
    Several recipes of a format may share a table: exactly one of them counts the fate of its
    rows, the others are ``secondary`` and take only rows for which their key is not None. Several
    may make one kind of record, from tables of their own: they share the kind's stage. Where
    ``folds``, rows of one key are one record: the first, its blanks filled from the others, which
    are folded into it. Where ``latest``, the file shows only the latest of them: one that it no
    longer shows is not withdrawn.

    Where ``known_only``, rows tell more of records that other sources hold, and make none. Records
    of no child are one and the same where they agree in ``same``.
    """

    kind: str
    table: str
    model: type[Model] | None
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    child: tuple[str, ...] = ()
    key_of: Adapt = adapting.same
    child_through: str = ""
    dated: str = ""
    ends: str = ""
    done: tuple[str, ...] = ()
    later: Later = "refused"
    planned: str = ""
    before_birth: bool = True
    constants: tuple[tuple[str, object], ...] = ()
    source: str = ""
    secondary: bool = False
    folds: bool = False
    latest: bool = False
    known_only: bool = False
    same: tuple[str, ...] = ()
    staged_by: StagedBy | None = None


def day(column: str, cell: str) -> Field:
    return Field(column, (cell,), adapting.day)


def text(column: str, cell: str, most: int = 0) -> Field:
    return Field(column, (cell,), adapting.short(most) if most else adapting.text)


def yes_no(column: str, cell: str) -> Field:
    return Field(column, (cell,), adapting.yes_no)


def flags(column: str, cell: str) -> Field:
    return Field(column, (cell,), adapting.flags)


def link(column: str, cell: str, kind: str, *, by_time: bool = False) -> Field:
    return Field(column, (cell,), refers=kind, by_time=by_time)


def worker(cell: str) -> Field:
    return Field("worker_id", (cell,), staff="worker")


def team(cell: str) -> Field:
    return Field("team_id", (cell,), staff="team")


def aside(column: str, cell: str) -> Field:
    return Field(column, (cell,), aside="text")


def aside_day(column: str, cell: str) -> Field:
    return Field(column, (cell,), adapting.day, aside="date")
