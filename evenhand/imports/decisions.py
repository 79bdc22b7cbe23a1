"""What data officers decided about a table's rows and values, applied to every later file of it.

A meaning says what a value stands for wherever it comes; a correction what one row's value should
be; a row that was discarded is left out for as long as the source sends it unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from evenhand.formats import cells, registry
from evenhand.formats.delimited import Row
from evenhand.formats.faults import Fault
from evenhand.formats.reading import Meanings, Reader
from evenhand.formats.recognise import Layout
from evenhand.sources.models import Mend, RowFinding, Source

DISCARDED_BEFORE: Final = "SSD-I04"


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions about one table, for one layout of it."""

    layout: Layout
    meanings: Meanings
    corrections: Mapping[str, Mapping[tuple[str, str], str]]
    discarded: Mapping[str, list[tuple[dict[str, str], str]]]

    @classmethod
    def of(cls, source: Source, layout: Layout) -> Decisions:
        """What was decided about this table of this source."""
        meanings: dict[tuple[str, str], str] = {}
        corrections: dict[str, dict[tuple[str, str], str]] = {}
        for mend in Mend.objects.filter(source=source, table=layout.table.name):
            if mend.key:
                corrections.setdefault(_plain(mend.key), {})[mend.column, mend.found] = mend.value
            else:
                meanings[mend.column, mend.found.strip().lower()] = mend.value
        return cls(layout, meanings, corrections, _discarded(source, layout.table.name))

    def applied(self, rows: Iterable[Row | Fault]) -> Iterator[Row | Fault]:
        """The rows with corrections made, and a fault in place of each that was discarded."""
        if not self.corrections and not self.discarded:
            yield from rows
            return
        reader = Reader(self.layout, {})
        place = self.layout.places[self.layout.table.place(self.layout.table.key.name)]
        for row in rows:
            if isinstance(row, Fault) or place is None:
                yield row
                continue
            key = _plain(row.cells[place])
            if key in self.corrections:
                row.cells[:] = self._corrected(row.cells, self.corrections[key])
            reason = self._reason(key, reader.as_dict(row.cells)) if key in self.discarded else None
            yield row if reason is None else _left_out(row.line, key, reason)

    def _corrected(self, texts: list[str], corrections: Mapping[tuple[str, str], str]) -> list[str]:
        names: dict[int, str] = {}
        for column, place in zip(self.layout.table.every_column, self.layout.places, strict=True):
            if place is not None:
                names[place] = column.name
        return [_last_word(names.get(n, ""), text, corrections) for n, text in enumerate(texts)]

    def _reason(self, key: str, row: dict[str, str]) -> str | None:
        for discarded, reason in self.discarded[key]:
            if discarded == row:
                return reason
        return None


def _last_word(column: str, text: str, corrections: Mapping[tuple[str, str], str]) -> str:
    """Follow corrections of corrections, never round in a ring."""
    seen: set[str] = set()
    while (column, text) in corrections and text not in seen:
        seen.add(text)
        text = corrections[column, text]
    return text


def key_in(table: str, row: Mapping[str, str]) -> str:
    """The key of a row by its table's key column: the word by which decisions find it again."""
    column = registry.known_tables()[table].key.name
    return _plain(row.get(column, ""))


def _plain(text: str) -> str:
    value = cells.to_id(text)
    return value if isinstance(value, str) else ""


def _left_out(line: int, key: str, reason: str) -> Fault:
    return Fault(
        line=line,
        column="",
        found=key,
        rule=DISCARDED_BEFORE,
        sentence=f"the row was discarded before: {reason}",
        remedy="Nothing need be done; if the source corrects it, it is taken.",
    )


def _discarded(source: Source, table: str) -> dict[str, list[tuple[dict[str, str], str]]]:
    found: dict[str, list[tuple[dict[str, str], str]]] = {}
    kept: Any = RowFinding.objects.filter(
        file__batch__source=source,
        file__kind=table,
        standing=RowFinding.Standing.DISCARDED,
        fate="quarantined",
    )
    for row, reason in kept.values_list("row", "reason"):
        found.setdefault(key_in(table, row), []).append((row, reason))
    return found
