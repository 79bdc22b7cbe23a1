"""Copies of audits, recommendations and the dashboard, laid out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from evenhand.audits import pack
from evenhand.audits.queries.copies import Copy
from evenhand.audits.queries.dashboard import Breach, Result, Week
from evenhand.audits.queries.recommendations import Watched, due_of
from evenhand.audits.tables.findings import audit_words
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import child_name, day
from evenhand.work.wording import standing as task_words


def copies_table(found: Iterable[Copy], *, caption: str, empty: str) -> Table:
    """Return copies: whether each was handed over in supervision, and whether it is forwarded."""
    rows = [
        [
            Cell(_whose(one), url=reverse("audits:copy", args=[one.audit.ref]),
                 note=audit_words(one.audit)),
            one.audit.team.name if one.audit.team else None,
            handed_over(one),
            forwarded(one),
        ]
        for one in found
    ]  # fmt: skip
    columns = ["File", "Team", "Handed over in supervision", "Forwarded to quality assurance"]
    return Table(caption, columns, rows, empty=empty)


def _whose(one: Copy) -> str:
    child = one.audit.child
    return child_name(child, surname_first=True) if child else "No one child"


def handed_over(one: Copy) -> Cell:
    """Return whether and when a copy was handed over in supervision."""
    held = one.audit.passed_in
    if held is not None:
        return Cell(f"Passed to {one.service}", note=day(held.held_on))
    if one.is_outstanding:
        return Cell(
            "Outstanding copy", note=f"{one.manager} was to hand it over by {day(one.hand_over_by)}"
        )
    return Cell(f"By {day(one.hand_over_by)}", note=one.manager)


def forwarded(one: Copy) -> Cell:
    """Return whether a copy was signed, and with that forwarded."""
    if one.audit.signed_at is not None:
        signed = one.audit.signed_by.name if one.audit.signed_by else ""
        return Cell(f"Forwarded {day(one.audit.signed_at)}", note=f"Signed by {signed}")
    by = f", by {day(one.forwarded.due)}" if one.forwarded.due else ""
    words = "Not forwarded" if one.is_not_forwarded else "To be signed"
    return Cell(words, note=f"{one.service}{by}")


def recommendations_table(found: Iterable[Watched], today: date) -> Table:
    """Return what reports recommend, and how each stands."""
    rows = [
        [
            Cell(one.recommendation.words, url=_task(one), note=one.recommendation.report.title),
            one.recommendation.owner.name if one.recommendation.owner else None,
            due_of(one.recommendation),
            one.recommendation.monitor.name if one.recommendation.monitor else None,
            _stands(one, today),
        ]
        for one in found
    ]
    columns = ["Recommendation", "Who does it", "Due", "Who monitors it", "How it stands"]
    return Table(
        "Recommendations", columns, rows, empty="No published report recommends anything yet."
    )


def _task(one: Watched) -> str:
    task = one.recommendation.action
    return reverse("work:task", args=[task.ref]) if task else ""


def _stands(one: Watched, today: date) -> Cell:
    task = one.recommendation.action
    words = task_words(task, today) if task else "Nobody is asked yet"
    return Cell(words, note=task.evidence if task and task.evidence else "")


def results_table(found: Sequence[Result]) -> Table:
    """Return how many audits of each type there were, and their grades."""
    scale = pack.scale()
    rows = [
        [one.title, Cell(one.done, numeric=True),
         *(Cell(one.grades.get(each.id, 0), numeric=True) for each in scale)]
        for one in found
    ]  # fmt: skip
    columns: list[Column | str] = ["Audit", Column("Done", numeric=True)]
    columns += [Column(each.label, numeric=True) for each in scale]
    return Table("Results of audits", columns, rows, empty="No audit was done in this time.")


def breaches_table(found: Sequence[Breach]) -> Table:
    """Return what is not kept, each leading to its list."""
    rows = [
        [Cell(one.words, url=reverse(f"audits:{one.route}")), Cell(one.number, numeric=True)]
        for one in found
    ]
    return Table("What is not kept", ["What", Column("How many", numeric=True)], rows)


def weeks_table(found: Sequence[Week]) -> Table:
    """Return how often whoever heads the service looked, week by week."""
    rows = [[f"From {day(one.begins)}", Cell(one.looks, numeric=True)] for one in found]
    columns = ["Week", Column("Times opened", numeric=True)]
    return Table("How often the head of service opened this page", columns, rows)
