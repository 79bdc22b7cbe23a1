"""What a bundle holds: sections of rows of cells; a cell is words and pieces that may be marked.

As kept, a piece is ``{"mark": number}``, and its words are with the mark; so words that are left
out are nowhere in what is given.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple


class Piece(NamedTuple):
    """Words that may tell of somebody else. ``old`` is the number of the mark that held them."""

    kind: str
    words: str
    old: int = 0


Part = str | Piece
Cell = tuple[Part, ...]


class Section(NamedTuple):
    """One part of a bundle: what it is, in words for the person, and its rows."""

    id: str
    title: str
    words: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Numbered(NamedTuple):
    """A mark to be made: in which section it is met first, in how many places, and its old one."""

    number: int
    kind: str
    words: str
    where: str
    places: int
    old: int


def as_kept(sections: Iterable[Section]) -> tuple[str, list[Numbered]]:
    """Return the contents as JSON, each piece by its number, and the marks to be made."""
    numbers: dict[tuple[str, str, int], int] = {}
    places: Counter[int] = Counter()
    first: dict[int, str] = {}

    def numbered(section: Section, part: Part) -> object:
        if isinstance(part, str):
            return part
        number = numbers.setdefault(tuple(part), len(numbers) + 1)
        places[number] += 1
        first.setdefault(number, section.title)
        return {"mark": number}

    kept = [
        {**section._asdict(), "rows": [[[numbered(section, part) for part in cell] for cell in row]
                                       for row in section.rows]}
        for section in sections
    ]  # fmt: skip
    marks = [
        Numbered(number, kind, words, first[number], places[number], old)
        for (kind, words, old), number in numbers.items()
    ]
    return json.dumps(kept, ensure_ascii=False), marks


def sections_of(kept: str, part_of: Callable[[int], Part]) -> list[Section]:
    """Return the sections again, each mark as ``part_of`` gives it."""

    def part(value: Any) -> Part:
        return value if isinstance(value, str) else part_of(value["mark"])

    return [
        Section(
            one["id"], one["title"], one["words"], tuple(one["columns"]),
            tuple(tuple(tuple(map(part, cell)) for cell in row) for row in one["rows"]),
        )
        for one in json.loads(kept)
    ]  # fmt: skip


def as_text(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Return sections whose pieces have all become words, as plain values."""
    return [
        {
            "id": section.id,
            "title": section.title,
            "words": section.words,
            "columns": list(section.columns),
            "rows": [[joined(cell) for cell in row] for row in section.rows],
        }
        for section in sections
    ]


def joined(cell: Cell) -> str:
    """Return a cell's words, pieces as they are."""
    return "".join(part if isinstance(part, str) else part.words for part in cell)


def with_words_apart(sections: Iterable[Section], words: str, kind: str) -> list[Section]:
    """Return the sections with every place of these words a piece of its own, in any case."""

    def apart(part: Part) -> Iterator[Part]:
        text, found = (part, "") if isinstance(part, str) else (part.words, part.kind)
        for is_it, piece in split(text, words):
            if is_it:
                yield Piece(kind, piece)
            else:
                yield Piece(found, piece, part.old) if isinstance(part, Piece) else piece

    return [
        section._replace(
            rows=tuple(
                tuple(tuple(new for part in cell for new in apart(part)) for cell in row)
                for row in section.rows
            )
        )
        for section in sections
    ]


def split(text: str, words: str) -> Iterator[tuple[bool, str]]:
    """Yield the text in pieces, each with whether it is the words looked for."""
    lowered, wanted, start = text.casefold(), words.casefold(), 0
    if not wanted or len(lowered) != len(text):  # a letter that folds into two: compare as it is
        lowered, wanted = text, words
    while wanted and (place := lowered.find(wanted, start)) >= 0:
        if place > start:
            yield False, text[start:place]
        yield True, text[place : place + len(wanted)]
        start = place + len(wanted)
    if start < len(text):
        yield False, text[start:]


def rows_of_table(sections: Sequence[Mapping[str, Any]]) -> int:
    """Return how many rows plain sections hold together."""
    return sum(len(section["rows"]) for section in sections)
