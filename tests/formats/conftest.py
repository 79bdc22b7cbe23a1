"""Files to read, made of the bytes that a test gives."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from evenhand.formats.files import File

MakeFile = Callable[..., File]


@pytest.fixture
def file() -> MakeFile:
    """Return a function that makes a file of some bytes or text."""

    def make(content: bytes | str, name: str = "ssd_contacts.csv", *, named: bool = True) -> File:
        data = content.encode() if isinstance(content, str) else content
        return File(name, len(data), lambda: io.BytesIO(data), named)

    return make
