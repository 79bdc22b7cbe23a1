"""Read a legacy .xls workbook in a process of its own, so that a broken one breaks only that.

``python -m evenhand.formats.legacy_reader`` takes the workbook on standard input and writes one
JSON list to a line: first the names of its worksheets, then [sheet, line, cells] for each row.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Final

from python_calamine import CalamineWorkbook

from evenhand.formats.workbook_cells import rows_of, worksheets

if sys.platform != "win32":
    import resource

MOST_MEMORY: Final = 2 * 1024**3


def limit_memory() -> None:
    """Let this process ask for no more memory than a workbook can need, where that can be said."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or most > MOST_MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, most))


def main() -> None:
    """Write what the workbook on standard input holds."""
    limit_memory()
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    names = worksheets(book)
    _write(names)
    for name in names:
        for row in rows_of(book.get_sheet_by_name(name)):
            _write([name, row.line, row.cells])


def _write(told: list[object] | list[str]) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    main()
