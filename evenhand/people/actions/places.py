"""Taking in a lookup of postcodes, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.formats.faults import Fault
from evenhand.formats.files import File
from evenhand.history.actions import Change, action
from evenhand.people.models import Place
from evenhand.people.places import Told, meanings, read
from evenhand.problems import Problem

AT_ONCE = 2_000
TOLD_OF = 20


class TakenIn(NamedTuple):
    """How many postcodes are known now, how many stood twice, and the rows that were left out.

    Of those left out the first are told; ``left_out`` counts them all.
    """

    kept: int
    twice: int
    left_out: int
    faults: tuple[Fault, ...]


@action("places.replaced")
def replace_places(file: File, *, by: User | None, at: datetime, indices: str = "") -> Change:
    """Put the places of a lookup in the stead of those there were; return what was taken in.

    Raises FileFault where the file cannot be read and Problem where it tells of no postcode;
    either leaves what there was.
    """
    faults: list[Fault] = []
    means = meanings(indices, timezone.localdate(at))
    before = Place.objects.count()
    kept = Place.objects.all()
    kept._raw_delete(kept.db)
    rows = 0
    left = _Left(faults)
    places = left.out_of(read(file, means))
    while some := [Place(**told._asdict()) for told in islice(places, AT_ONCE)]:
        rows += len(some)
        Place.objects.bulk_create(some, ignore_conflicts=True)
    first = Place.objects.order_by("pk").first()
    if first is None:
        raise Problem(f"{file.base} tells of no postcode.", "Check that it is the right file.")
    now = Place.objects.count()
    taken = TakenIn(now, rows - now, left.count, tuple(faults))
    return Change(first, {"postcodes": (before, now)}, result=taken)


class _Left:
    """Counts what is left out, and keeps the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults, self.count = faults, 0

    def out_of(self, rows: Iterable[Told | Fault]) -> Iterator[Told]:
        for row in rows:
            if isinstance(row, Told):
                yield row
                continue
            self.count += 1
            if len(self.faults) < TOLD_OF:
                self.faults.append(row)
