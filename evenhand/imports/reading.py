"""The files of a batch, read into their stages: parsed and converted, nothing yet decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evenhand.formats import cells
from evenhand.formats.delimited import Delimited, Row
from evenhand.formats.extract import Opened
from evenhand.formats.files import File
from evenhand.formats.reading import Block, Reader
from evenhand.formats.recognise import Layout
from evenhand.formats.ssd.tables import codes
from evenhand.imports.decisions import DISCARDED_BEFORE, Decisions
from evenhand.imports.findings import IGNORED, QUARANTINED, Findings
from evenhand.imports.progress import Progress
from evenhand.imports.recipes import BY_TABLE, RECIPES
from evenhand.imports.staff import TABLES as STAFF_TABLES
from evenhand.imports.staff import Staff
from evenhand.imports.staging import Refusal, Stage
from evenhand.sources.models import Source


@dataclass(slots=True)
class Part:
    """One table of a batch: the file it is read from, and how many rows that held."""

    file: File
    encoding: str
    layout: Layout
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
    """All that a batch holds: a stage for every kind of record, its staff, and the findings.

    A batch that is not ``whole`` holds some rows of its tables: nothing is withdrawn for lack of
    them, and they say nothing of what the source covers.
    """

    def __init__(self, source: Source, parts: list[Part], *, whole: bool = True) -> None:
        self.source, self.parts, self.whole = source, parts, whole
        by_table = {part.table: part.layout for part in parts}
        self.stages = {recipe.kind: Stage(recipe, by_table.get(recipe.table)) for recipe in RECIPES}
        for recipe in RECIPES:
            present = (recipe.source or recipe.table) in by_table
            self.stages[recipe.kind].is_whole = whole and present
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
        decided = Decisions.of(self.source, part.layout)
        reader = Reader(part.layout, codes(), decided.meanings)
        opened = Delimited(part.file)
        for block in reader.blocks(decided.applied(opened)):
            self._keep_faults(part, block)
            self._take(part, block)
            part.read += block.read
            progress.at(opened.position)
        part.supplied = reader.supplied if self.whole else _present(part.layout)
        if part.table in BY_TABLE:
            self.stages[BY_TABLE[part.table].kind].supplied |= part.supplied

    def _take(self, part: Part, block: Block) -> None:
        if part.table in STAFF_TABLES:
            for fault in self.staff.read(part.layout, block):
                self.findings.add_fault(part.table, fault, {}, "")
            self.staff.refuse(part.table, [fate for _, fate, _ in _refused(block)])
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


def _refused(block: Block) -> list[Refusal]:
    rules = {fault.line: fault.rule for fault in block.faults if fault.weight == "row"}
    return [
        (line, IGNORED if rule == DISCARDED_BEFORE else QUARANTINED, _ids(block.raw.get(line, {})))
        for line, rule in sorted(rules.items())
    ]


def _present(layout: Layout) -> set[str]:
    pairs = zip(layout.table.every_column, layout.places, strict=True)
    return {column.name for column, place in pairs if place is not None}


def _ids(raw: dict[str, str]) -> dict[str, str]:
    """The cells of a refused row as identifiers, so that it still counts as present."""
    found = {name: cells.to_id(text) for name, text in raw.items()}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def cells_of(part: Part, lines: set[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of some rows, read again from their file, so that they can be mended."""
    if not lines:
        return
    reader = Reader(part.layout, {})
    last = max(lines)
    for row in Delimited(part.file):
        if row.line in lines and isinstance(row, Row):
            yield row.line, reader.as_dict(row.cells)
        if row.line >= last:
            return
