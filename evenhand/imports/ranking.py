"""Which source leads for a kind of record: its rank for that kind, else the source's own."""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.casework.recorded import SOURCE as BY_HAND
from evenhand.imports import sql
from evenhand.sources.models import Source, SourceRank


def ranks(kind: str) -> Mapping[int, int]:
    """The place of each source for a kind, 0 for the one that leads; no two are equal.

    What was recorded by hand comes last: any source's own record of it leads.
    """
    own = dict(SourceRank.objects.filter(kind=kind).values_list("source_id", "rank"))
    sources = Source.objects.values_list("pk", "rank", "key")
    order = sorted((key == BY_HAND, own.get(pk, rank), rank, pk) for pk, rank, key in sources)
    return {pk: place for place, (*_, pk) in enumerate(order)}


def order_shown(kind: str) -> str:
    """The order of a kind as one line, by which a form knows whether it was changed meanwhile.

    Without what was recorded by hand, which has no place to choose.
    """
    keys = dict(Source.objects.exclude(key=BY_HAND).values_list("pk", "key"))
    return " ".join(keys[pk] for pk in ranks(kind) if pk in keys)


def others_of(source_id: int, kind: str) -> list[int]:
    """The other sources that hold any record of a kind."""
    return [
        pk
        for pk in ranks(kind)
        if pk != source_id
        and sql.one(
            "SELECT 1 FROM sources_sourcereference WHERE source_id = %s AND kind = %s LIMIT 1",
            [pk, kind],
        )
    ]


def as_case(kind: str, column: str) -> str:
    """SQL for the place of the source whose key a column holds."""
    places = ranks(kind).items()
    return f"CASE {column} " + " ".join(f"WHEN {pk} THEN {n}" for pk, n in places) + " END"


def listed(numbers: list[int]) -> str:
    """Keys of ours as a list in SQL."""
    return ", ".join(str(int(number)) for number in numbers)
