"""The files of a batch, read into their stages: parsed and converted, nothing yet decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from evenhand.formats import cells
from evenhand.formats.delimited import Delimited, Row
from evenhand.formats.extract import Opened
from evenhand.formats.faults import Fault
from evenhand.formats.files import File
from evenhand.formats.reading import Block, Meanings, Reader
from evenhand.formats.recognise import Layout
from evenhand.formats.ssd.tables import codes
from evenhand.imports.findings import Findings
from evenhand.imports.progress import Progress
from evenhand.imports.recipes import BY_TABLE, RECIPES
from evenhand.imports.staff import TABLES as STAFF_TABLES
from evenhand.imports.staff import Staff
from evenhand.imports.staging import Stage
from evenhand.sources.models import Mend, Source

Corrections = Mapping[tuple[str, str, str], str]
"""What was mended in one row: (key, column, found) to value."""


@dataclass(slots=True)
class Part:
    """One table of a batch: the file it is read from, and how many rows that held."""

    file: File
    encoding: str
    layout: Layout
    rows: Iterable[Row | Fault] | None = None
    read: int = 0
    supplied: set[str] = field(default_factory=set)

    @property
    def table(self) -> str:
        """The table's name."""
        return self.layout.table.name


def part_of(opened: Opened) -> Part:
    """The part of a batch that an opened file is."""
    return Part(opened.file, opened.encoding, opened.layout)


class Contents:
    """All that a batch holds: a stage for every kind of record, its staff, and the findings."""

    def __init__(self, source: Source, parts: list[Part]) -> None:
        self.source, self.parts = source, parts
        by_table = {part.table: part.layout for part in parts}
        self.stages = {recipe.kind: Stage(recipe, by_table.get(recipe.table)) for recipe in RECIPES}
        for recipe in RECIPES:
            if recipe.source:
                self.stages[recipe.kind].is_whole = recipe.source in by_table
        self.staff, self.findings = Staff(), Findings()

    def read(self, progress: Progress) -> None:
        """Read every file. FileFault where one turns out to be broken."""
        for part in sorted(self.parts, key=_staff_first):
            progress.file(part.file)
            if part.layout.table.used:
                self._read(part, progress)
            else:
                part.read = sum(1 for _ in Delimited(part.file))
            progress.done(part.file)
        for stage in self.stages.values():
            stage.finish()

    def _read(self, part: Part, progress: Progress) -> None:
        meanings, corrections = _mends(self.source, part.table)
        reader = Reader(part.layout, codes(), meanings)
        opened = Delimited(part.file) if part.rows is None else None
        rows = opened if opened is not None else part.rows or ()
        for block in reader.blocks(rows):
            _correct(reader, block, corrections)
            self._keep_faults(part, block)
            self._take(part, block)
            part.read += block.read
            progress.at(opened.position if opened else part.read)
        part.supplied = reader.supplied
        if part.table in BY_TABLE:
            self.stages[BY_TABLE[part.table].kind].supplied |= reader.supplied

    def _take(self, part: Part, block: Block) -> None:
        if part.table in STAFF_TABLES:
            for fault in self.staff.read(part.layout, block):
                self.findings.add_fault(part.table, fault, {}, "")
            refused = len({f.line for f in block.faults if f.weight == "row"})
            self.staff.refuse(part.table, refused)
            return
        stage = self.stages[BY_TABLE[part.table].kind]
        stage.fill(block, self.staff)
        stage.refuse(_refused(block))

    def _keep_faults(self, part: Part, block: Block) -> None:
        key = part.layout.table.key.name
        for fault in block.faults:
            self.findings.add_fault(part.table, fault, block.raw.get(fault.line, {}), key)

    def supplied(self) -> dict[str, set[str]]:
        """The columns that each table of the batch has a value for."""
        return {part.table: part.supplied for part in self.parts if part.layout.table.used}


def _staff_first(part: Part) -> tuple[int, str]:
    order = {"roster": 0, "ssd_department": 1, "ssd_professionals": 2}
    return (order.get(part.table, 3), part.table)


def _refused(block: Block) -> list[tuple[int, dict[str, str]]]:
    lines = sorted({fault.line for fault in block.faults if fault.weight == "row"})
    return [(line, _ids(block.raw.get(line, {}))) for line in lines]


def _ids(raw: dict[str, str]) -> dict[str, str]:
    """The cells of a refused row as identifiers, so that it still counts as present."""
    found = {name: cells.to_id(text) for name, text in raw.items()}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _mends(source: Source, table: str) -> tuple[Meanings, Corrections]:
    mends = list(Mend.objects.filter(source=source, table=table))
    meanings = {(m.column, m.found.strip().lower()): m.value for m in mends if not m.key}
    return meanings, {(m.key, m.column, m.found): m.value for m in mends if m.key}


def _correct(reader: Reader, block: Block, corrections: Corrections) -> None:
    """Read rows again that somebody has mended before."""
    if not corrections:
        return
    key = reader.layout.table.key.name
    for line in sorted(block.raw):
        raw = block.raw[line]
        mended = {
            name: corrections.get((raw.get(key, ""), name, text), text)
            for name, text in raw.items()
        }
        if mended != raw:
            _replace(block, line, reader.again(line, mended))


def _replace(block: Block, line: int, again: Block) -> None:
    block.faults = [fault for fault in block.faults if fault.line != line] + again.faults
    del block.raw[line]
    block.raw.update(again.raw)
    if line in block.lines:
        at = block.lines.index(line)
        del block.lines[at], block.rows[at]
    block.lines += again.lines
    block.rows += again.rows


def cells_of(part: Part, lines: set[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of some rows, read again from their file, so that they can be mended."""
    if not lines:
        return
    reader = Reader(part.layout, {})
    rows = Delimited(part.file) if part.rows is None else part.rows
    last = max(lines)
    for row in rows:
        if row.line in lines and isinstance(row, Row):
            yield row.line, reader.as_dict(row.cells)
        if row.line >= last:
            return
