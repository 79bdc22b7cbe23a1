"""How far auditors agree, and what became of what was recommended last time."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.audits.queries.material import Material
from evenhand.audits.reporting.showing import Showing
from evenhand.design.documents import Figures, Section
from evenhand.design.wording import day
from evenhand.work.models import Task


def agreement(made_of: Material, _show: Showing) -> Iterator[Section]:
    """How far two auditors of the same file agree."""
    agreed = made_of.agreed
    if not agreed.pairs:
        return
    lines = (agreed.overall, *agreed.questions)
    rows = tuple(
        (one.label, f"{one.agreed} of {one.of}", f"{one.gwet.value:.2f}" if one.gwet else "")
        for one in lines
    )
    heads = ("What was graded", "The same grade", "Gwet's AC2")
    table = Figures("Files that two people audited", heads, (False, True, True), rows)
    sentences = [f"{len(agreed.pairs)} files were audited twice, the second time blind."]
    if len(agreed.pairs) < agreed.least:
        sentences.append(f"Under {agreed.least} files a coefficient says nothing.")
    yield Section("How far auditors agree", tuple(sentences), (table,))


def last_time(made_of: Material, _show: Showing) -> Iterator[Section]:
    """What was recommended last time, and what became of it."""
    if made_of.last is None:
        return
    rows = tuple(
        (one.words, one.owner.name if one.owner else "nobody", *_became(one.action))
        for one in made_of.before
    )
    sentence = f"It stood in: {made_of.last.title}."
    if not rows:
        sentence = f"{made_of.last.title} recommended nothing."
    heads = ("Recommendation", "Who answers", "By", "What became of it")
    table = Figures("What was recommended last time", heads, (False,) * 4, rows)
    yield Section("What was recommended last time", (sentence,), (table,) if rows else ())


def _became(task: Task | None) -> tuple[str, str]:
    if task is None:
        return "", "not asked for"
    return day(task.due_on), f"{task.state}: {task.evidence}".rstrip(": ")
