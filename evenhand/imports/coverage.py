"""Up to which day, and from which, a source holds each fact completely."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from evenhand.formats.format import Window
from evenhand.imports import sql
from evenhand.imports.reading import Contents
from evenhand.imports.silence import Silence, silence
from evenhand.imports.staging import Stage
from evenhand.imports.supplying import columns_of, is_latest_only
from evenhand.sources.models import Coverage, ImportBatch


def true_for(contents: Contents, today: date) -> date:
    """The day that a batch is true for: the last that its returns cover, else its newest."""
    lasts = [part.covers[1] for part in contents.parts if part.covers and part.covers[1]]
    newest = min(max(lasts), today) if lasts else newest_day(contents.stages, today)
    return newest or today


def newest_day(stages: dict[str, Stage], today: date) -> date | None:
    """The newest day on which anything happened, none that is still to come."""
    newest = (
        "SELECT max({c}) FROM {name} WHERE {c} <= %s AND "
        "fate IN ('created', 'changed', 'unchanged')"
    )
    days = [
        sql.one(newest, [today.isoformat()], c=column, name=stage.name)
        for stage in stages.values()
        for column in stage.recipe.done
    ]
    found = [_day(value) for value in days if value]
    return max(found, default=None)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def declare(batch: ImportBatch, contents: Contents) -> list[Silence]:
    """Write what this batch holds: the facts that its tables can supply, from when, until when.

    A column that is wholly empty is not supplied: the source is then said not to hold the fact.
    Tables that are not in the batch are left as they were declared. Returns the tables that fall
    silent before the extract's last day, whose facts are held until then only.
    """
    supplied, stages = contents.supplied(), contents.stages
    firsts = {r.table: _first_day(s) for s in stages.values() for r in s.recipes if r.table}
    silences = _silences(stages, batch.as_at) if contents.format.key == "ssd" else []
    lasts = {one.table: one.last_day for one in silences}
    for fact, columns in columns_of(contents.format.key).items():
        here = [(table, column) for table, column in columns if table in supplied]
        if not here:
            continue
        if not any(column in supplied[table] for table, column in here):
            Coverage.objects.filter(source=batch.source, fact=fact).delete()
            continue
        span = (
            min((d for t, _ in here if (d := firsts.get(t))), default=None),
            min((lasts[t] for t, _ in here if t in lasts), default=batch.as_at),
        )
        latest = is_latest_only(column for _, column in here)
        windows = _windows(contents, {table for table, _ in here})
        _write(batch, fact, span, windows, latest_only=latest)
    return silences


def _windows(contents: Contents, tables: set[str]) -> list[Window]:
    """The days that the files of these tables say they cover."""
    return [part.covers for part in contents.parts if part.table in tables and part.covers]


def _write(
    batch: ImportBatch, fact: str, span: Window, windows: list[Window], *, latest_only: bool
) -> None:
    before = Coverage.objects.filter(source=batch.source, fact=fact).first()
    if windows:
        if latest_only:  # the one before the latest is not told, so only what follows is whole
            span = (before.complete_from if before else batch.as_at, batch.as_at)
        else:
            held = [(before.complete_from, before.complete_to)] if before else []
            first, last = newest_span([*held, *windows])
            span = (first, min((d for d in (last, batch.as_at) if d), default=None))
    Coverage.objects.update_or_create(
        source=batch.source,
        fact=fact,
        defaults={
            "complete_from": span[0],
            "complete_to": span[1],
            "latest_only": latest_only,
            "batch": batch,
        },
    )


def newest_span(windows: Iterable[Window]) -> Window:
    """The newest unbroken span of days that windows make together; a gap ends what came before."""
    spans: list[tuple[date, date]] = []
    for first, last in sorted((f or date.min, t or date.max) for f, t in windows):
        if spans and (first - spans[-1][1]).days <= 1:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    first, last = spans[-1]
    return (None if first == date.min else first, None if last == date.max else last)


def _silences(stages: dict[str, Stage], as_at: date | None) -> list[Silence]:
    if as_at is None:
        return []
    found = (silence(s.recipe.table, _days_done(s), as_at) for s in stages.values())
    return [one for one in found if one is not None]


def _days_done(stage: Stage) -> list[date]:
    """The different days on which something of a table was done, by any of its columns."""
    distinct = (
        "SELECT DISTINCT {c} FROM {name} WHERE {c} IS NOT NULL AND "
        "fate IN ('created', 'changed', 'unchanged')"
    )
    columns = stage.recipe.done if stage.recipe.table else ()
    found = (sql.rows(distinct, c=column, name=stage.name) for column in columns)
    return [_day(one) for days in found for (one,) in days]


def _first_day(stage: Stage) -> date | None:
    if not stage.recipe.dated:
        return None
    first = sql.one(
        "SELECT min({c}) FROM {name} WHERE fate IN ('created', 'changed', 'unchanged')",
        c=stage.recipe.dated,
        name=stage.name,
    )
    return _day(first) if first else None
