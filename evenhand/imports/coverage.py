"""Up to which day, and from which, a source holds each fact completely."""

from __future__ import annotations

from datetime import date
from functools import cache

from evenhand.facts.registry import vocabulary
from evenhand.imports import sql
from evenhand.imports.silence import Silence, silence
from evenhand.imports.staging import Stage
from evenhand.sources.models import Coverage, ImportBatch

LATEST_ONLY = frozenset(
    {
        "clea_care_leaver_latest_contact",
        "clea_pathway_plan_review_date",
        "clae_cla_last_iro_contact_date",
    }
)


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


@cache
def _columns() -> dict[str, tuple[tuple[str, str], ...]]:
    """The columns of the dataset that supply each fact: pairs of table and column."""
    found = {}
    for name, fact in vocabulary().facts.items():
        parts = fact.supplied_by.get("ssd", "").split(", ")
        pairs = [tuple(part.split(".", 1)) for part in parts if part.count(".") == 1]
        found[name] = tuple((table, column) for table, column in pairs)
    return found


def declare(
    batch: ImportBatch, stages: dict[str, Stage], supplied: dict[str, set[str]]
) -> list[Silence]:
    """Write what this batch holds: the facts that its tables can supply, from when, until when.

    A column that is wholly empty is not supplied: the source is then said not to hold the fact.
    Tables that are not in the batch are left as they were declared. Returns the tables that fall
    silent before the extract's last day, whose facts are held until then only.
    """
    firsts = {s.recipe.table: _first_day(s) for s in stages.values() if s.recipe.table}
    silences = _silences(stages, batch.as_at)
    lasts = {one.table: one.last_day for one in silences}
    for fact, columns in _columns().items():
        here = [(table, column) for table, column in columns if table in supplied]
        if not here:
            continue
        if not any(column in supplied[table] for table, column in here):
            Coverage.objects.filter(source=batch.source, fact=fact).delete()
            continue
        Coverage.objects.update_or_create(
            source=batch.source,
            fact=fact,
            defaults={
                "complete_from": min((d for t, _ in here if (d := firsts.get(t))), default=None),
                "complete_to": min((lasts[t] for t, _ in here if t in lasts), default=batch.as_at),
                "latest_only": any(column in LATEST_ONLY for _, column in here),
                "batch": batch,
            },
        )
    return silences


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
