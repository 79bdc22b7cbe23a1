"""The children's file: which group each belongs to, and nothing that says who they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from evenhand.equality.dimensions import STANDING, Dimension, main_dimensions, unknown_groups
from evenhand.equality.grouping import children, grouped
from evenhand.facts.reading import columns
from evenhand.people.access_rules import sensitive
from evenhand.people.pack import ask_set
from evenhand.publications.parquet import columns as made
from evenhand.publications.parquet.columns import TEXT, Meant
from evenhand.publications.parquet.files import AT_ONCE, Export, File
from evenhand.publications.parquet.subjects import (
    CHILD,
    CHILDREN,
    KEY,
    WHOSE,
    facts_in,
    facts_meant,
)
from evenhand.rules.moments import to_day


def file(export: Export) -> File:
    """Return the file of children: those merged into another have no row of their own."""
    ways, facts = dimensions_that_leave(), facts_meant(CHILD)
    meant = tuple(_meant(dimension) for dimension in ways)
    return File(
        CHILDREN,
        "one child or young person; those who were found to be one are one",
        (KEY, WHOSE[1], *meant, *facts),
        lambda: _parts(ways, facts, export),
    )


def dimensions_that_leave() -> list[Dimension]:
    """Return the pack's main dimensions, without what is volunteered and what is sensitive."""
    volunteered = {item.characteristic for item in ask_set() if not item.chased}
    stays = volunteered | sensitive()
    leaving = [each for each in main_dimensions() if each.leaves]
    return [each for each in leaving if each.characteristic not in stays]


def _meant(dimension: Dimension) -> Meant:
    told = "as it is known today" if dimension.read == STANDING else "on the day of the figures"
    groups = () if dimension.is_open else (*dimension.labels, *unknown_groups(dimension))
    words = tuple(dimension.label_of(group) for group in groups)
    return Meant(dimension.id, TEXT, f"{dimension.label}, {told}.", values=words)


def _parts(
    ways: list[Dimension], facts: tuple[Meant, ...], export: Export
) -> Iterator[pl.DataFrame]:
    groups = _groups(ways, export)
    keys = export.keys[CHILD]
    for ids in keys.in_turns(AT_ONCE):
        found = columns(CHILD, [meant.name for meant in facts], ids=ids)
        whose = [
            made.keys(keys.of(found.ids)).alias("key"),
            export.team(found.teams, found.ids).alias("team"),
        ]
        places = np.searchsorted(keys.ids, found.ids)
        told = [series.gather(places).alias(name) for name, series in groups.items()]
        yield pl.DataFrame([*whose, *told, *facts_in(found, facts)]).sort("key")


def _groups(ways: list[Dimension], export: Export) -> Mapping[str, pl.Series]:
    """The group of every child who has a key, in order of number, on each dimension."""
    everyone, ids = children(), export.keys[CHILD].ids
    today = np.full(len(ids), to_day(export.as_at), np.int64)
    found = {}
    for dimension in ways:
        way = grouped(dimension, everyone)
        labels = pl.Series([dimension.label_of(group) for group in way.groups], dtype=TEXT)
        found[dimension.id] = labels.gather(way.of_events(everyone, ids, today))
    return found
