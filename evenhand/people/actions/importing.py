"""What an extract says of who people are: many at once, and none where nothing is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max

from evenhand.accounts.references import new_references
from evenhand.history.actions import Change, action, record_many
from evenhand.history.models import Entry
from evenhand.people import questions, sealing, standings
from evenhand.people.bulk import insert
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
    """A row that says something new; what this source said before; whether anybody had spoken."""

    row: Said
    before: str | None
    is_first: bool


Key = tuple[About, str]


def _new(rows: Sequence[Said], batch: ImportBatch) -> list[New]:
    spoken, last = _said_so_far({row.about for row in rows}, batch.source.key)
    new: list[New] = []
    for row in rows:
        key, now = (row.about, row.characteristic), (row.status, _sorted(row.answer))
        before = last.get(key)
        if before != now:
            last[key] = now
            told = before[1] or before[0] if before else None
            new.append(New(row, told, key not in spoken))
            spoken.add(key)
    return new


def _sorted(answer: str) -> str:
    return " ".join(sorted(answer.split()))


def _said_so_far(about: set[About], source: str) -> tuple[set[Key], dict[Key, tuple[str, str]]]:
    """Return of whom anybody said anything, and the status and answer this source last gave."""
    spoken: set[Key] = set()
    last: dict[Key, tuple[str, str]] = {}
    rows = of_people(IdentityStatement, about).order_by("recorded_at", "pk")
    for child, adult, name, said_by, theirs, wrong, *said in rows.values_list(
        "child_id", "adult_id", "characteristic", "said_by", "source", "entered_in_error",
        "ref", "status", "answer",
    ):  # fmt: skip
        spoken.add(((child, adult), name))
        if (said_by, theirs, wrong) == (SaidBy.IMPORT, source, False):
            ref, status, held = said
            last[((child, adult), name)] = (status, sealing.opened(held, ref))
    return spoken, last


def _add(new: Sequence[New], batch: ImportBatch, at: datetime) -> None:
    merged = standings.merged_among({each.row.child_id for each in new if each.row.child_id})
    first = [e.row for e in new if e.is_first and e.row.child_id not in merged]
    others = [e.row for e in new if not (e.is_first and e.row.child_id not in merged)]
    newest = IdentityStatement.objects.aggregate(newest=Max("pk"))["newest"] or 0
    _insert(first, batch, at)
    standings.let_stand(batch.pk, after=newest, on=at.date())
    _insert(others, batch, at)
    record_many([_entry(each, batch, at) for each in new if each.before is not None])
    if others:
        standings.restate({row.about for row in others}, {row.characteristic for row in others})


COLUMNS = (
    "ref", "child_id", "adult_id", "characteristic", "status", "answer", "own_words", "said_by",
    "source", "how", "may_see", "recorded_at", "import_batch_id", "entered_in_error",
)  # fmt: skip


def _insert(rows: Sequence[Said], batch: ImportBatch, at: datetime) -> None:
    secret = sealing.volunteered()
    same = ("", SaidBy.IMPORT.value, batch.source.key, "", "", at, batch.pk, False)
    insert(
        IdentityStatement,
        COLUMNS,
        (
            (ref, *row[:4], _kept(row, ref, secret), *same)
            for row, ref in zip(rows, new_references(len(rows)), strict=True)
        ),
    )


def _kept(row: Said, ref: str, secret: frozenset[str]) -> str:
    answer = _sorted(row.answer) if row.status == Status.ANSWERED else ""
    return sealing.stored(row.characteristic, answer, ref, secret)


def _entry(new: New, batch: ImportBatch, at: datetime) -> Entry:
    row = new.row
    told = [sealing.for_history(row.characteristic, each) for each in (new.before, row.answer)]
    return Entry(
        at=at,
        actor=batch.by,
        action="identity.changed",
        subject="people.child" if row.child_id else "people.adult",
        subject_id=row.child_id or row.adult_id,
        child_id=row.child_id,
        import_batch_id=batch.pk,
        changes={row.characteristic: [told[0], told[1] or row.status]},
    )


def rebuild_lists(*, today: date) -> None:
    """Make the questions to ask and the tallies anew: once, at the end of every import."""
    questions.rebuild(today)
