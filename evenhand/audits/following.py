"""What follows by itself: from an audit that is done, a finding, and a task that is checked."""

from __future__ import annotations

from evenhand.audits import pack
from evenhand.audits.actions import patterns
from evenhand.audits.actions.findings import close_by, raise_finding
from evenhand.audits.models import Audit, Finding
from evenhand.history.actions import Happening
from evenhand.work.models import Task


def after_done(happening: Happening) -> None:
    """Raise that practice is below standard, where an audit is graded so and nobody said it."""
    audit = happening.subject
    if not isinstance(audit, Audit) or audit.state != Audit.State.DONE:
        return
    kind = next((one for one in pack.findings().values() if one.is_of_grade), None)
    grade = next((one for one in pack.scale() if one.id == audit.grade and one.is_below), None)
    if kind is None or grade is None or audit.twin_of_id is not None:
        return
    if not Finding.objects.filter(audit=audit, kind=kind.id, entered_in_error=False).exists():
        words = f"The whole file is graded: {grade.label}."
        raise_finding(audit, by=audit.auditor, at=happening.at, kind=kind.id, words=words)


def after_raised(happening: Happening) -> None:
    """Look whether several audits found the same."""
    if isinstance(happening.subject, Finding):
        patterns.look_for(happening.subject, at=happening.at)


def after_task(happening: Happening) -> None:
    """Close a finding whose action is done and was checked by somebody else."""
    task = happening.subject
    if not isinstance(task, Task):
        return
    task.refresh_from_db()
    if task.state != Task.State.DONE:
        return
    for finding in Finding.objects.filter(action=task).select_related("audit"):
        close_by(task, finding, by=happening.by, at=happening.at)
