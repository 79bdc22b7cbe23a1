"""The monitor's board, shares, and meetings with their agendas."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import child_name, day
from evenhand.rules.outcomes import Outcome
from evenhand.transitions import protocol
from evenhand.transitions.models import (
    AgendaCase,
    ListShare,
    MonitoringMeeting,
    SharedName,
    TransitionPlan,
)
from evenhand.transitions.queries.board import Overdue
from evenhand.transitions.queries.meetings import PRESENT, Seat
from evenhand.transitions.tables.plans import link_of
from evenhand.transitions.wording import moved_words, view_words


def plan_cell(plan: TransitionPlan) -> Cell:
    """Return a young person's name that leads to the plan, with its route."""
    return Cell(child_name(plan.child, surname_first=True), url=link_of(plan), note=plan.route)


def overdue_table(found: Iterable[Overdue]) -> Table:
    """Return the overdue milestones, the oldest first."""
    rows = [
        [plan_cell(one.plan), one.step.words, one.step.due, str(one.plan.child.worker or "Nobody")]
        for one in found
    ]
    columns = ["Young person", "Milestone", "Due", "Worker"]
    return Table("Overdue milestones", columns, rows, empty="Nothing is overdue.")


def early_table(found: Iterable[Overdue]) -> Table:
    """Return who was passed on before they were of age."""
    rows = [[plan_cell(one.plan), moved_words(one.plan, one.step.due)] for one in found]
    return Table(
        "Moved too early", ["Young person", "What the extract shows"], rows, empty="Nobody."
    )


def plans_table(found: Iterable[TransitionPlan], caption: str, empty: str) -> Table:
    """Return plans with their view."""
    rows = [
        [plan_cell(plan), view_words(plan), plan.reviewed_on, str(plan.child.worker or "Nobody")]
        for plan in found
    ]
    columns = ["Young person", "View", "First review", "Worker"]
    return Table(caption, columns, rows, empty=empty)


def shares_table(found: Iterable[ListShare]) -> Table:
    """Return every share: with whom, how many names, what for, and who shared."""
    labels = {one.id: one.label for one in protocol.recipients()}
    rows = [
        [
            Cell(day(one.shared_on), url=reverse("transitions:one-share", args=[one.ref])),
            labels.get(one.recipient, one.recipient),
            f"{one.number} record{'' if one.number == 1 else 's'}",
            one.purpose, one.lawful_basis, one.shared_by.name,
        ]
        for one in found
    ]  # fmt: skip
    columns = ["When", "With whom", "How many", "What for", "What allows it", "Shared by"]
    return Table("What was shared", columns, rows, empty="Nothing was shared yet.")


def names_table(found: Iterable[SharedName]) -> Table:
    """Return the names as they were shared: nothing but what the list needs."""
    rows = [
        [child_name(one.child, surname_first=True), one.child.born_on, one.view, one.leaving]
        for one in found
    ]
    columns = ["Name", "Born", "View", "Leaves education"]
    return Table("The list as it was shared", columns, rows, empty="Nobody whom you may see.")


def slots_table(found: Iterable[Outcome]) -> Table:
    """Return the months in which a meeting is to be held, and how each stands."""
    rows = [[Cell(_month(one)), Cell(state=one.state), one.done] for one in found]
    return Table(
        " and ".join(protocol.meeting_months()) or "When to meet",
        ["Meeting of", "How it stands", "Held"], rows,
        empty="None is due yet: the first is due in the next of these months after a plan began.",
    )  # fmt: skip


def _month(one: Outcome) -> str:
    return f"{one.due:%B %Y}" if one.due else ""


def meetings_table(found: Iterable[MonitoringMeeting]) -> Table:
    """Return the meetings, the newest first, and how many cases each discussed."""
    rows = [
        [
            Cell(day(one.held_on), url=reverse("transitions:meeting", args=[one.ref])),
            discussed_words(one),
            "Closed" if one.closed_at else "Open",
        ]
        for one in found
    ]
    columns = ["Held", "Agenda", "Notes"]
    return Table("Meetings", columns, rows, empty="No meeting is written down yet.")


def discussed_words(meeting: MonitoringMeeting) -> str:
    """Return how many cases of the agenda were discussed."""
    cases = list(meeting.cases.all())
    return f"{sum(one.is_discussed for one in cases)} of {len(cases)} discussed"


def seats_table(found: Iterable[Seat]) -> Table:
    """Return who of the posts was there."""
    rows = [[one.label, _presence(one)] for one in found]
    return Table("Who was there", ["Post", "There?"], rows)


def _presence(seat: Seat) -> str:
    if seat.is_filled:
        return "Present" if seat.presence == PRESENT else f"Apologies; {seat.deputy} stood in"
    return "Neither present nor deputised"


def agenda_table(
    found: Iterable[AgendaCase], milestones: dict[int, str], *, may_note: bool
) -> Table:
    """Return the agenda: each plan, how its milestones stand, and what was noted."""
    rows = [
        [
            _case_cell(one),
            milestones.get(one.plan_id, ""),
            one.note or "No note yet",
            one.difficulty or None,
            _note_cell(one) if may_note else None,
        ]
        for one in found
    ]  # fmt: skip
    columns = ["Young person", "Milestones", "Note", "Difficulty", Column("What", hidden=True)]
    return Table("Agenda", columns, rows, empty="Nobody is old enough to stand on it yet.")


def _case_cell(case: AgendaCase) -> Cell:
    carried = "; carried on from the last meeting" if case.is_carried_on else ""
    name = child_name(case.plan.child, surname_first=True)
    return Cell(name, url=link_of(case.plan), note=f"{case.plan.route}{carried}")


def _note_cell(case: AgendaCase) -> Cell:
    words = f"{'Change the note' if case.is_discussed else 'Note'} on {child_name(case.plan.child)}"
    return Cell(words, url=reverse("transitions:case", args=[case.ref]))
