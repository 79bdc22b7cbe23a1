"""Words as the PDF can show them: what its typeface has no letters for is said in words instead.

A PDF for everybody (PDF/UA) may hold no letter that cannot be shown; the machine files have all.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "print_fonts"
TYPEFACE = FONTS / "SourceSans3-Regular.ttf"
SPACES = "\n\r\t "
FORMAT, LAST = 4, 0xFFFE


def shown(value: Any) -> Any:
    """Return text, or every text in lists and mappings, as the typeface can show it."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else _shown(value)
    if isinstance(value, dict):
        return {name: shown(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [shown(one) for one in value]
    return value


def _shown(text: str) -> str:
    runs = groupby(unicodedata.normalize("NFC", text), key=_kind)
    return "".join(_said(kind, "".join(run)) for kind, run in runs)


def _kind(letter: str) -> str:
    """ "" for what can be shown, "control" for what shows nothing, else the script or "sign"."""
    if letter in SPACES or (ord(letter) in letters() and letter.isprintable()):
        return ""
    if unicodedata.category(letter).startswith("C"):
        return "control"
    name = unicodedata.name(letter, "unknown")
    return name.split()[0].lower() if letter.isalpha() else f"sign {name.lower()}"


def _said(kind: str, run: str) -> str:
    if not kind:
        return run
    if kind == "control":
        return ""
    if kind.startswith("sign "):
        return f"[{kind.removeprefix('sign ')}]" * len(run)
    return f"[words in {kind} letters, which the files for a computer hold]"


@cache
def letters() -> frozenset[int]:
    """Return the code points that the typeface has, from its own table of them (OpenType cmap)."""
    font = TYPEFACE.read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4s4xI4x", font, 12 + 16 * n) for n in range(tables))
    cmap = next(start for tag, start in records if tag == b"cmap")
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    offsets = (struct.unpack_from(">4xI", font, cmap + 4 + 8 * n)[0] for n in range(count))
    return frozenset().union(*(_subtable(font, cmap + offset) for offset in offsets))


def _subtable(font: bytes, start: int) -> set[int]:
    """The code points of a subtable of format 4; none of any other format."""
    if struct.unpack_from(">H", font, start)[0] != FORMAT:
        return set()
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    lists = [struct.unpack_from(f">{count}H", font, start + at) for at in (
        14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count,
    )]  # fmt: skip
    place = start + 16 + 6 * count
    return {
        letter
        for number, (last, first, delta, offset) in enumerate(zip(*lists, strict=True))
        for letter in range(first, min(last, LAST) + 1)
        if _glyph(font, letter, first, delta, offset, place + 2 * number)
    }


def _glyph(font: bytes, letter: int, first: int, delta: int, offset: int, place: int) -> int:
    """The number of a letter's shape; 0: the typeface has none."""
    if not offset:
        return (letter + delta) % 0x10000
    found: int = struct.unpack_from(">H", font, place + offset + 2 * (letter - first))[0]
    return (found + delta) % 0x10000 if found else 0
