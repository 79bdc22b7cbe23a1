"""Audits as tests need them: slots, files to audit, and audits that are done."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.models import Audit, Slot
from evenhand.people.models import Child
from evenhand.rules.london import LONDON
from tests import factories as make


def slot(line: str, month: date, **more: Any) -> Slot:
    """A slot of the programme: of a line, in the month that begins on a day."""
    held = pack.line_called(line)
    told = {"files": 1, "due_on": month.replace(day=28)} | more
    return Slot.objects.create(
        ref=new_reference(), line=line, type=held.type.id, planned=month, month=month, **told
    )


def audit(
    auditor: User, child: Child | None = None, *, type_: str = "team-manager",
    team: Team | None = None, done_on: date | None = None, grade: str = "", **more: Any,
) -> Audit:  # fmt: skip
    """An audit that somebody is asked to do; done on a day, where one is given."""
    held = pack.type_called(type_)
    when = datetime.combine(done_on, time(12), LONDON) if done_on else None
    told: dict[str, Any] = {
        "subject": "child", "edition": date(2005, 4, 1), "due_on": done_on or make.TODAY,
        "given_at": when or make.NOW, "given_by": auditor,
    } | more  # fmt: skip
    state = Audit.State.DONE if done_on else Audit.State.OPEN
    return Audit.objects.create(
        ref=new_reference(), type=type_, tool=held.tool, child=child, auditor=auditor, state=state,
        team=team or (child.team if child else None), worker=child.worker if child else None,
        done_on=done_on, done_at=when, grade=grade, **told,
    )  # fmt: skip
