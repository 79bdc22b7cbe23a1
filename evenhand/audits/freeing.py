"""Freeing words of names: each is replaced by who it is, as "the child". Pure.

It makes reading easier and replaces none: somebody reads every word before it goes into a report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

LEAST = 2  # letters: a shorter part of a name is no word of its own
NUMBERS = re.compile(r"(?<!\w)\+?\d[\d ]{6,}\d(?!\w)")
ADDRESSES = re.compile(r"\S+@\S+\.\w+")
PARTS = re.compile(r"[\s,-]+")
APOSTROPHES = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'"})


class Name(NamedTuple):
    """A name and what stands instead of it. ``anyhow``: in whatever case it is written."""

    name: str
    instead: str
    anyhow: bool = True


def freed(words: str, names: Iterable[Name]) -> str:
    """Return words with each name replaced; longer ones first, so that a whole name is one.

    Parts of names that stand alone count too, and letters with and without their accents. Long
    numbers and addresses of mail are replaced as well.
    """
    words = ADDRESSES.sub("[address]", NUMBERS.sub("[number]", words))
    found = _by_name(names)
    for is_anyhow in (True, False):
        mine = {name: said for name, (said, anyhow) in found.items() if anyhow is is_anyhow}
        words = _replaced(words, mine, is_anyhow=is_anyhow)
    return words


def _by_name(names: Iterable[Name]) -> Mapping[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for one in names:
        for part in (one.name, *PARTS.split(one.name)):
            plain = _plain(part.strip())
            if len(plain) >= LEAST:
                found.setdefault(plain, (one.instead, one.anyhow))
    return found


def _replaced(words: str, names: Mapping[str, str], *, is_anyhow: bool) -> str:
    if not names:
        return words
    longest = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name) for name in longest)
    pattern = re.compile(rf"(?<!\w)({either})(?!\w)", re.IGNORECASE if is_anyhow else 0)
    said = {name.lower(): instead for name, instead in names.items()}
    made, last = [], 0
    for met in pattern.finditer(_plain(words)):
        made += [words[last : met.start()], said[met.group(1).lower()]]
        last = met.end()
    return "".join([*made, words[last:]])


def _plain(words: str) -> str:
    """Return words of the same length without accents, and with one kind of apostrophe."""
    composed = unicodedata.normalize("NFC", words).translate(APOSTROPHES)
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in composed)
