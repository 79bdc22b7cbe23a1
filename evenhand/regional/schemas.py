"""Whether the files have the columns that an analysis reads, of the type they must be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from evenhand.regional.layout import Source, parts

Kind = str
TYPES: Mapping[Kind, tuple[type[pl.DataType], ...]] = {
    "a whole number": (pl.Int64, pl.Int32, pl.UInt32, pl.Int16, pl.UInt64),
    "text": (pl.String, pl.Categorical, pl.Enum),
    "a day": (pl.Date,),
    "a day or a moment": (pl.Date, pl.Datetime),
    "yes or no": (pl.Boolean,),
    "a list of text": (pl.List,),
    "anything": (),
}
AGAIN = "Write the export again with `evenhand export parquet`."


class Schemas:
    """The columns of a source's files, each read once; what is wrong is said in ``said``."""

    def __init__(self, source: Source, said: list[str]) -> None:
        self.source = source
        self.said = said
        self._read: dict[str, Mapping[str, pl.DataType] | None] = {}

    def of(self, name: str) -> Mapping[str, pl.DataType] | None:
        """Return a file's columns; None where there is no such file or it cannot be read."""
        if name not in self._read:
            path = self.source.file(name)
            self._read[name] = None if path is None else self._columns(path)
        return self._read[name]

    def has(self, name: str, column: str) -> bool:
        """Whether a file is there and has a column."""
        return column in (self.of(name) or {})

    def fit(self, name: str, wanted: Mapping[str, Kind], lost: str) -> bool:
        """Whether a file has the columns wanted, of their type; says what is ``lost`` if not."""
        held = self.of(name)
        if held is None:
            if self.source.file(name) is None:
                self._say(f"{self.source.folder} has no {name}.parquet", lost)
            return False
        wrong = [_wrong(held, column, kind) for column, kind in wanted.items()]
        for fault in filter(None, wrong):
            self._say(f"{self.source.folder / name}.parquet {fault}", lost)
        return not any(wrong)

    def _columns(self, path: Path) -> Mapping[str, pl.DataType] | None:
        found: Mapping[str, pl.DataType] | None = None
        for part in parts(path):
            try:
                columns = pl.read_parquet_schema(part)
            except (OSError, pl.exceptions.PolarsError) as error:
                self._say(f"{part} {_fault(part, error)}", "it is left out")
                return None
            if found is not None and dict(columns) != dict(found):
                self._say(f"{part} has other columns than the files beside it", "it is left out")
                return None
            found = columns
        return found

    def _say(self, what: str, lost: str) -> None:
        sentence = f"{what}: {lost}. {AGAIN}"
        if sentence not in self.said:
            self.said.append(sentence)


def _fault(part: Path, error: Exception) -> str:
    """What is wrong with a file that could not be read, in our words and not a library's."""
    if not part.stat().st_size:
        return "is empty"
    if isinstance(error, PermissionError):
        return "may not be read by the account that runs this"
    if isinstance(error, OSError):
        return "cannot be read"
    return "is no whole Parquet file"


def _wrong(held: Mapping[str, pl.DataType], column: str, kind: Kind) -> str:
    if column not in held:
        return f'has no column "{column}"'
    types = TYPES[kind]
    if types and not isinstance(held[column], types):
        return f'has {held[column]} in the column "{column}", where {kind} is wanted'
    return ""
