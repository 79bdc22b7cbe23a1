"""Up to which day, and from which, a source holds each fact completely."""

from __future__ import annotations

from datetime import date
from functools import cache

from evenhand.facts.registry import vocabulary
from evenhand.imports import sql
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


def declare(batch: ImportBatch, stages: dict[str, Stage], supplied: dict[str, set[str]]) -> None:
    """Write what this batch holds: the facts that its tables can supply, from when, until when.

    A column that is wholly empty is not supplied: the source is then said not to hold the fact.
    Tables that are not in the batch are left as they were declared.
    """
    firsts = {s.recipe.table: _first_day(s) for s in stages.values() if s.recipe.table}
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
                "complete_to": batch.as_at,
                "latest_only": any(column in LATEST_ONLY for _, column in here),
                "batch": batch,
            },
        )


def _first_day(stage: Stage) -> date | None:
    if not stage.recipe.dated:
        return None
    first = sql.one(
        "SELECT min({c}) FROM {name} WHERE fate IN ('created', 'changed', 'unchanged')",
        c=stage.recipe.dated,
        name=stage.name,
    )
    return _day(first) if first else None
