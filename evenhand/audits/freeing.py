"""Freeing words of names: each is replaced by who it is, as "the child". Pure.

It makes reading easier and replaces none: somebody reads every word before it goes into a report,
and is shown what may still be a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

LEAST = 2  # letters: a shorter part of a name is an initial
TWO_YEARS = r"(?:19|20)\d\d\D{1,3}(?:19|20)?\d\d(?!\d)"
NUMBERS = re.compile(
    rf"(?<!\w)(?!{TWO_YEARS})[A-Z]{{0,4}}-?\+?(?:\d[ ()-]{{0,2}}){{5,}}\d[A-Z]?(?!\w)",
    re.IGNORECASE,
)
"""Telephone numbers and numbers of people and cases: six figures or more, but no two years."""
ADDRESSES = re.compile(r"\S+@\S+\.\w+|(?<!\w)@\w+|\b(?:https?://|www\.)\S+")
POSTCODES = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
PARTS = re.compile(r"[\s,-]+")
LOOKALIKES = str.maketrans("łŁøØđĐı", "lLoOdDi") | str.maketrans(
    {"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{NO-BREAK SPACE}": " "}
)
LETTER = r"[^\W\d_]"
NO_INITIAL = frozenset("AI")  # words of one letter
NAMELIKE = re.compile(rf"(?<![\w'])(?=[^\W\d_])[A-Z]{LETTER}+(?:[ '-][A-Z]{LETTER}+)*")


class Name(NamedTuple):
    """A name and what stands instead of it.

    ``anyhow``: in whatever case it is written, run together, and as initials. ``whole``: no part
    of it alone, as of a date or a place.
    """

    name: str
    instead: str
    anyhow: bool = True
    whole: bool = False


def freed(words: str, names: Iterable[Name]) -> str:
    """Return words with each name replaced; longer ones first, so that a whole name is one.

    Parts of names that stand alone count too, with an s or a number glued to them, and letters
    with and without their accents; so do initials. Long numbers, postcodes and addresses are
    replaced as well.
    """
    words = _seen(words)
    for pattern, instead in (
        (ADDRESSES, "[address]"), (NUMBERS, "[number]"), (POSTCODES, "[postcode]")
    ):  # fmt: skip
        words = pattern.sub(instead, words)
    known = list(names)
    words = _replaced(words, _names(known, is_anyhow=True), is_anyhow=True)
    words = _replaced(words, _names(known, is_anyhow=False), is_anyhow=False)
    return _initials_replaced(words, known)


def left(words: str, common: Collection[str]) -> tuple[str, ...]:
    """Return what may still be a name in freed words: capitals that ``common`` words have not.

    ``common`` are in small letters. A word that begins a sentence counts as any other.
    """
    found = dict.fromkeys(_uncommon(words, common))
    return tuple(found)


def small_words(words: str) -> set[str]:
    """Return the words that stand in small letters: what is no name elsewhere either."""
    return set(re.findall(rf"(?<![\w'])[a-z]{LETTER}*", words))


def _uncommon(words: str, common: Collection[str]) -> Iterator[str]:
    for met in NAMELIKE.finditer(words):
        run = met.group()
        first, _, rest = run.partition(" ")
        if first.lower() in common:  # as the first word of a sentence
            run = rest
        if run and run.lower() not in common:
            yield run


def _seen(words: str) -> str:
    """Return words composed, and without the marks that nobody sees."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(letter for letter in composed if unicodedata.category(letter) != "Cf")


def _names(names: Iterable[Name], *, is_anyhow: bool) -> dict[str, str]:
    """Return what stands instead of each name and of its parts, the first that says so leading."""
    found: dict[str, str] = {}
    for one in names:
        if one.anyhow is not is_anyhow:
            continue
        parts = [] if one.whole else PARTS.split(one.name)
        for part in (one.name, *parts, *(_run_together(parts) if is_anyhow else ())):
            plain = _plain(part.strip())
            if len(plain) >= LEAST:
                found.setdefault(plain, one.instead)
    return found


def _run_together(parts: list[str]) -> Iterable[str]:
    return ("".join(parts), "".join(reversed(parts)))


def _replaced(words: str, names: Mapping[str, str], *, is_anyhow: bool) -> str:
    plain = _plain(words)
    low = plain.lower()
    near = [name for name in names if name.lower() in low]
    if not near:
        return words
    said = {name.lower(): names[name] for name in near}
    either = "|".join(re.escape(name) for name in sorted(near, key=len, reverse=True))
    pattern = re.compile(
        rf"(?<!{LETTER})({either})(s?)(?!{LETTER})", re.IGNORECASE if is_anyhow else 0
    )
    made, last = [], 0
    for met in pattern.finditer(plain):
        if met.group(2) and not met.group()[0].isupper():
            continue
        made += [words[last : met.start()], said[met.group(1).lower()], "'s" * bool(met.group(2))]
        last = met.end()
    return _once("".join([*made, words[last:]]), set(said.values()))


def _once(words: str, said: Iterable[str]) -> str:
    """Two parts of one name beside each other are one."""
    for one in said:
        words = re.sub(rf"{re.escape(one)}(?:[ -]+{re.escape(one)})+", one, words)
    return words


def _initials_replaced(words: str, names: Iterable[Name]) -> str:
    found: dict[str, str] = {}
    for one in names:
        if one.anyhow and not one.whole:
            for initials in _initials(one.name):
                found.setdefault(initials, one.instead)
    if not found:
        return words
    either = "|".join(re.escape(each) for each in sorted(found, key=len, reverse=True))
    pattern = rf"(?<![\w.'&-])({either})(?![\w&-]|'\w\w|\.\w)"
    return re.sub(pattern, lambda met: found[met.group(1)], words)


def _initials(name: str) -> Iterator[str]:
    """Yield the ways to write the initials of a name: all of them, and the first alone."""
    parts = [part for part in PARTS.split(_plain(name)) if part]
    letters = [part[0].upper() for part in parts]
    for some in (letters, letters[:: len(letters) - 1] if len(letters) > LEAST else []):
        if len(some) >= LEAST:
            yield from ("".join(some), ".".join(some) + ".", ".".join(some), " ".join(some))
    if letters and letters[0] not in NO_INITIAL:
        yield letters[0]


def _plain(words: str) -> str:
    """Return words of the same length without accents, and with one kind of apostrophe."""
    if words.isascii():
        return words
    composed = unicodedata.normalize("NFC", words).translate(LOOKALIKES)
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in composed)
