"""How long records are kept, what holds them, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Table
from evenhand.design.wording import child_name, day
from evenhand.people.models import Child
from evenhand.people.tables.listed import listed
from evenhand.policy.retention import Schedule
from evenhand.retention import wording
from evenhand.retention.models import Decision, Hold, RetentionDate
from evenhand.retention.queries import Keeping


def schedule_table(schedule: Schedule, today: date) -> Table:
    """How long each type of record is kept, and on what authority."""
    rows = []
    for rule in schedule.rules.values():
        value = rule.on(today)
        basis = wording.BASES.get(value.basis, value.basis) if value else None
        rows.append(
            [
                Cell(rule.title, note=rule.note),
                wording.how_long(rule, value),
                Cell(basis, note=value.citation if value else ""),
            ]
        )
    return Table("How long each type of record is kept", ["Record", "Kept for", "Basis"], rows)


def due_table(dates: Iterable[RetentionDate], titles: dict[str, str]) -> Table:
    """Records whose time is over."""
    return Table(
        "Due for review",
        ["Name", "Kept until", "As", "Why"],
        [
            [
                child_cell(one.child, "retention:child"),
                one.until,
                titles.get(one.rule, one.rule),
                wording.reason(one.reason),
            ]
            for one in dates
        ],
        empty="No record that you may see is past its time.",
    )


def not_told_table(dates: Iterable[RetentionDate], titles: dict[str, str]) -> Table:
    """Closed records of which no day can be told."""
    return Table(
        "Kept, since the day cannot be told",
        ["Name", "As", "Why"],
        [
            [
                child_cell(one.child, "retention:child"),
                titles.get(one.rule, one.rule),
                wording.reason(one.reason),
            ]
            for one in dates
        ],
        empty="Of every closed record the day can be told.",
    )


def waiting_table(decisions: Iterable[Decision], *, may_decide: bool) -> Table:
    """Disposals that wait for a second person."""
    return Table(
        "Waiting for a second person",
        ["Name", "Ground", "Decided by", "When"],
        [
            [
                Cell(
                    child_name(one.child, surname_first=True),
                    url=reverse("retention:answer", args=[one.ref]) if may_decide else "",
                ),
                wording.ground(one.ground),
                one.decided_by.name,
                one.decided_at,
            ]
            for one in decisions
        ],
        empty="No disposal waits.",
    )


def adopted_table(children: Iterable[Child]) -> Table:
    """Records that an adoption order closed, and that are still open to all who reach them."""
    return listed(
        "Adopted, and not restricted yet", children, {"Team": "team"}, route="retention:child",
        empty="Every record that an adoption order closed is restricted.",
    )  # fmt: skip


def holds_table(holds: Iterable[Hold]) -> Table:
    """Holds in force."""
    return Table(
        "What is held",
        ["Whose", "What for", "Since", "Look again on", "Placed by"],
        [
            [
                Cell(
                    child_name(one.child, surname_first=True) if one.child else "Everybody's",
                    url=reverse("retention:release", args=[one.ref]),
                ),
                one.reason,
                one.starts_on,
                one.review_on,
                one.placed_by.name,
            ]
            for one in holds
        ],
        empty="Nothing is held.",
    )


def keeping_table(keeping: Keeping) -> Table:
    """How long one child's record is kept, by each type that it is of."""
    rows = [
        [
            Cell(rule.title, note=_basis(rule.id, keeping)),
            wording.until(kept),
            wording.reason(kept.reason),
        ]
        for rule, kept in keeping.each
    ]
    return Table(
        "How long this record is kept",
        ["As", "To the end of", "Why"],
        rows,
        empty="No rule of the schedule is in force.",
    )


def _basis(rule: str, keeping: Keeping) -> str:
    return "Keeps it longest" if keeping.kept and keeping.kept.rule == rule else ""


def decisions_table(decisions: Iterable[Decision]) -> Table:
    """What was decided of one child's record."""
    return Table(
        "What was decided",
        ["Decision", "Why", "By", "When", "What came of it"],
        [
            [
                "Dispose of it" if one.what == Decision.What.DISPOSE else "Keep it",
                one.reason,
                one.decided_by.name,
                one.decided_at,
                Cell(_came(one), note=one.answer),
            ]
            for one in decisions
        ],
        empty="Nothing was decided yet.",
    )


def _came(decision: Decision) -> str:
    if decision.standing == Decision.Standing.KEPT and decision.review_on:
        return f"Look again on {day(decision.review_on)}"
    return str(decision.standing).capitalize()
