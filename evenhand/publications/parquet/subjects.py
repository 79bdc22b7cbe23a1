"""A file for each subject of the vocabulary: a row a record, its facts as columns."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from evenhand.facts.horizons import horizons
from evenhand.facts.reading import Subjects, columns
from evenhand.facts.registry import SUBJECTS
from evenhand.publications.parquet import columns as made
from evenhand.publications.parquet.columns import TEXT, WHOLE, Meant, of_fact, values_of
from evenhand.publications.parquet.files import AT_ONCE, Export, File
from evenhand.publications.parquet.keys import LEFT_OUT, children_of
from evenhand.publications.parquet.withholding import facts_of

CHILD, CHILDREN = "child", "children"
KEY = Meant("key", WHOLE, "The record, by a number drawn for this export alone.", unit="key")
WHOSE = (
    Meant("child", WHOLE, "The child: key of children.parquet.", unit="key"),
    Meant("team", TEXT, "The team that it is counted to: team of teams.parquet.", unit="key"),
)


def name_of_file(subject: str) -> str:
    """Return the file's name: the subject's own, but children."""
    return CHILDREN if subject == CHILD else subject


def files(export: Export) -> list[File]:
    """Return a file for every bound subject but the child, whose file has more in it."""
    return [_file(subject, export) for subject in SUBJECTS if subject != CHILD]


def _file(subject: str, export: Export) -> File:
    facts = facts_meant(subject)
    named = subject.replace("_", " ")
    return File(
        subject,
        f"one {named}; what was withdrawn is not here",
        (KEY, *WHOSE, *facts),
        lambda: _parts(subject, facts, export),
    )


def facts_meant(subject: str) -> tuple[Meant, ...]:
    """Return the columns of a subject's facts, with from when to when each is held."""
    facts = facts_of(subject)
    known = horizons(fact.name for fact in facts)
    return tuple(of_fact(fact, known[fact.name]) for fact in facts)


def _parts(subject: str, facts: tuple[Meant, ...], export: Export) -> Iterator[pl.DataFrame]:
    for ids in export.keys[subject].in_turns(AT_ONCE):
        found = columns(subject, [meant.name for meant in facts], ids=ids)
        children = children_of(export.keys[CHILD], found.children)
        whose = {
            "key": made.keys(export.keys[subject].of(found.ids)),
            "child": made.keys(children),
            "team": export.team(found.teams, found.children),
        }
        frame = pl.DataFrame([series.alias(name) for name, series in whose.items()])
        frame = frame.with_columns(facts_in(found, facts))
        # A child who was found while this export was being made has no key, and is in the next.
        yield frame.filter(pl.Series(children != LEFT_OUT)).sort("key")


def facts_in(found: Subjects, facts: tuple[Meant, ...]) -> list[pl.Series]:
    """Return the facts of these records, a column each."""
    return [values_of(meant, found.facts.get(meant.name), len(found.ids)) for meant in facts]
