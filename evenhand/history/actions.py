"""How anything changes: one function that does it, with its history, in one transaction.

::

    @action("identity.answered")
    def answer(child, *, by, at, characteristic, answer) -> Change: ...

The function writes and returns a ``Change``; ``action`` adds the history, runs the reactions of
``config.reactions`` and hands back ``Change.result``. If any of them fails, nothing happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from evenhand.history import digests, witness
from evenhand.history.books import BOOKS
from evenhand.history.models import Entry, View
from evenhand.submissions import once

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """What an action did: the record, each field's old and new value, and the child concerned."""

    subject: models.Model
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    child_id: int | None = None
    reason: str = ""
    result: Any = None


@dataclass(frozen=True)
class Happening:
    """An event, as its reactions receive it."""

    event: str
    subject: models.Model
    child_id: int | None
    by: Any
    at: datetime


def action(event: str) -> Callable[[Callable[P, Change]], Callable[P, Any]]:
    """Make a function the one way in which ``event`` happens. It must take ``by`` and ``at``."""

    def decorate(function: Callable[P, Change]) -> Callable[P, Any]:
        @wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> Any:
            with transaction.atomic(), once.claimed():
                change = function(*args, **kwargs)
                by, at = kwargs["by"], kwargs["at"]
                record(event, change, by=by, at=at)  # type: ignore[arg-type]
                happening = Happening(event, change.subject, change.child_id, by, at)  # type: ignore[arg-type]
                for reaction in _reactions(event):
                    reaction(happening)
                return change.subject if change.result is None else change.result

        return act

    return decorate


def follow(event: str, subject: models.Model, *, by: Any, at: datetime) -> None:
    """Run what follows an event that changed no record, in one transaction and without history."""
    with transaction.atomic():
        for reaction in _reactions(event):
            reaction(Happening(event, subject, None, by, at))


def record(event: str, change: Change, *, by: Any, at: datetime) -> Entry:
    """Write one history entry. Must be called inside the transaction of the change itself."""
    entry = Entry(
        at=at,
        actor=by,
        action=event,
        subject=change.subject._meta.label_lower,
        subject_id=change.subject.pk,
        child_id=change.child_id,
        reason=change.reason,
        changes={name: [_plain(old), _plain(new)] for name, (old, new) in change.changes.items()},
    )
    digests.salted(entry).save(force_insert=True)
    return entry


def record_many(entries: Iterable[Entry]) -> None:
    """Write many entries at once (an import's changed values), in the caller's transaction."""
    Entry.objects.bulk_create((digests.salted(entry) for entry in entries), batch_size=500)


def _reactions(event: str) -> tuple[Callable[[Happening], None], ...]:
    table = import_string(settings.REACTIONS)
    return tuple(table.get(event, ()))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def log_view(viewer: Any, child_id: int, *, page: str, at: datetime, why: str = "") -> View:
    """Write that ``viewer`` opened ``page`` of a child's record. Called before the reply is made.

    A failure is raised, so that no record is shown that was not logged.
    """
    view = View(user_id=viewer.pk, child_id=child_id, page=page, at=at, why=why)
    digests.salted(view).save(force_insert=True)
    return view


@action("history.witness_renewed")
def renew_witness(*, by: Any, at: datetime, reason: str) -> Change:
    """Begin the lists of seals anew from the seals there are: what was lost cannot be told then."""
    for book in BOOKS:
        transaction.on_commit(partial(witness.renew, book))
    return Change(Entry(), reason=reason)
