"""A return of an earlier year than one that was imported before: it fills what is blank, and what
the later return said of the same records stands."""

from __future__ import annotations

from django.db.models import Max

from evenhand.imports import sql
from evenhand.imports.reading import Contents
from evenhand.imports.staging import Stage
from evenhand.sources.models import ImportBatch, ImportFile, Source

_BLANK = "(t.{c} IS NULL OR CAST(t.{c} AS text) IN ('', '{{}}', '[]'))"
SAID = ("sex", "gender", "ethnicity", "nationality")


def newest_day(source: Source) -> object:
    """The last day that any return of a source covers, of those that were merged; or None."""
    merged = ImportFile.objects.filter(
        batch__source=source, batch__progress=ImportBatch.Progress.MERGED
    )
    return merged.aggregate(last=Max("covers_to"))["last"]


def is_older(contents: Contents) -> bool:
    """Whether all that a batch covers lies before the last day that its source told of."""
    days = [part.covers[1] for part in contents.parts if part.covers and part.covers[1]]
    last = newest_day(contents.source)
    return bool(days) and last is not None and max(days) < last  # type: ignore[operator]


def keep_known(stage: Stage) -> None:
    """Let what is recorded of a known record stand; only its blanks are filled."""
    if not stage.table or not stage.compared:
        return
    for column in stage.compared:
        sql.run(
            "UPDATE {name} AS s SET {c} = t.{c} FROM {table} t "
            f"WHERE s.fate = 'changed' AND t.id = s.target_id AND NOT {_BLANK}",
            name=stage.name,
            table=stage.table,
            c=column,
        )
    differing = [sql.phrase("t.{c} {differs} s.{c}", c=column) for column in stage.compared]
    differing.append("s.was_withdrawn = 1")
    sql.run(
        "UPDATE {name} AS s SET fate = 'unchanged' FROM {table} t WHERE s.fate = 'changed' "
        f"AND t.id = s.target_id AND NOT ({' OR '.join(differing)})",
        name=stage.name,
        table=stage.table,
    )
    if stage.kind == "child":
        _say_nothing_anew()


def _say_nothing_anew() -> None:
    """Who a known child is was said by the later return."""
    cleared = ", ".join(f"{column} = NULL" for column in SAID)
    sql.run(f"UPDATE stage_child SET {cleared} WHERE known = 1")
