"""Small files in the shapes that the return comes in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evenhand.formats.delimited import Row
from evenhand.formats.format import Opened
from evenhand.formats.ssda903 import FORMAT
from tests.formats.conftest import MakeFile

__all__ = ["MakeFile"]


@pytest.fixture
def opened(file: MakeFile) -> Callable[..., list[Opened]]:
    """Return a function that opens the text of a file as the return does."""

    def open_text(content: str | bytes, name: str = "file.csv") -> list[Opened]:
        found = FORMAT.open(file(content, name))
        assert isinstance(found, list)
        return found

    return open_text


def cells(one: Opened) -> list[list[str]]:
    """The cells of every row."""
    return [row.cells for row in one.rows() if isinstance(row, Row)]
