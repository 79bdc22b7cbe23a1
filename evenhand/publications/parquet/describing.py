"""What an export says of itself: every column for tools, and a page of plain words for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from textwrap import fill
from typing import Any

import polars as pl
from django.utils import timezone

from evenhand.design.wording import day
from evenhand.publications.parquet.columns import WORDS, Meant
from evenhand.publications.parquet.files import Export, File
from evenhand.publications.parquet.withholding import withheld

SCHEMA, README, WIDE = "schema.json", "README.txt", 100
FOR_WHOM = (
    "These are records of single children. They are for people who are entitled to open the cases, "
    "and not for publication."
)
PAGE = """\
{authority}: children's services as Parquet files
True for {as_at}. Written on {at}.

{for_whom}

There are no names, dates of birth, postcodes or numbers of the case system in these files, and
nothing that a child told of their gender or their sexual orientation. That does not make them
anonymous: the days on which things happened are kept, because they are what is analysed, and
somebody who knows such a day can recognise a child by it. Keep the folder where you keep the case
system's own reports, delete it when you are done, and publish no number from it that has not been
through a release, which hides small numbers.

The key of a child or of a record was drawn for this export alone. It joins these files with each
other. It is not in any other export, so two exports cannot be joined by it.

Children who asked not to be counted by group are not in these files, nor is a record that is
restricted for a reason of which the packs say so. Nothing here tells who they are, or how many.

The files
{files}

How to read them
- "child" in any file is "key" in children.parquet; "team" is "team" in teams.parquet.
- "standard" in standings.parquet is "id" in standards.parquet; "subject" names a file, and
  "subject_key" is "key" in it.
- Columns of facts keep their names in the vocabulary, with the dot: "referral.received". The
  reference page of facts, schema.json and the packs all use these names.
- A list that is empty says that nothing is on record. A column that is empty throughout says that
  no source gives us that fact.
- Due and done days can lie after the day of the figures; the state is as at that day.
- "Not known" and "chose not to say" are answers of their own. Neither is "no", and neither is "other".
- Age is on the day of the figures. Age at each event is on the pages and not here: with the days
  it would tell a day of birth.
- Figures of late and kept agree with the pages by group of the same day, when counted over the
  months that a page names. Pages of promises count every child, as a promise is made to each, so
  that they may count a few more.

schema.json says what every column means, and from when to when each fact is held.
"""  # noqa: E501


def describe(folder: Path, files: Sequence[File], rows: Mapping[str, int], export: Export,
             at: datetime) -> None:  # fmt: skip
    """Write the schema and the page of plain words."""
    told = {
        "authority": export.authority,
        "as_at": export.as_at.isoformat(),
        "written_at": timezone.localtime(at).isoformat(timespec="seconds"),
        "for_whom": FOR_WHOM,
        "facts_left_out": withheld(),
        "files": [_file(file, rows[file.name]) for file in files],
    }
    (folder / SCHEMA).write_text(
        json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    (folder / README).write_text(_page(files, rows, export, at), encoding="utf-8")


def _file(file: File, rows: int) -> dict[str, Any]:
    return {
        "file": f"{file.name}.parquet",
        "row": file.row,
        "rows": rows,
        "columns": [_column(meant) for meant in file.whole],
    }


def _column(meant: Meant) -> dict[str, Any]:
    is_list = isinstance(meant.type, pl.List)
    inner = meant.type.inner if isinstance(meant.type, pl.List) else meant.type
    word, unit = WORDS[type(inner).__name__]
    told: dict[str, Any] = {
        "name": meant.name,
        "type": f"list of {word}" if is_list else word,
        "unit": meant.unit or unit,
        "meaning": meant.meaning,
    }
    if meant.values:
        told["values"] = list(meant.values)
    return told | (_held(meant) if meant.is_fact else {})


def _held(meant: Meant) -> dict[str, Any]:
    if meant.horizon is None:
        return {"held": False}
    first, last = meant.horizon
    return {
        "held": True,
        "held_from": first.isoformat() if first else None,
        "held_to": last.isoformat() if last else None,
    }


def _page(files: Sequence[File], rows: Mapping[str, int], export: Export, at: datetime) -> str:
    listed = "\n".join(
        f"- {file.name}.parquet: {rows[file.name]:,} rows; a row is {file.row}." for file in files
    )
    return PAGE.format(
        authority=export.authority,
        as_at=day(export.as_at),
        at=day(timezone.localtime(at).date()),
        for_whom=fill(FOR_WHOM, WIDE),
        files=listed,
    )
