"""The files of a batch, read into their stages: parsed and converted, nothing yet decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evenhand.formats import cells, registry
from evenhand.formats.delimited import Row
from evenhand.formats.files import File
from evenhand.formats.format import Opened, Window
from evenhand.formats.frames import Frames
from evenhand.formats.reading import Block, Reader
from evenhand.formats.recognise import Layout
from evenhand.imports.codes import codes_of
from evenhand.imports.decisions import Decisions
from evenhand.imports.findings import IGNORED, LEFT_OUT, QUARANTINED, Findings
from evenhand.imports.progress import Progress
from evenhand.imports.recipes import KINDS, Recipe, recipes_for
from evenhand.imports.staff import TABLES as STAFF_TABLES
from evenhand.imports.staff import Staff
from evenhand.imports.staging import Refusal, Stage
from evenhand.sources.models import Source


@dataclass(slots=True)
class Part:
    """One table of one file of a batch, and how many rows that held.

    ``number`` is its place among the parts; ``turn`` is 0 for the file with the last word.
    """

    opened: Opened
    number: int = 0
    turn: int = 0
    read: int = 0
    sha256: str = ""
    supplied: set[str] = field(default_factory=set)

    @property
    def file(self) -> File:
        """The file it is read from."""
        return self.opened.file

    @property
    def layout(self) -> Layout:
        """How the file lays out the table."""
        return self.opened.layout

    @property
    def table(self) -> str:
        """The table's name."""
        return self.layout.table.name

    @property
    def covers(self) -> Window | None:
        """The days of which it is the whole truth; None: what its own rows span."""
        return self.opened.covers


def parts_of(opened: Sequence[Opened]) -> list[Part]:
    """The parts of a batch, numbered as their order rises."""
    parts = [Part(one) for one in sorted(opened, key=lambda one: one.order)]
    orders = sorted({one.order for one in opened}, reverse=True)
    for number, part in enumerate(parts):
        part.number, part.turn = number, orders.index(part.opened.order)
    return parts


class Contents:
    """All that a batch holds: a stage for every kind of record, its staff, and the findings.

    A batch that is not ``whole`` holds some rows of its tables: nothing is withdrawn for lack of
    them, and they say nothing of what the source covers.
    """

    def __init__(
        self, source: Source, format_key: str, parts: list[Part], *, whole: bool = True
    ) -> None:
        self.source, self.parts, self.whole = source, parts, whole
        self.format = registry.BY_KEY[format_key]
        recipes = recipes_for(format_key)
        self.stages = {kind: _stage(kind, recipes) for kind in KINDS}
        tables = {part.table for part in parts}
        for stage in self.stages.values():
            sources = {recipe.source or recipe.table for recipe in stage.recipes}
            stage.is_whole = whole and bool(sources) and sources <= tables
            stage.is_whole &= not any(recipe.latest for recipe in stage.recipes)
            stage.windows = _windows([p for p in parts if p.table in sources])
        self.staff, self.findings = Staff(), Findings([part.table for part in parts])
        self.frames = Frames()

    def read(self, progress: Progress) -> None:
        """Read every file. FileFault where one turns out to be broken."""
        for part in sorted(self.parts, key=_staff_first):
            progress.file(part.file)
            if part.layout.table.used:
                self._read(part, progress)
            else:
                part.read = sum(1 for _ in part.opened.rows())
            progress.done(part.file)
        self._digest()
        for stage in self.stages.values():
            stage.finish()

    def _digest(self) -> None:
        """Note by which digest each file is known again; FileFault where one changed meanwhile."""
        digests: dict[int, str] = {}
        for part in self.parts:
            if id(part.file) not in digests:
                digests[id(part.file)] = part.file.sha256()
                part.file.refuse_changed()
            part.sha256 = digests[id(part.file)]

    def _read(self, part: Part, progress: Progress) -> None:
        decided = Decisions.of(self.source, part.layout)
        reader = Reader(part.layout, codes_of(part.table), decided.meanings)
        rows = part.opened.rows()
        for block in reader.blocks(decided.applied(rows)):
            self._keep_faults(part, block)
            self._take(part, block)
            part.read += block.read
            progress.at(getattr(rows, "position", 0))
        part.supplied = reader.supplied if self.whole else _present(part.layout)
        for stage, recipe in self.made_of(part.table):
            stage.supply(recipe, part.supplied)

    def made_of(self, table: str) -> list[tuple[Stage, Recipe]]:
        """The stages that rows of a table go to, each with its recipe."""
        stages = self.stages.values()
        return [(stage, recipe) for stage in stages for recipe in stage.recipes_of(table)]

    def counting(self, table: str) -> Stage | None:
        """The stage that counts the fates of a table's rows; None where they make no record."""
        return next((s for s, recipe in self.made_of(table) if not recipe.secondary), None)

    def _take(self, part: Part, block: Block) -> None:
        if part.table in STAFF_TABLES:
            for fault in self.staff.read(part.layout, block):
                self.findings.add_fault(part.number, fault, {}, "")
            self.staff.refuse(part.table, [fate for _, fate, _ in _refused(block)])
            return
        refused = _refused(block)
        for stage, recipe in self.made_of(part.table):
            stage.fill(recipe, part.layout, block, self.staff, part.number, part.turn)
            stage.refuse(recipe, refused, part.number, part.turn)
        if self.format.check and part.table in self.format.tables:
            self.frames.add(part.layout.table, block, part.number)

    def _keep_faults(self, part: Part, block: Block) -> None:
        key = part.layout.table.key.name
        for fault in block.faults:
            self.findings.add_fault(part.number, fault, block.raw.get(fault.line, {}), key)

    def supplied(self) -> dict[str, set[str]]:
        """The columns that each table of the batch has a value for."""
        found: dict[str, set[str]] = {}
        for part in self.parts:
            if part.layout.table.used:
                found.setdefault(part.table, set()).update(part.supplied)
        return found


def _windows(parts: Sequence[Part]) -> list[Window] | None:
    """The days that files cover; None where any of them does not say."""
    windows = [part.covers for part in parts if part.covers is not None]
    return windows if windows and len(windows) == len(parts) else None


def _stage(kind: str, recipes: Sequence[Recipe]) -> Stage:
    return Stage(kind, [recipe for recipe in recipes if recipe.kind == kind])


def _staff_first(part: Part) -> tuple[int, int]:
    order = {"roster": 0, "ssd_department": 1, "ssd_professionals": 2}
    return (order.get(part.table, 3), part.number)


def _refused(block: Block) -> list[Refusal]:
    rules = {fault.line: fault.rule for fault in block.faults if fault.weight == "row"}
    return [
        (line, IGNORED if rule in LEFT_OUT else QUARANTINED, _ids(block.raw.get(line, {})))
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
    for row in part.opened.rows():
        if row.line in lines and isinstance(row, Row):
            yield row.line, reader.as_dict(row.cells)
        if row.line >= last:
            return
