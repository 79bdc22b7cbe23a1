"""What is wrong with a pack, in one sentence each: what was found, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple


class PackError(NamedTuple):
    """One fault: the file and line (from 1), the field, what was found, and the remedy."""

    file: str
    line: int
    field: str
    found: str
    remedy: str
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.field}: {self.found}. {self.remedy}"


class PackErrors(Exception):
    """Packs that cannot be used. `errors` holds every fault found, in order of file and line."""

    def __init__(self, errors: Iterable[PackError]) -> None:
        self.errors = tuple(sorted(set(errors), key=lambda error: (error.file, error.line)))
        super().__init__("\n".join(map(str, self.errors)))


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names the known word nearest to a mistaken one, or else says `otherwise`."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else otherwise


def one_of(choices: Iterable[str]) -> str:
    """A remedy that lists what may stand here."""
    return f"Use one of: {', '.join(choices)}."
