"""``evenhand export parquet``: what is held as files for tools of analysis."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from django.utils import timezone

from evenhand.publications.parquet import write_parquet

WELL = 0


def export_parquet(arguments: argparse.Namespace) -> int:
    """Write the folder, and say how many rows of each file and for whom it is."""
    written = write_parquet(Path(arguments.folder), by=None, at=timezone.now())
    if arguments.json:
        print(json.dumps({"folder": str(written.folder), "rows": written.rows}, indent=2))
    else:
        print(*(f"{name}: {count:,} rows" for name, count in written.rows.items()), sep="\n")
        print(f"Written to {written.folder}. It is of single children: read its README.txt.")
    return WELL
