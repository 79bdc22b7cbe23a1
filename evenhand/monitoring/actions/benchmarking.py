"""Bringing in other authorities' values: the whole table, or none of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.monitoring.models import Benchmark, BenchmarkFile
from evenhand.monitoring.pack import comparator_called, uses
from evenhand.monitoring.reading import Line, every, lines_of, number_in, words_in
from evenhand.problems import Problem

COLUMNS = ("indicator", "period", "authority", "value")
GROUP = "group"
LONGEST = {"indicator": 60, "period": 30, GROUP: 80, "authority": 100}


class Value(NamedTuple):
    """One authority's value; ``group`` "" is of all children."""

    indicator: str
    period: str
    group: str
    authority: str
    value: Decimal


def values_in(text: str) -> list[Value]:
    """Return the values of a table: indicator, period, authority, value, and perhaps a group.

    An indicator is named by its id or its title. Raises Problem with a sentence for each line that
    cannot be used, one told twice among them; all or nothing.
    """
    met: dict[tuple[str, ...], int] = {}

    def read(line: Line) -> Value:
        found = _value(line)
        first = met.setdefault(found[:4], line.number)
        if first != line.number:
            raise Problem(
                f"{found.authority} has a value of this indicator and period in line {first} too.",
                "",
            )
        return found

    return every(lines_of(text, COLUMNS), read)


def _value(line: Line) -> Value:
    told = words_in(line, "indicator", LONGEST["indicator"] * 3)
    found = comparator_called(told) or next(
        (one for one in uses().comparators if one.title.lower() == told.lower()), None
    )
    if found is None:
        raise Problem(f"No indicator is called {told[:60]!r}.", "")
    group = words_in(line, GROUP, LONGEST[GROUP]) if line.says(GROUP) else ""
    return Value(
        found.id, words_in(line, "period", LONGEST["period"]), group,
        words_in(line, "authority", LONGEST["authority"]),
        number_in(line, "value", unit=found.unit),
    )  # fmt: skip


@action("benchmarks.imported")
def import_benchmarks(
    values: Sequence[Value], *, by: User, at: datetime, source: str, licence: str
) -> Change:
    """Keep comparators' values with their source and licence.

    A value told before of the same indicator, period, group and authority is replaced, for
    published figures are revised.
    """
    file = BenchmarkFile.objects.create(
        ref=new_reference(), source=source, licence=licence, rows=len(values), imported_by=by,
        imported_at=at,
    )  # fmt: skip
    Benchmark.objects.bulk_create(
        (Benchmark(file=file, **one._asdict()) for one in values),
        update_conflicts=True,
        unique_fields=["indicator", "period", "group", "authority"],
        update_fields=["value", "file"],
    )
    return Change(file, {"source": (None, source), "rows": (None, len(values))})
