"""The improvement register: what was found, what is done about it, and when it is closed."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.design.wording import day
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.performance import pack
from evenhand.performance.actions.objectives import needed_words
from evenhand.performance.findings import actions_begin, actions_on
from evenhand.performance.models import Finding
from evenhand.problems import Problem
from evenhand.work.actions import Place, open_task
from evenhand.work.models import Task


@action("finding.recorded")
def record_finding(
    *, by: User, at: datetime, kind: str, words: str, found_on: date, told_in: str = ""
) -> Change:
    """Record what was found. Raises Problem for an unknown kind, or a day to come."""
    if kind not in dict(pack.choices("finding-kinds")):
        raise Problem("The packs have no such kind of finding.", "Choose one of the list.")
    refuse_to_come(found_on, at, "Record it once it is found.")
    told = {"kind": kind, "words": needed_words(words), "found_on": found_on, "told_in": told_in}
    made = Finding.objects.create(ref=new_reference(), recorded_by=by, recorded_at=at, **told)
    return Change(made, {name: (None, value) for name, value in told.items()})


def act_on(
    finding: Finding,
    *,
    by: User,
    at: datetime,
    what: str,
    owner: User | None = None,
    due_on: date | None = None,
) -> Task:
    """Open an action that answers a finding; another than who does it checks it.

    Raises Problem without words, and where the finding is closed.
    """
    if finding.closed_on:
        raise Problem("This finding is closed.", "Record a new one if there is more to do.")
    task: Task = open_task(
        by=by, at=at, kind=pack.ACTION, what=what, why=_why(finding), owner=owner, due_on=due_on,
        about=f"{actions_begin(finding.ref)}{new_reference()}",
        place=Place("performance:finding", [finding.ref]),
    )  # fmt: skip
    return task


def _why(finding: Finding) -> str:
    kind = pack.words_of("finding-kinds", finding.kind)
    return f"{kind}, {day(finding.found_on)}: {finding.words}"


@action("finding.closed")
def close(finding: Finding, *, by: User, at: datetime, words: str) -> Change:
    """Close a finding, and say what shows that it is answered.

    Raises Problem while an action is open or none was ever done, and where it is closed.
    """
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    tasks = actions_on([held]).get(held.ref, [])
    if held.closed_on:
        raise Problem("It is closed already.", "See the register.")
    if any(task.is_open for task in tasks) or not any(task.state == "done" for task in tasks):
        raise Problem(
            "An action is still open, or none was done.", "Close it when one is done and checked."
        )
    held.closed_on, held.closed_by = timezone.localdate(at), by
    held.closing_words = needed_words(words)
    held.save(update_fields=["closed_on", "closed_by", "closing_words"])
    return Change(held, {"closed_on": (None, held.closed_on)}, reason=held.closing_words)
