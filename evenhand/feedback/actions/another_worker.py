"""A family wants another worker: a task for the team's manager, until they are answered."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from evenhand.accounts.models import Role, User
from evenhand.feedback.models import BarrierMet
from evenhand.work.actions import Place, finish, open_task
from evenhand.work.models import Task

KIND: Final = "another-worker"
WHAT: Final = "A family asks for another worker"


def follow_wish(met: BarrierMet, *, by: User, at: datetime) -> None:
    """Open the task where another worker is wanted and nobody was asked yet; answered, end it.

    In the caller's transaction. Without a team, nobody but the director is its manager.
    """
    if met.another_worker and not met.task and not met.reply:
        role = "" if met.team_id else Role.DIRECTOR.value
        task = open_task(
            by=by, at=at, kind=KIND, what=WHAT, role=role, team=met.team, child=met.child,
            about=f"{met._meta.label_lower}:{met.ref}", place=Place("feedback:met", [met.ref]),
        )  # fmt: skip
        met.task = task.ref
        met.save(update_fields=["task"])
    elif met.task and met.reply:
        _end(met, by=by, at=at)


def _end(met: BarrierMet, *, by: User, at: datetime) -> None:
    task = Task.objects.filter(ref=met.task, state=Task.State.OPEN).first()
    if task is not None:
        finish(task, by=by, at=at, version=task.version, reason=met.reply)
