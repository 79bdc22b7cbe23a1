"""What an extract says of who people are: many at once, and none where nothing is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from evenhand.accounts.references import new_references
from evenhand.history.actions import Change, action, record_many
from evenhand.history.models import Entry
from evenhand.people import questions, standings
from evenhand.people.models import IdentityStatement
from evenhand.people.pack import answers_to, ask_set
from evenhand.people.standings import About, in_chunks, of_people
from evenhand.sources.models import ImportBatch

Status, SaidBy = IdentityStatement.Status, IdentityStatement.SaidBy
STATED = {Status.ANSWERED, Status.DECLINED}


class Said(NamedTuple):
    """What one row of an extract says. One of ``child_id`` and ``adult_id`` is filled.

    ``status`` is "answered" or "declined" (REFU); a blank or NOBT says nothing and need not be
    sent. ``answer`` holds codes of the pack's list, several space separated.
    """

    child_id: int | None
    adult_id: int | None
    characteristic: str
    status: str
    answer: str = ""

    @property
    def about(self) -> About:
        """Return whom it is about."""
        return (self.child_id, self.adult_id)


class Stated(NamedTuple):
    """What became of the rows: added, unchanged, and those that could not be read, as they are.

    Unreadable: a characteristic that the ask set does not ask, or a code that is not in its list.
    """

    added: int
    unchanged: int
    unreadable: tuple[Said, ...]


def state_from_import(rows: Iterable[Said], *, batch: ImportBatch, at: datetime) -> Stated:
    """Add a statement for each row that says something new, and bring what leads up to date.

    A row equal to what the same source said last adds none. Runs in the importer's transaction,
    with flat memory. Call ``rebuild_lists`` once afterwards.
    """
    told: Stated = _state_from_import(rows, batch=batch, by=batch.by, at=at)
    return told


@action("identity.imported")
def _state_from_import(
    rows: Iterable[Said], *, batch: ImportBatch, by: object, at: datetime
) -> Change:
    answers = {item.characteristic: frozenset(answers_to(item)) for item in ask_set()}
    added = unchanged = 0
    unreadable: list[Said] = []
    for some in in_chunks(Said(*row) for row in rows):
        readable = [row for row in some if row.status in STATED and _is_readable(row, answers)]
        unreadable += [row for row in some if not _is_readable(row, answers)]
        new = _new(readable, batch)
        _add(new, batch, at)
        added += len(new)
        unchanged += len(readable) - len(new)
    told = Stated(added, unchanged, tuple(unreadable))
    return Change(batch, {"statements": (None, added)}, result=told)


def _is_readable(row: Said, answers: dict[str, frozenset[str]]) -> bool:
    known = answers.get(row.characteristic)
    if known is None:
        return False
    return row.status != Status.ANSWERED or (
        bool(row.answer) and known.issuperset(row.answer.split())
    )


class New(NamedTuple):
    """A row that says something new, and what the same source said before (None: nothing)."""

    row: Said
    before: str | None


def _new(rows: Sequence[Said], batch: ImportBatch) -> list[New]:
    last = _last_said({row.about for row in rows}, batch.source.key)
    new: list[New] = []
    for row in rows:
        key, now = (row.about, row.characteristic), (row.status, _sorted(row.answer))
        before = last.get(key)
        if before != now:
            last[key] = now
            new.append(New(row, before[1] or before[0] if before else None))
    return new


def _sorted(answer: str) -> str:
    return " ".join(sorted(answer.split()))


def _last_said(about: set[About], source: str) -> dict[tuple[About, str], tuple[str, str]]:
    """Return the status and answer that this source last gave, by person and characteristic."""
    theirs = of_people(IdentityStatement, about).filter(
        said_by=SaidBy.IMPORT, source=source, entered_in_error=False
    )
    rows = theirs.order_by("recorded_at", "pk").values_list(
        "child_id", "adult_id", "characteristic", "status", "answer"
    )
    return {((child, adult), name): (status, answer) for child, adult, name, status, answer in rows}


def _add(new: Sequence[New], batch: ImportBatch, at: datetime) -> None:
    references = new_references(len(new))
    IdentityStatement.objects.bulk_create(
        (_statement(each.row, ref, batch, at) for each, ref in zip(new, references, strict=True)),
        batch_size=1_000,
    )
    record_many([_entry(each, batch, at) for each in new if each.before is not None])
    if new:
        standings.restate({each.row.about for each in new}, {e.row.characteristic for e in new})


def _statement(row: Said, ref: str, batch: ImportBatch, at: datetime) -> IdentityStatement:
    return IdentityStatement(
        ref=ref,
        child_id=row.child_id,
        adult_id=row.adult_id,
        characteristic=row.characteristic,
        status=row.status,
        answer=_sorted(row.answer) if row.status == Status.ANSWERED else "",
        said_by=SaidBy.IMPORT,
        source=batch.source.key,
        recorded_at=at,
        import_batch_id=batch.pk,
    )


def _entry(new: New, batch: ImportBatch, at: datetime) -> Entry:
    row = new.row
    return Entry(
        at=at,
        actor=batch.by,
        action="identity.changed",
        subject="people.child" if row.child_id else "people.adult",
        subject_id=row.child_id or row.adult_id,
        child_id=row.child_id,
        import_batch_id=batch.pk,
        changes={row.characteristic: [new.before, row.answer or row.status]},
    )


def rebuild_lists(*, today: date) -> None:
    """Make the questions to ask and the tallies anew: once, at the end of every import."""
    questions.rebuild(today)
