"""Asking quality assurance to give on an audit whose auditor has left or may open it no more."""

from __future__ import annotations

from datetime import datetime

from evenhand.audits import pack
from evenhand.audits.actions.giving import GIVE_ON, about
from evenhand.audits.models import Audit
from evenhand.audits.queries import posts
from evenhand.audits.queries.reach import BESIDE, closed_to_auditors
from evenhand.work.actions import Place, open_task
from evenhand.work.models import STILL_OPEN, Task


def tend(now: datetime) -> None:
    """Open a task for each open audit that its auditor cannot go on with, once for each."""
    if not pack.is_adopted():
        return
    waiting = list(Audit.objects.filter(state=Audit.State.OPEN).select_related(*BESIDE))
    closed = closed_to_auditors(waiting)
    asked = set(
        Task.objects.filter(kind=GIVE_ON, state__in=STILL_OPEN).values_list("about", flat=True)
    )
    for one in waiting:
        is_stranded = one.pk in closed or not one.auditor.is_active
        if is_stranded and about(one) not in asked:
            why = "the record is closed to them now" if one.pk in closed else "they have left"
            _ask(one, why, now)


def _ask(audit: Audit, why: str, at: datetime) -> None:
    title = pack.types()[audit.type].title if audit.type in pack.types() else audit.type
    open_task(
        by=None, at=at, kind=GIVE_ON, about=about(audit), role=pack.post(posts.ASSURANCE),
        what=f"{title}: {audit.auditor.name} cannot go on with it, because {why}."[:500],
        place=Place("audits:another", (audit.ref,)),
    )  # fmt: skip
