"""How far an import is, told to whoever waits: a bar on a terminal, or nobody."""

from __future__ import annotations

from typing import Any

from tqdm import tqdm

from evenhand.formats.files import File


class Progress:
    """Told of every file, position and step; this one tells nobody."""

    def start(self, size: int) -> None:
        """All files together hold so many bytes."""

    def file(self, file: File) -> None:
        """A file is begun."""

    def at(self, position: int) -> None:
        """So many bytes of the file have been read."""

    def done(self, file: File) -> None:
        """A file is read."""

    def step(self, words: str) -> None:
        """Reading is over; this is being done."""

    def end(self) -> None:
        """All is done, or stopped."""


class Bar(Progress):
    """A bar on a terminal, of the bytes read."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._before = self._position = 0

    def start(self, size: int) -> None:
        self._bar = tqdm(
            total=size, unit="B", unit_scale=True, leave=False, dynamic_ncols=True, disable=None
        )

    def file(self, file: File) -> None:
        self._position = 0
        if self._bar is not None:
            self._bar.set_description(file.base)

    def at(self, position: int) -> None:
        if self._bar is not None:
            self._bar.update(max(position - self._position, 0))
        self._position = max(position, self._position)

    def done(self, file: File) -> None:
        self.at(file.size)

    def step(self, words: str) -> None:
        if self._bar is not None:
            self._bar.set_description(words)
            self._bar.refresh()

    def end(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
