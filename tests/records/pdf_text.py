"""The words in a PDF as one would extract them: each run of letters, by each typeface's map."""

from __future__ import annotations

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
RUN = re.compile(rb"\[(.*?)\]TJ", re.DOTALL)
LETTERS = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
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
    letters = b"".join(ESCAPED.sub(_plain, one) for one in LETTERS.findall(run))
    return [int.from_bytes(letters[n : n + 2]) for n in range(0, len(letters), 2)]


def _plain(found: re.Match[bytes]) -> bytes:
    told = found[1]
    return bytes([int(told, 8)]) if told.isdigit() and len(told) == 3 else NAMED.get(told, told)
