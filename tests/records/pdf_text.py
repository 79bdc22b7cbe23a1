"""The words in a PDF as one would extract them: each run of letters, by each typeface's map."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
RUN = re.compile(rb"\[(.*?)\]TJ", re.DOTALL)
BYTE = re.compile(rb"\\.|.", re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(pdf: bytes) -> str:
    """Return everything that can be extracted; runs that several maps can read stand repeatedly."""
    streams = [found for raw in STREAM.findall(pdf) if (found := _opened(raw))]
    maps = [_map(one) for one in streams if b"beginbfchar" in one or b"beginbfrange" in one]
    runs = [_codes(run) for one in streams for run in RUN.findall(one)]
    read = [" ".join("".join(of.get(code, "") for code in run) for run in runs) for of in maps]
    return " ".join(" ".join(read).split())


def _opened(raw: bytes) -> bytes:
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw


def _map(stream: bytes) -> dict[int, str]:
    assert b"beginbfrange" not in stream, "this reader knows single letters only"
    return {
        int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for code, letters in PAIR.findall(stream.split(b"beginbfchar", 1)[1])
    }


def _codes(run: bytes) -> list[int]:
    letters = ESCAPED.sub(_plain, b"".join(_inside(run)))
    return [int.from_bytes(letters[n : n + 2]) for n in range(0, len(letters), 2)]


def _inside(run: bytes) -> Iterator[bytes]:
    """Yield what stands inside brackets: a pair of them in a string is written as it is."""
    depth = 0
    for one in BYTE.findall(run):
        depth -= one == b")"
        if depth:
            yield one
        depth += one == b"("


def _plain(found: re.Match[bytes]) -> bytes:
    told = found[1]
    return bytes([int(told, 8)]) if told.isdigit() and len(told) == 3 else NAMED.get(told, told)
