"""Which encoding a file is in, by looking rather than guessing.

UTF-8 with or without its mark, then UTF-16 by its mark, then Windows-1252, which is said aloud.
Guessing by the frequency of characters misreads short files and is not done.
"""

from __future__ import annotations

import codecs
from typing import Final

from evenhand.formats.faults import FileFault
from evenhand.formats.files import File

_BINARY: Final = {
    b"PK\x03\x04": "a workbook or zip",
    b"\xd0\xcf\x11\xe0": "an old workbook (.xls)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
}
_SAVE: Final = "Save it as CSV (in Excel: Save as, CSV UTF-8) and import that file."


def encoding_of(file: File) -> str:
    """Name the codec to read a file with: "utf-8-sig", "utf-16" or "cp1252".

    Raises FileFault for an empty file, one that is not text, and one in none of the three.
    """
    head = next(file.chunks(), b"")
    _refuse_binary(file, head)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[:400].count(0) > len(head[:400]) // 3:
        raise FileFault(
            file.base,
            "the file seems to be UTF-16 without its byte order mark.",
            "Save it as CSV UTF-8 and import it again.",
        )
    for encoding in ("utf-8-sig", "cp1252"):
        if _decodes(file, encoding):
            return encoding
    raise FileFault(
        file.base,
        "the file is neither UTF-8, UTF-16 nor Windows-1252 text.",
        "Save it as CSV UTF-8 and import it again.",
    )


def _refuse_binary(file: File, head: bytes) -> None:
    if not head.strip():
        raise FileFault(
            file.base,
            "the file is empty.",
            "Extract it again; if there is truly nothing to send, send its header row.",
        )
    for start, what in _BINARY.items():
        if head.startswith(start):
            raise FileFault(file.base, f"the file is {what}, not a CSV file.", _SAVE)


def _decodes(file: File, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in file.chunks():
            decoder.decode(chunk)
        decoder.decode(b"", final=encoding != "utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True
