"""A report as a value: sections of sentences and tables of text, from which every form is made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Figures:
    """A table of text; ``numeric`` says for each column whether it holds numbers."""

    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading, what the figures under it show in sentences, and the figures."""

    heading: str
    sentences: tuple[str, ...]
    tables: tuple[Figures, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole report, true for one day."""

    title: str
    authority: str
    as_at: date
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = field(default=())

    def as_values(self) -> dict[str, Any]:
        """Return it as values that JSON can hold."""
        return asdict(self) | {"as_at": self.as_at.isoformat()}


def digest_of(body: dict[str, Any]) -> str:
    """Return the digest by which a report is known to be as it left."""
    plain = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def document_of(body: dict[str, Any]) -> Document:
    """Return the document that was kept as values."""
    return Document(
        title=body["title"],
        authority=body["authority"],
        as_at=date.fromisoformat(body["as_at"]),
        sections=tuple(_section(one) for one in body["sections"]),
        notes=tuple(body["notes"]),
    )


def _section(values: dict[str, Any]) -> Section:
    tables = tuple(
        Figures(
            one["caption"],
            tuple(one["headings"]),
            tuple(one["numeric"]),
            tuple(tuple(row) for row in one["rows"]),
        )
        for one in values["tables"]
    )
    return Section(values["heading"], tuple(values["sentences"]), tables)
