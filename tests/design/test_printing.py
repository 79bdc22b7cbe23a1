"""Every printed document shows what its typeface has letters for, and says the rest in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from evenhand.equality.exports.print import as_pdf
from evenhand.equality.exports.publishing import Published
from evenhand.publications.documents import Document, Figures, Section
from evenhand.publications.files import pdf_of
from evenhand.retention.files import Listed, sheet_pdf
from tests.records.pdf_text import words_of

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAME = "\u0623\u0645\u0644"  # a name in Arabic letters
SAID = f"She is called {NAME} \N{GRINNING FACE}\N{RIGHT-TO-LEFT OVERRIDE}"


def sheet() -> bytes:
    rows = (("Name", SAID),)
    return sheet_pdf(SAID, [SAID], [Listed(SAID, ("What", "Words"), rows)], made_at=AT)


def report() -> bytes:
    figures = Figures(SAID, ("What", "Words"), (False, False), (("Name", SAID),))
    sections = (Section(SAID, (SAID,), (figures,)),)
    return pdf_of(Document(SAID, "Islehaven", date(2026, 11, 22), sections, (SAID,)), made_at=AT)


def release() -> bytes:
    table = [["Group", "Children"], [SAID, "10"]]
    notes = [("note 1", SAID)]
    return as_pdf(Published(SAID, "Islehaven", "abc", [SAID], [], [SAID], table, notes, AT))


@pytest.mark.parametrize("made", [sheet, report, release])
def test_letters_that_the_typeface_lacks_are_said_in_words(made: Callable[[], bytes]) -> None:
    """A child's name, and what somebody wrote, is no reason for a document not to be made."""
    words = words_of(made())
    assert "words in arabic letters" in words
    assert "grinning face" in words
