"""“Who fares worse” as sections of a report: the figures by group that two people let out."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.accounts.models import User
from evenhand.design.wording import day
from evenhand.equality.models import Release
from evenhand.equality.queries import standing_for
from evenhand.equality.tables.releasing import SHORTHAND
from evenhand.publications.documents import Figures, Section

HEADING = "Who fares worse"
LET_OUT = "Figures by group leave only as two people let them out. The newest of each follow."
NONE = (
    "No figures by group have been let out. They are proposed under Who fares worse, and stand "
    "in the next report once a second person let them out."
)


def who_fares_worse(viewer: User) -> tuple[Section, ...]:
    """Return what was let out and was not withdrawn, as it left: a section for each table.

    Nothing is counted here, so that nothing leaves which was not weighed.
    """
    found = standing_for(viewer)
    first = Section(HEADING, (LET_OUT if found else NONE,))
    return (first, *(_section(each) for each in found))


def _section(release: Release) -> Section:
    return Section(release.title, tuple(_sentences(release)), (_figures(release),))


def _sentences(release: Release) -> Iterator[str]:
    yield f"Let out on {day(release.released_at)} for {release.for_whom}; reference {release.ref}."
    for place, note in enumerate(release.notes, start=1):
        yield f"Note {place}: {note}"
    used = {cell for row in release.figures for cell in row}
    yield from (f"{mark}: {words}." for mark, words in SHORTHAND.items() if mark in used)


def _figures(release: Release) -> Figures:
    headings, *rows = release.figures
    numeric = tuple(place > 0 for place in range(len(headings)))
    caption = f"{release.title}, as at {day(release.as_at)}"
    return Figures(caption, tuple(headings), numeric, tuple(tuple(row) for row in rows))
