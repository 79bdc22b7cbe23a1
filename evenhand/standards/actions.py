"""What people do about standards: an improvement action for one that stays under its target."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accounts.models import User
from evenhand.rules import Standard
from evenhand.standards.queries.quarters import ACTION, about
from evenhand.work.actions import Place, open_task
from evenhand.work.models import Task


def act_on(
    standard: Standard,
    *,
    by: User,
    at: datetime,
    what: str,
    owner: User | None = None,
    due_on: date | None = None,
) -> Task:
    """Open an improvement action for a standard, linked to it; another checks that it is done.

    Raises Problem without words, and where one is open already.
    """
    pack, _, slug = standard.id.partition("/")
    task: Task = open_task(
        by=by, at=at, kind=ACTION, what=what, why=f"{standard.title}: under its target.",
        owner=owner, due_on=due_on, about=about(standard),
        place=Place("standards:standard", [pack, slug]),
    )  # fmt: skip
    return task
