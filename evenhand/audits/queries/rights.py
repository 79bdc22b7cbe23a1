"""Who may draw for a slot of the programme, and who picks its file."""

from __future__ import annotations

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.audits import pack
from evenhand.audits.models import Sample, SampledFile, Slot

PICK = "audit-pick-file"
"""The kind of task that asks for a file to be picked."""


def may_draw(slot: Slot, by: User) -> bool:
    """Whether somebody may draw for a slot: their team's, their own, or of a line they answer for.

    Who manages the programme, and whoever may open everybody's records, may for each.
    """
    if not may(by, "audits.draw"):
        return False
    scope, line = scope_of(by), pack.line_called(slot.line)
    if scope.persons.everyone or slot.person_id == by.pk:
        return True
    if slot.team_id is not None:
        return slot.team_id in scope.persons.teams
    return slot.person_id is None and line.owner in scope.roles


def may_draw_themed(by: User) -> bool:
    """Whether somebody may draw files beside the year: who may for every slot of it."""
    return may(by, "audits.draw") and scope_of(by).persons.everyone


def may_draw_like(sample: Sample, by: User) -> bool:
    """Whether somebody may draw for what a list was drawn for."""
    return may_draw(sample.slot, by) if sample.slot else may_draw_themed(by)


def may_pick(slot: Slot, by: User) -> bool:
    """Whether somebody holds the role that picks the files of a line, over its team."""
    role, scope = pack.line_called(slot.line).picked_by, scope_of(by)
    return bool(role) and role in scope.roles and slot.team_id in scope.persons.teams


def picks(by: User) -> bool:
    """Whether somebody holds a role that picks files of any team."""
    return any(line.picked_by in scope_of(by).roles for line in pack.lines().values())


def picked_of(slot: Slot) -> SampledFile | None:
    """Return the file that was picked for a slot; None while none is."""
    rows = SampledFile.objects.filter(sample__slot=slot, sample__method=Sample.Method.PICKED)
    return rows.filter(left_out_why="").select_related("sample", "child").first()


def about_picking(slot: Slot) -> str:
    """Return how the task that asks for the file of a slot names it."""
    return f"audit-pick:{slot.ref}"
