"""Seal what has been written, and verify that nothing written has been altered since.

A seal covers every entry of finished transactions that no earlier seal covers. On PostgreSQL that
is every transaction number below the oldest one still running (ids are not in the order of
commits); on SQLite, which has one writer, every id. The newest seal's digest also goes to a file
beside the database, so that cutting off the end of the history shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from evenhand.history import digests
from evenhand.history.models import Entry, Seal

WITNESS_FILE = "history-seals.txt"
CHUNK = 2_000


class Fault(NamedTuple):
    """Something in the history that is not as it was sealed."""

    where: str
    sentence: str


class Verdict(NamedTuple):
    """What verification found: how much was checked and every fault."""

    seals: int
    entries: int
    unsealed: int
    faults: tuple[Fault, ...]


def seal(*, at: datetime) -> Seal | None:
    """Seal what finished transactions have added since the last seal; None when there is none."""
    with transaction.atomic():
        last = Seal.objects.order_by("-upto").first()
        after, previous = (last.upto, last.digest) if last else (0, "")
        upto = _newest_finished(after)
        if upto <= after:
            return None
        digest, count = digests.run_digest(settings.SEAL_KEY, previous, _run(after, upto))
        made = Seal.objects.create(
            at=at, after=after, upto=upto, count=count, previous=previous, digest=digest
        )
        transaction.on_commit(lambda: _witness(made))
    return made


def verify() -> Verdict:
    """Recompute every seal and every entry's digest; return what does not agree."""
    faults = [*_entry_faults(), *_chain_faults(), *_witness_faults()]
    last = Seal.objects.order_by("-upto").first()
    total = Entry.objects.count()
    unsealed = _above(last.upto if last else 0).count()
    return Verdict(Seal.objects.count(), total, unsealed, tuple(faults))


def _place() -> str:
    return "transaction" if connection.vendor == "postgresql" else "id"


def _above(after: int) -> QuerySet[Entry]:
    return Entry.objects.filter(**{f"{_place()}__gt": after})


def _run(after: int, upto: int) -> Iterator[Entry]:
    run = _above(after).filter(**{f"{_place()}__lte": upto})
    return run.order_by(_place(), "id").iterator(CHUNK)


def _newest_finished(after: int) -> int:
    """Return the highest place whose transaction is finished, or ``after``."""
    entries = _above(after)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            entries = entries.filter(transaction__lt=cursor.fetchone()[0])
    newest = entries.order_by(f"-{_place()}").values_list(_place(), flat=True).first()
    return after if newest is None else int(newest)


def _entry_faults() -> Iterator[Fault]:
    for entry in Entry.objects.exclude(salt="").order_by("id").iterator(CHUNK):
        if digests.words_digest(entry) != entry.digest:
            yield Fault(f"entry {entry.pk}", "What it says is not what was written.")


def _chain_faults() -> Iterator[Fault]:
    previous, after = "", 0
    for one in Seal.objects.order_by("upto").iterator(CHUNK):
        if one.previous != previous or one.after != after:
            yield Fault(f"seal {one.pk}", "A seal before it has been removed or altered.")
        digest, count = digests.run_digest(
            settings.SEAL_KEY, one.previous, _run(one.after, one.upto)
        )
        if count != one.count:
            yield Fault(f"seal {one.pk}", f"It sealed {one.count} entries and {count} are there.")
        elif digest != one.digest:
            yield Fault(
                f"seal {one.pk}",
                "Its entries have been altered or reordered, or the seal key is another one.",
            )
        previous, after = one.digest, one.upto


def _witness_path() -> Path:
    return Path(settings.DATA) / WITNESS_FILE


def _witness(made: Seal) -> None:
    path = _witness_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{made.upto} {made.digest}\n")


def _witness_faults() -> Iterator[Fault]:
    path = _witness_path()
    if not path.exists():
        return
    held = {str(upto): digest for upto, digest in Seal.objects.values_list("upto", "digest")}
    for line in path.read_text(encoding="ascii").splitlines():
        upto, _, digest = line.partition(" ")
        if held.get(upto) != digest:
            yield Fault(f"seal up to {upto}", "It was made, and is no longer in the database.")
