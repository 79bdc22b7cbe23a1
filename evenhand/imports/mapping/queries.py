"""Reads of mapped reports, and how a report's first rows would be taken."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from evenhand.casework.recorded import SOURCE as BY_HAND
from evenhand.formats.faults import Fault
from evenhand.formats.files import File
from evenhand.formats.reading import Reader
from evenhand.formats.report.opening import TOTALS, Meant, open_sheet
from evenhand.formats.report.tables import CHILD, WORKER, whose
from evenhand.imports.codes import codes_of
from evenhand.imports.mapping.sample import Sample
from evenhand.imports.mapping.whose import PREFIX
from evenhand.imports.staff import Staff
from evenhand.sources.models import ReportMapping, Source, SourceReference

TAKEN = "Would be taken"


class Previewed(NamedTuple):
    """One row as it would be read: its line, its values in the table's order, and its fate."""

    line: int
    values: tuple[object, ...]
    fate: str


def mappings() -> QuerySet[ReportMapping]:
    """Return every mapped report by its name."""
    return ReportMapping.objects.select_related("source", "saved_by").order_by("name")


def sources() -> QuerySet[Source]:
    """Return the sources whose numbers for children a report may have."""
    known = SourceReference.objects.filter(kind="child").values("source")
    own = Source.objects.exclude(key__startswith=PREFIX).exclude(key=BY_HAND)
    return own.filter(pk__in=known).order_by("rank", "pk")


def name_of(sample: Sample) -> str:
    """Return the name under which this report was kept before, or nothing."""
    found = ReportMapping.objects.filter(header=sample.digest)
    return found.values_list("name", flat=True).first() or ""


def preview(sample: Sample, meant: Meant, source: Source) -> list[Previewed]:
    """Return the first rows of a report as a mapping would have them taken."""
    opened = open_sheet(sample.as_sheet(File(sample.file, 0, io.BytesIO)), meant)
    reader = Reader(opened.layout, codes_of(meant.table.name))
    found: list[Previewed] = []
    for block in reader.blocks(opened.rows()):
        of = whose(meant.table)
        place, nobody = meant.table.place(of), STRANGERS[of]
        known = KNOWN[of]((row[place] for row in block.rows), source)
        told = _told(block.faults)
        for line, row in zip(block.lines, block.rows, strict=True):
            missing = "" if row[place] in known else f"Would wait: {row[place]} is {nobody}"
            found.append(Previewed(line, row, missing or told.get(line, TAKEN)))
        taken = set(block.lines)
        blank = (None,) * len(meant.table.columns)
        found += [Previewed(n, blank, words) for n, words in told.items() if n not in taken]
    return sorted(found)


def _known(keys: Iterable[object], source: Source) -> set[object]:
    listed = [key for key in keys if key]
    references = SourceReference.objects.filter(source=source, kind="child", key__in=listed)
    return set(references.values_list("key", flat=True))


def _staff(named: Iterable[object], _source: Source) -> set[object]:
    known_id = Staff().workers.known_id
    return {one for one in named if isinstance(one, str) and known_id(one) is not None}


KNOWN: Mapping[str, Callable[[Iterable[object], Source], set[object]]] = {
    CHILD: _known, WORKER: _staff,
}  # fmt: skip
STRANGERS: Mapping[str, str] = {
    CHILD: "no child we know",
    WORKER: "nobody's number, nor the name of one alone",
}


def _told(faults: Iterable[Fault]) -> dict[int, str]:
    found: dict[int, str] = {}
    for fault in faults:
        how = {"row": "Would wait", "cell": "Would be taken without it"}[
            "row" if fault.weight == "row" else "cell"
        ]
        how = "Left out" if fault.rule == TOTALS else how
        found.setdefault(fault.line, f"{how}: {fault.sentence}")
    return found
