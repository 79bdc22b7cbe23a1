"""The reader of PDF files that tests use reads whatever numbers the letters happen to have."""

from __future__ import annotations

from tests.records.pdf_text import words_of

MAP = b"2 beginbfchar\n<0028> <003C>\n<0029> <0035>\nendbfchar"


def test_letters_whose_numbers_are_brackets_are_read() -> None:
    """A pair of brackets stands in a string as it is; one alone is marked."""
    for shown in (rb"(\000(\000))", rb"(\000\()10(\000\))"):
        pdf = b"".join(
            b"stream\n" + each + b"\nendstream " for each in (MAP, b"BT [" + shown + b"]TJ ET")
        )
        assert words_of(pdf) == "<5", shown
