"""The code that a value of Annex A stands for, however it is spelt.

Ofsted asks for ``a) WBRI``; authorities also send the bare code, its label, the label with the
code before or behind it, or words of their own. Rules come first: case, spaces, marks and the
letter in front do not count; a code that stands in the text does, and so does a label that is the
whole of it, or its first or last part. Then a list of spellings (aliases.csv). Where two codes
fit, or none, the value is left as it is written, to be asked.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final

Codes = Mapping[str, str]

_LETTER: Final = re.compile(r"^(?:[a-z]{1,2}|\d{1,2})\)\s*(?=\S)", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"^\(?(?:[A-Z]{1,2}\.)?[A-Z]{0,3}\d{1,2}(?:\.\d)?\)?[\s:-]*(?=\D{3})")
_FIRST: Final = re.compile(r"^\(?(\w{1,14})\s*[-:)=]\s*\S")
_LAST: Final = re.compile(r"[\[(](\w{1,5})[\])]$")
_TOKEN: Final = re.compile(r"\b([A-Z]{1,2}\d{1,2}[AB]?|\d[A-F])(?:[a-z]\d?|S[A-Z]|IN|OUT)?\b")
_CAPITALS: Final = re.compile(r"\b[A-Z]{3,4}\b")
_PARTS: Final = re.compile(r"\s[-:>]\s?|[:>]\s|[()\[\]]|;")
_ABUSE: Final = {"neglect": "NEG", "physical": "PHY", "sexual": "SAB", "emotional": "EMO"}
_OF_ABUSE: Final = frozenset({"abuse", "only", "and", "multiple", "likelihood", "of", "injury"})
_HEADINGS: Final = re.compile(
    r"^(?:white|mixed(?:multiple)?(?:ethnicgroups?)?(?:dualheritage)?"
    r"|asian(?:orasian|asian)?(?:british)?|black(?:orblack|africancaribbeanblack|black)?(?:british)?)"
)
_GROUPS: Final = {"white": ("W",), "mixed": ("M",), "asian": ("A", "CHNE"), "black": ("B",)}


def code_of(text: str, list_name: str, codes: Codes) -> str | None:
    """The code of a list that a text stands for; None where it cannot be told for certain."""
    spelt = _tidy(text)
    known = {code.upper(): code for code in codes}
    for form in (spelt, _LETTER.sub("", spelt)):
        if form.upper() in known:
            return known[form.upper()]
    labels = _labels(list_name, tuple(codes.items()))
    for reading in (_whole, _within, _parts):
        found = {code for code in reading(_LETTER.sub("", spelt), list_name, known, labels) if code}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _tidy(text: str) -> str:
    """One spelling of quotation marks, dashes, accents and spaces."""
    plain = unicodedata.normalize("NFKC", text)
    plain = plain.translate({0x2018: "'", 0x2019: "'", 0x2013: "-", 0x2014: "-", 0x60: "'"})
    return " ".join(plain.split())


def squeezed(text: str) -> str:
    """A text as it is compared: letters and figures alone, in lower case."""
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"[&+]", " and ", _tidy(text).lower()))


_SHARED: Final = {"primary_need": "category_of_need_903"}
"""Lists of the same codes: the spellings of the second count for the first."""

Found = Iterator[str | None]


def _whole(spelt: str, list_name: str, _known: Codes, labels: Codes) -> Found:
    """A label or alias that is the whole of the text, numbered or not."""
    yield labels.get(squeezed(spelt)) or labels.get(squeezed(_NUMBERED.sub("", spelt)))
    if list_name == "category_of_abuse":
        yield _abuse(spelt)


def _abuse(spelt: str) -> str | None:
    """Categories named one after another: one is itself, several are multiple."""
    words = set(re.findall(r"[a-z]+", spelt.lower()))
    met = words & set(_ABUSE)
    if not met or words - met - _OF_ABUSE:
        return None
    return _ABUSE[met.pop()] if len(met) == 1 else "MUL"


def _within(spelt: str, _list: str, known: Codes, _labels: Codes) -> Found:
    """A code that stands in the text: first with a mark, last in brackets, or plain to see."""
    for pattern in (_FIRST, _LAST):
        if (match := pattern.search(spelt)) and match[1].upper() in known:
            yield known[match[1].upper()]
            return
    for match in _TOKEN.finditer(spelt):
        yield known.get(match[0]) or known.get(match[1])
    for match in _CAPITALS.finditer(spelt):
        yield known.get(match[0])


def _parts(spelt: str, list_name: str, _known: Codes, labels: Codes) -> Found:
    """A label that is the first or the last part of the text."""
    parts = [part for part in _PARTS.split(spelt) if part and part.strip()]
    for part in (parts[0], parts[-1]) if len(parts) > 1 else ():
        yield _in_group(labels.get(squeezed(part)), spelt, list_name)
    if list_name == "ethnicity":
        rest = _HEADINGS.sub("", squeezed(_NUMBERED.sub("", spelt)), count=1)
        yield _in_group(labels.get(rest), spelt, list_name)


def _in_group(code: str | None, spelt: str, list_name: str) -> str | None:
    """An ethnicity only where its heading agrees: 'White - African' is not African."""
    if code is None or list_name != "ethnicity":
        return code
    start = squeezed(_NUMBERED.sub("", spelt))
    groups = [allowed for heading, allowed in _GROUPS.items() if start.startswith(heading)]
    return code if not groups or code.startswith(groups[0]) else None


@cache
def _labels(list_name: str, codes: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Squeezed label or alias to code; a label that two codes share counts for neither."""
    found: dict[str, str | None] = {}
    for code, label in codes:
        spelling = squeezed(label)
        found[spelling] = None if spelling in found else code
    names = (list_name, _SHARED.get(list_name, ""))
    aliases = {alias: code for (name, alias), code in _aliases().items() if name in names}
    return {spelling: code for spelling, code in (found | aliases).items() if code}


@cache
def _aliases() -> Mapping[tuple[str, str], str]:
    text = resources.files(__package__).joinpath("aliases.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {(row["list"], squeezed(row["spelling"])): row["code"] for row in rows}
