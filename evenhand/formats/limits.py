"""How much a file may hold before it is refused. Every limit of the readers is here, by name.

They guard the machine, not policy: an authority of a million children stays far below them.
"""

from __future__ import annotations

from typing import Final

CELL_CHARACTERS: Final = 100_000
"""The longest text in one cell; the longest real one seen, a comment in JSON, is 4,000."""

ID_CHARACTERS: Final = 48
"""The longest identifier; the standard's own bound."""

LINE_CHARACTERS: Final = 1_000_000
"""The longest line; beyond it a file is not a table, or a quotation mark was never closed."""

FILE_BYTES: Final = 4 * 1024**3
"""The largest file, unpacked."""

ZIP_MEMBERS: Final = 1_000
"""The most files in one zip."""

ZIP_BYTES: Final = 16 * 1024**3
"""The most that a whole zip may unpack to."""

ZIP_RATIO: Final = 200
"""The most that a member may grow when unpacked; tables of dates shrink some 10 to 30 times."""

ZIP_RATIO_FROM: Final = 10 * 1024**2
"""Below this unpacked size the ratio is not looked at: small files of one value shrink well."""

SPOOL_BYTES: Final = 8 * 1024**3
"""The most that the rows of one XML file or workbook may hold when laid out."""

COLUMNS: Final = 300
"""The most columns in a header."""

WORKBOOK_BYTES: Final = 64 * 1024**2
"""The largest workbook: a roster is small, and a workbook is read whole."""

EARLIEST_YEAR: Final = 1901
"""Nobody a children's service knows was born before it; 1900-01-01 is how some systems write
an empty date."""

LATEST_YEAR: Final = 2100
"""The last year that a date may have; nothing is planned beyond it."""

SHOWN_CHARACTERS: Final = 80
"""How much of a value is shown in a sentence."""

XML_ELEMENT_BYTES: Final = 16 * 1024**2
"""The most bytes of XML between one child's record and the next; a real one has some 3,000."""

WORKBOOK_UNPACKED: Final = 512 * 1024**2
"""The most that a workbook may unpack to."""

SHEET_ROWS: Final = 1_048_576
"""The most rows a sheet may have: no spreadsheet program writes more."""

SHEET_CELLS: Final = 10_000_000
"""The most cells between the first cell of a sheet and the outermost that holds anything: as many
are held in memory while a sheet is read (of a legacy .xls, all its sheets together)."""

WORKBOOK_TEXT: Final = 512 * 1024**2
"""The most characters that the cells of a workbook may hold together."""
