"""What can be wrong with a file or a row, each in one sentence with its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evenhand.formats import limits

Weight = Literal["row", "cell", "note"]


class FileFault(Exception):
    """A file that cannot be read as what it should be: nothing of it is taken.

    ``file`` is its name, ``sentence`` what was found and where, ``remedy`` what to do.
    """

    def __init__(self, file: str, sentence: str, remedy: str) -> None:
        super().__init__(f"{file}: {sentence} {remedy}")
        self.file, self.sentence, self.remedy = file, sentence, remedy


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one row.

    ``weight`` is "row" when the row cannot be taken without telling an untruth, and "cell"
    when the row is taken and only this cell is left aside; "note" when the row is taken whole and
    the matter is listed. ``rule`` names the rule, such as
    SSD-D01; docs/how-to/import.md lists them. ``line`` counts from 1, the header included.
    """

    line: int
    column: str
    found: str
    rule: str
    sentence: str
    remedy: str
    weight: Weight = "row"


def shown(value: object) -> str:
    """A value as it may stand in a sentence: short, on one line, and in quotation marks."""
    text = " ".join(str(value).replace("\0", "(NUL)").split())
    if len(text) > limits.SHOWN_CHARACTERS:
        text = f"{text[: limits.SHOWN_CHARACTERS]}... ({len(str(value)):,} characters)"
    return f"'{text}'"
