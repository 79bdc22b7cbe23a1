"""Tables as CSV that no spreadsheet will run as a formula."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django.http import HttpResponse

from evenhand.design.components import Cell, Table

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_response(name: str, table: Table, as_at: date) -> HttpResponse:
    """Return a table as a file to download, the day that it is true for in its name."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{as_at.isoformat()}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([safe(column.words) for column in table.headings])
    for row in table.rows:
        writer.writerow([safe(Cell.of(value).value) for value in row])
    return response


def safe(value: Any) -> Any:
    """Return a value that a spreadsheet shows as it is: text that could be run is quoted."""
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return value
