"""A big number as a page shows it."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """A number worth seeing first, in words, with where to look. ``kind`` is a state's slug."""

    value: int | str | None
    words: str
    url: str = ""
    note: str = ""
    kind: str = ""
