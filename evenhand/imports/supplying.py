"""Which columns of a format supply each fact, as the vocabulary says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from evenhand.facts.registry import vocabulary
from evenhand.formats import registry
from evenhand.formats.recognise import plain
from evenhand.formats.tables import Column, Table

LATEST_ONLY: Final = frozenset(
    {
        "clea_care_leaver_latest_contact",
        "clea_pathway_plan_review_date",
        "clae_cla_last_iro_contact_date",
    }
)
"""Columns of the dataset that hold only the latest day of something."""

_LIST: Final = re.compile(r"L(?P<number>\d+) (?P<column>.+)$")
_NAMES_LATEST: Final = re.compile(r"\b(last|latest|most recent)\b", re.IGNORECASE)


@cache
def columns_of(format_key: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """The columns of a format that supply each fact: pairs of table and column."""
    tables = registry.BY_KEY[format_key].tables.values()
    facts = vocabulary().facts.items()
    found = {
        name: tuple(_named(fact.supplied_by.get(format_key, ""), tables)) for name, fact in facts
    }
    return {name: pairs for name, pairs in found.items() if pairs}


def is_latest_only(columns: Iterable[str]) -> bool:
    """Whether any of these columns holds only the latest day of something."""
    return any(name in LATEST_ONLY or _NAMES_LATEST.search(name) for name in columns)


def _named(words: str, tables: Iterable[Table]) -> Iterator[tuple[str, str]]:
    """Find columns by the ways the vocabulary names them.

    ``ssd_contacts.cont_contact_date`` and ``Reviews.REVIEW`` name a table (or its last word) and
    a column, ``L3 Date of referral`` a list and a column, ``CINreferralDate`` a column alone.
    """
    for part in filter(None, words.split(", ")):
        in_list = _LIST.match(part)
        if in_list:
            ending, column = f"list_{in_list['number']}", in_list["column"]
        else:
            ending, _, column = part.rpartition(".")
        for table in tables:
            if _is_table(table.name, plain(ending)):
                yield from ((table.name, c.name) for c in table.columns if _is_named(c, column))


def _is_table(name: str, ending: str) -> bool:
    return not ending or name == ending or name.endswith(f"_{ending}")


def _is_named(column: Column, name: str) -> bool:
    return plain(name) in {plain(column.name), *map(plain, column.also)}
