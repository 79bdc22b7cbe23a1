"""The values that components show. Views make them; templates only lay them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from django.utils.text import slugify


@dataclass(frozen=True)
class Column:
    """One column's heading. ``url`` sorts by it; ``sorted`` is ascending, descending or empty."""

    words: str
    numeric: bool = False
    url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    hidden: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell. Dates, moments and numbers are put into words; a state becomes its tag.

    ``note`` is a second, quieter line. ``law`` marks a state as one of law, not only of policy.
    ``None`` shows as a dash that is read out as "none".
    """

    value: Any = None
    url: str = ""
    state: object = None
    law: bool = False
    note: str = ""
    numeric: bool = False

    @classmethod
    def of(cls, value: Any) -> Cell:
        """Return ``value`` as a cell; a cell is returned as it is."""
        return value if isinstance(value, cls) else cls(value)

    @property
    def kind(self) -> str:
        """Return which of state, none, moment, day, number or text this cell shows."""
        if self.state is not None:
            return "state"
        return _kind_of(self.value)


def _kind_of(value: Any) -> str:
    if value is None:
        return "none"
    for kind, types in (("moment", datetime), ("day", date)):
        if isinstance(value, types):
            return kind
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return "number" if is_number else "text"


class Placed(NamedTuple):
    """A cell with the column that it stands in."""

    column: Column
    cell: Cell
    heads_row: bool


@dataclass(frozen=True)
class Table:
    """A table with a caption. At phone width each row becomes a card, or the whole scrolls.

    ``rows`` hold cells or plain values. ``heads_rows``: the first cell names its row. With no rows
    the sentence ``empty`` stands instead. ``narrow`` is "cards" or "scroll".
    """

    caption: str
    columns: Sequence[Column | str]
    rows: Sequence[Sequence[Any]]
    empty: str = "There is nothing to show."
    heads_rows: bool = True
    narrow: Literal["cards", "scroll"] = "cards"
    caption_hidden: bool = False
    id: str = ""

    @property
    def ref(self) -> str:
        """Return the id of the caption, which names the scrolling region."""
        return self.id or f"table-{slugify(self.caption)}"

    @property
    def headings(self) -> list[Column]:
        """Return every column as a ``Column``."""
        return [c if isinstance(c, Column) else Column(c) for c in self.columns]

    def lines(self) -> Iterator[list[Placed]]:
        """Yield each row as cells in their columns."""
        headings = self.headings
        for row in self.rows:
            yield [
                Placed(column, Cell.of(value), self.heads_rows and place == 0)
                for place, (column, value) in enumerate(zip(headings, row, strict=True))
            ]


@dataclass(frozen=True)
class SummaryRow:
    """One line of a summary list. ``source`` says who said it or which file holds it; ``lacks``
    that what should be known is not, which is shown in red beside the words that say so."""

    key: str
    value: Any = None
    source: str = ""
    url: str = ""
    action_url: str = ""
    action_words: str = "Change"
    lacks: bool = False

    @property
    def cell(self) -> Cell:
        """Return the value as a cell, so that dates and states look the same everywhere."""
        return self.value if isinstance(self.value, Cell) else Cell(self.value, url=self.url)


@dataclass(frozen=True)
class TimelineItem:
    """One event of a chronology. ``late_entry`` says when it was recorded, if that was later."""

    title: str
    at: date | datetime
    by: str = ""
    text: str = ""
    url: str = ""
    state: object = None
    late_entry: str = ""

    @property
    def is_moment(self) -> bool:
        """Return whether the hour is known too."""
        return isinstance(self.at, datetime)
