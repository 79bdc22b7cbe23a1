"""The list, the planning table, and the milestones of one plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import day
from evenhand.facts.adopted import policy
from evenhand.people.tables.lists import age
from evenhand.standards.tables import url_of
from evenhand.transitions import protocol
from evenhand.transitions.judging import Step
from evenhand.transitions.models import SharedName, TransitionPlan
from evenhand.transitions.queries.plans import Line
from evenhand.transitions.wording import branch_words, view_words


def list_table(lines: Iterable[Line], late: Mapping[int, int], today: date) -> Table:
    """Return the list: who, how old, which plans and views, and how many steps are overdue."""
    return Table(
        "The transition list",
        [
            "Young person",
            "Age",
            "Likely",
            "Leaves education",
            Column("Overdue", numeric=True),
            "Worker",
        ],
        [_line(one, late, today) for one in lines],
        empty="Nobody on the list whom you may see. They appear here from their birthday on.",
        caption_hidden=True,
    )


def _line(line: Line, late: Mapping[int, int], today: date) -> list[object]:
    child, plans = line
    leaving = next((branch_words(plan) for plan in plans if plan.leaving_on), None)
    overdue = sum(late.get(plan.pk, 0) for plan in plans)
    return [
        child_cell(child, "transitions:of-child", note=f"Born {day(child.born_on)}"),  # type: ignore[arg-type]
        age(child, today),
        "; ".join(view_of(plan) for plan in plans) or "No plan yet",
        leaving or "Not written down",
        Cell(overdue, numeric=True),
        Cell(child.worker, note=str(child.team or "")),
    ]


def view_of(plan: TransitionPlan) -> str:
    """Return a plan's view with its route."""
    words = view_words(plan)
    return words if plan.route in words else f"{plan.route}: {words[:1].lower()}{words[1:]}"


def planning_table(counts: Mapping[int, Mapping[str, int]]) -> Table:
    """Return how many are likely to meet each route's criteria, by year of birth."""
    routes = list(protocol.routes())
    return Table(
        "Likely to need adult services, by year of birth",
        ["Born in", *(Column(f"Likely {route}", numeric=True) for route in routes)],
        [
            [str(year), *(Cell(found.get(route, 0), numeric=True) for route in routes)]
            for year, found in counts.items()
        ],
        empty="Of nobody on the list is it written down that they are likely to meet criteria.",
    )


def steps_table(steps: Sequence[Step], caption: str) -> Table:
    """Return the milestones of a plan: by when, how each stands, and who is asked."""
    return Table(
        caption,
        ["Milestone", "When", "How it stands"],
        [[_what(step), _when(step), Cell(state=step.state, note=_done(step))] for step in steps],
        empty="The packs have no milestones for this adult service.",
    )


def _what(step: Step) -> Cell:
    standard = policy().standards.get(step.standard)
    url = url_of(standard) if standard else ""
    return Cell(step.words, url=url, note=f"With: {step.who}" if step.who else "")


def _when(step: Step) -> Cell:
    words = f"by {day(step.due)}" if step.due else "Not to be told yet"
    if step.opens and step.due:
        words = f"from {day(step.opens)}, by {day(step.due)}"
    note = f"{step.beside}: {day(step.beside_on)}" if step.beside_on else ""
    return Cell(words[:1].upper() + words[1:], note=note)


def _done(step: Step) -> str:
    return f"Done {day(step.done)}" if step.done else ""


def plan_rows(plan: TransitionPlan, reasons: tuple[str, str, date | None]) -> list[SummaryRow]:
    """Return what a plan rests on."""
    words, who, on = reasons
    said = f"{who}, {day(on)}" if on else ""
    return [
        SummaryRow("Likely to meet the criteria", view_words(plan), source=said),
        SummaryRow("Why", words or "No reasons yet"),
        SummaryRow("Leaves full-time education", branch_words(plan)),
        SummaryRow("Plan begun", plan.begun_on, source=plan.begun_by.name),
    ]


def shared_table(found: Iterable[SharedName]) -> Table:
    """Return each time that a young person's name was shared."""
    labels = {one.id: one.label for one in protocol.recipients()}
    rows = [
        [one.share.shared_on, labels.get(one.share.recipient, one.share.recipient),
         one.share.purpose, one.share.shared_by.name]
        for one in found
    ]  # fmt: skip
    columns = ["When", "With whom", "What for", "Shared by"]
    return Table("Where their name was shared", columns, rows, empty="Nowhere yet.")


def link_of(plan: TransitionPlan) -> str:
    """Return the address of a plan's page."""
    return reverse("transitions:plan", args=[plan.ref])
