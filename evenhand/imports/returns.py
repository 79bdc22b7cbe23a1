"""What a format checks of a whole return, and what becomes of the rows it finds.

A row that would tell an untruth is quarantined, a cell is left aside, and the rest is noted: the
row is taken, and the data officer sees the matter before the return is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from evenhand.formats.format import Checked
from evenhand.imports import sql
from evenhand.imports.findings import QUARANTINED
from evenhand.imports.reading import Contents
from evenhand.imports.staging import Stage, blank_of

AT_ONCE = 400


def check(contents: Contents, today: date, *, only: Collection[str] | None = None) -> None:
    """Run the checks of the batch's format over all its tables, and act on what they find.

    ``only`` names the rules that count where the batch holds some rows of a return.
    """
    if contents.format.check is None:
        return
    refused: dict[int, set[int]] = defaultdict(set)
    left: dict[tuple[int, str], set[int]] = defaultdict(set)
    for one in contents.format.check(contents.frames.take(), today):
        if only is not None and one.fault.rule not in only:
            continue
        part = _part(contents, one)
        contents.findings.add_fault(part, one.fault, {}, "")
        if one.fault.weight == "row":
            refused[part].add(one.fault.line)
        elif one.fault.weight == "cell":
            left[part, one.fault.column].add(one.fault.line)
    with sql.aside():
        for part, lines in refused.items():
            _refuse(contents, part, lines)
        for (part, column), lines in left.items():
            _leave_aside(contents, part, column, lines)


def _part(contents: Contents, found: Checked) -> int:
    """The file of a finding; the table's first where the check does not say."""
    tables = contents.findings.tables
    if 0 <= found.file < len(tables) and tables[found.file] == found.table:
        return found.file
    return tables.index(found.table)


def _stages(contents: Contents, part: int) -> Iterator[Stage]:
    """The stages of a part's rows; a child is taken whatever else its row says."""
    for stage, recipe in contents.made_of(contents.findings.tables[part]):
        if not (recipe.secondary and stage.kind == "child"):
            yield stage


def _refuse(contents: Contents, part: int, lines: set[int]) -> None:
    for stage in _stages(contents, part):
        for some in _chunks(lines):
            marks = ", ".join(["%s"] * len(some))
            sql.run(
                "UPDATE {name} SET fate = %s WHERE fate IS NULL AND part = %s "
                f"AND line IN ({marks})",
                [QUARANTINED, part, *some],
                name=stage.name,
            )


def _leave_aside(contents: Contents, part: int, column: str, lines: set[int]) -> None:
    for stage in _stages(contents, part):
        for field in stage.recipe_of(part).fields:
            if column not in field.sources or field.refers:
                continue
            for some in _chunks(lines):
                marks = ", ".join(["%s"] * len(some))
                sql.run(
                    f"UPDATE {{name}} SET {{c}} = %s WHERE part = %s AND line IN ({marks})",
                    [blank_of(field), part, *some],
                    name=stage.name,
                    c=field.column,
                )


def _chunks(lines: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(lines)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
