"""What every file of a release holds: cover, contents, table and notes as text."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from evenhand.design.wording import day
from evenhand.equality.models import Release
from evenhand.equality.tables.releasing import SHORTHAND

LANGUAGE = "en-GB"
COVER, CONTENTS, NOTES, TABLE = "Cover", "Contents", "Notes", "Table_1"
CONTENTS_HEADINGS = ("Sheet", "What it holds")
NOTES_HEADINGS = ("Note", "What it says")


class Published(NamedTuple):
    """A release as files hold it. ``table`` has its headings first; ``notes`` are (mark, words)."""

    title: str
    authority: str
    reference: str
    cover: list[str]
    contents: list[tuple[str, str]]
    intro: list[str]
    table: list[list[str]]
    notes: list[tuple[str, str]]
    made_at: datetime


def published(release: Release) -> Published:
    """Return what the files of a release hold; made of the release and of nothing else."""
    if release.released_at is None:
        raise ValueError(f"{release} was not released.")
    title = f"{release.title}, as at {day(release.as_at)}"
    return Published(
        title, settings.AUTHORITY, release.ref, _cover(release),
        [(NOTES, "Notes, and what the shorthand means"), (TABLE, title)],
        ["This sheet contains one table.",
         f"Some cells have shorthand, and headings refer to notes: both are on the sheet {NOTES}."],
        release.figures, _notes(release), release.released_at,
    )  # fmt: skip


def _cover(release: Release) -> list[str]:
    withdrawn = [f"Withdrawn on {day(release.ended_at)}."] if release.ended_at else []
    return [
        f"Published by {settings.AUTHORITY}, for {release.for_whom}.",
        f"True for {day(release.as_at)}. Released on {day(release.released_at)}.",
        f"Reference {release.ref}.",
        *withdrawn,
    ]


def _notes(release: Release) -> list[tuple[str, str]]:
    used = {cell for row in release.figures for cell in row}
    marks = [(mark, words) for mark, words in SHORTHAND.items() if mark in used]
    numbered = enumerate(release.notes, start=1)
    return [*((f"note {place}", note) for place, note in numbered), *marks]


def is_number(cell: str) -> bool:
    """Whether a cell holds a whole number and not words or shorthand."""
    return cell.isascii() and cell.isdigit()
