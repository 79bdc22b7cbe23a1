"""What the rooms beside audits know of a slot of the audit programme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.audits.models import Slot
from evenhand.design.components import Table
from evenhand.design.wording import LONDON, as_day, month
from evenhand.workforce.queries.months import counts_by_team, missed, months_by_worker
from evenhand.workforce.queries.needs import needs_for
from evenhand.workforce.queries.people import own_people
from evenhand.workforce.tables import months, needs


def supervision(slot: Slot, viewer: User, now: datetime) -> Sequence[Table]:
    """Return who was not supervised in a slot's month: one's people by name, teams in counts."""
    if not may(viewer, "workforce.view"):
        return ()
    counted = counts_by_team(viewer, slot.month, now)
    teams = {team: found for team, by_month in counted.items() if (found := _of(slot, by_month))}
    people = list(own_people(viewer, as_day(now)))
    gaps = missed(people, months_by_worker(people, slot.month, now))
    in_month = [(worker, [slot.month]) for worker, gap in gaps if slot.month in gap]
    names = [months.missed_table(in_month, f"Not supervised in {month(slot.month)}")]
    shown = names if may(viewer, "workforce.record") else []
    return [*shown, months.teams_table(teams, [slot.month])]


def training(slot: Slot, viewer: User, now: datetime) -> Sequence[Table]:
    """Return of how many staff the needs were known at a slot's end, and whom managers ask."""
    if not may(viewer, "workforce.view"):
        return ()
    found = needs_for(viewer, min(now, datetime.combine(slot.due_on, time(12), LONDON)))
    missing = [needs.missing_table(found.missing)] if may(viewer, "workforce.record") else []
    return [needs.coverage_table(found), *missing, needs.needs_table(found.asked_for)]


def _of(slot: Slot, by_month: dict[object, months.Count]) -> dict[object, months.Count]:
    return {first: count for first, count in by_month.items() if first == slot.month}
