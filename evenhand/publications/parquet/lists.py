"""The files that others point to: teams, and the standards with their values in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from evenhand.accounts.models import Team
from evenhand.facts.adopted import policy
from evenhand.publications.parquet.columns import TEXT, YES_NO, Meant
from evenhand.publications.parquet.files import Export, File
from evenhand.publications.parquet.subjects import name_of_file
from evenhand.standards.standing import is_recorded
from evenhand.standards.wording import kind_of_authority, value_in_words

TEAMS = (
    Meant("team", TEXT, "The team, by a random reference that stays from export to export."),
    Meant("name", TEXT, "What the case system calls the team."),
    Meant("service", TEXT, "The service that holds it: team of this same file.", unit="key"),
)
STANDARDS = (
    Meant("id", TEXT, "The standard: its pack and its name there."),
    Meant("title", TEXT, "What is promised."),
    Meant("pack", TEXT, "The pack that it comes from."),
    Meant("clauses", pl.List(TEXT), "The clauses of law or policy that it rests on."),
    Meant("kind", TEXT, "Whether missing it is a breach of law.", values=("law", "promise")),
    Meant("authority_of_value", TEXT, "On what its value rests, as pages say it."),
    Meant("value", TEXT, "What it asks on the day of the figures, in words."),
    Meant("subject", TEXT, "The file of the records that it is about, if any is held."),
    Meant("is_measured", YES_NO, "Whether anything here records what starts it."),
)


def teams(export: Export) -> File:
    """Return the file of teams and services."""
    return File("teams", "one team, or a service that holds teams", TEAMS, lambda: _teams(export))


def _teams(export: Export) -> Iterator[pl.DataFrame]:
    listed = Team.objects.order_by("ref").values_list("ref", "name", "parent_id")
    yield _frame(TEAMS, [(ref, name, export.teams.get(parent)) for ref, name, parent in listed])


def standards(export: Export) -> File:
    """Return the file of the standards that the authority adopted."""
    return File(
        "standards", "one standard of an adopted pack", STANDARDS, lambda: _standards(export)
    )


def _standards(export: Export) -> Iterator[pl.DataFrame]:
    yield _frame(
        STANDARDS,
        [
            (
                one.id, one.title, one.pack, list(one.clauses), "law" if one.law else "promise",
                kind_of_authority(one), value_in_words(one, export.as_at),
                name_of_file(one.subject), is_recorded(one),
            )
            for one in policy().standards.values()
        ],
    )  # fmt: skip


def _frame(columns: tuple[Meant, ...], rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    schema: Mapping[str, pl.DataType] = {meant.name: meant.type for meant in columns}
    return pl.DataFrame(rows, schema=dict(schema), orient="row")
