"""The rows of files, made plain, all at once or a block at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl


class View(NamedTuple):
    """Files and what is made of their rows, each for itself; ``empty`` has its columns."""

    files: list[Path]
    made: Callable[[pl.LazyFrame], pl.LazyFrame]
    empty: pl.Schema | None = None

    def whole(self) -> pl.LazyFrame:
        """Return all rows."""
        if not self.files:
            return pl.LazyFrame(schema=self.empty)
        return self.made(pl.scan_parquet(self.files))

    def rows(self) -> int:
        """Return how many rows the files say that they have: nothing of them is read."""
        return sum(_rows(path) for path in self.files)

    def batches(self, size: int) -> Iterator[pl.DataFrame]:
        """Return the rows a block of a file at a time.

        Polars' own batches run ahead of whoever takes them, and memory grows with the file.
        """
        for path in self.files:
            for start in range(0, _rows(path), size):
                yield self.made(pl.scan_parquet(path).slice(start, size)).collect()


def _rows(path: Path) -> int:
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())
