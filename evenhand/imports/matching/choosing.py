"""A person says which record a row in doubt tells of, or that it tells of one of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Model, Q

from evenhand.accounts.models import User
from evenhand.design.wording import day as day_in_words
from evenhand.history.actions import Change, action
from evenhand.imports import queries
from evenhand.imports.actions import retry
from evenhand.imports.checks import cell_of
from evenhand.imports.matching import doubt, windows
from evenhand.imports.recipes import EVERY, Recipe
from evenhand.imports.report import Report
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.sources.models import Mend, RowFinding, SourceReference

MOST = 12


class Candidate(NamedTuple):
    """A record that a row may tell of, and how a page names it."""

    target_id: int
    words: str


def is_in_doubt(finding: RowFinding) -> bool:
    """Say whether a row waits for somebody to say which record it tells of."""
    return finding.rule in doubt.RULES and finding.standing == RowFinding.Standing.OPEN


def candidates(finding: RowFinding) -> list[Candidate]:
    """Return the records that a row in doubt may tell of, the likeliest first."""
    recipe = _recipe(finding)
    found = _children(finding, recipe) if recipe.kind == "child" else _events(finding, recipe)
    told = _told_by(recipe, [record.pk for record in found])
    return [Candidate(one.pk, _words(recipe, one, told[one.pk])) for one in found[:MOST]]


def _recipe(finding: RowFinding) -> Recipe:
    """The recipe by which the row would have become the record that is in doubt."""
    of_table = [r for r in EVERY if finding.file.kind in (r.table, r.source)]
    if finding.rule != doubt.TWO_EVENTS:
        return next(r for r in of_table if r.kind == "child")
    dated = [r for r in of_table if r.dated and cell_of(r, r.dated) == finding.field]
    return (dated or of_table)[0]


def _children(finding: RowFinding, recipe: Recipe) -> list[Any]:
    numbered = SourceReference.objects.filter(kind="child", key=finding.key)
    either = Q(pk__in=numbered.values("target_id"))
    cells = [cell for field in recipe.fields if field.column == "upn" for cell in field.sources]
    for number in filter(None, (finding.row.get(cell, "").strip() for cell in cells)):
        either |= Q(upn=number)
    return list(Child.objects.filter(either).order_by("pk"))


def _events(finding: RowFinding, recipe: Recipe) -> list[Any]:
    child, near = queries.child_of(finding), _day(finding.found)
    if child is None or recipe.model is None:
        return []
    whose = Q(child=child) | Q(child__merged_into=child)  # of the child, its key alone is known
    known = SourceReference.objects.filter(source=finding.file.batch.source_id, kind=recipe.kind)
    rows: Any = recipe.model._default_manager.filter(whose, **dict(recipe.constants))
    found = [row for row in rows.exclude(pk__in=known.values("target_id")) if _held(recipe, row)]
    if near is None:
        return found
    within = windows.days_apart(recipe.kind)
    apart = [(abs((_held(recipe, row) - near).days), row.pk, row) for row in found]
    return [row for days, _, row in sorted(apart, key=lambda a: a[:2]) if days <= within]


def _held(recipe: Recipe, row: Any) -> Any:
    return getattr(row, recipe.dated, None) or getattr(row, recipe.planned or recipe.dated, None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _told_by(recipe: Recipe, ids: Iterable[int]) -> dict[int, list[str]]:
    told: dict[int, list[str]] = defaultdict(list)
    rows = SourceReference.objects.filter(kind=recipe.kind, target_id__in=list(ids))
    for pk, name, key in rows.values_list("target_id", "source__name", "key"):
        told[pk].append(f"{name}, as {key}")
    return told


def _words(recipe: Recipe, record: Any, told: list[str]) -> str:
    by = "; ".join(told)
    if isinstance(record, Child):
        born = f"born on {day_in_words(record.born_on)}" if record.born_on else "not yet born"
        return f"The child {born} ({by})"
    return f"The one on {day_in_words(_held(recipe, record))} ({by})"


def choose(finding: RowFinding, target_id: int | None, *, by: User, at: datetime) -> Report:
    """Say which record a row tells of (None: one of its own), and try the row again.

    Raises Problem where the row is no longer open.
    """
    if not is_in_doubt(finding):
        raise Problem("This row is no longer in doubt.", "Go back to the list.")
    _decide(finding, _recipe(finding), target_id, by=by, at=at)
    return retry([finding], by=by, at=at)


@action("import.matched")
def _decide(
    finding: RowFinding, recipe: Recipe, target_id: int | None, *, by: User, at: datetime
) -> Change:
    source = finding.file.batch.source
    if target_id is None:
        kept: Model = Mend.objects.update_or_create(
            source=source, table=finding.file.kind, column=doubt.DECIDED, key=finding.key, found="",
            defaults={"value": doubt.ANOTHER, "by": by, "at": at},
        )[0]  # fmt: skip
        return Change(kept, {"record": (None, doubt.ANOTHER)})
    kept = SourceReference.objects.update_or_create(
        source=source, kind=recipe.kind, key=finding.key,
        defaults={
            "target": _label(recipe), "target_id": target_id,
            "last_batch_id": finding.file.batch_id,
        },
    )[0]  # fmt: skip
    return Change(kept, {"record": (None, target_id)})


def _label(recipe: Recipe) -> str:
    if recipe.model is None:
        raise LookupError(f"{recipe.kind} has no records of its own")
    return recipe.model._meta.label_lower
