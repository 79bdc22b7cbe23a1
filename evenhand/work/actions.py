"""Opening a task, and everything that becomes of it. Each is in the history, with its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.versions import take_on
from evenhand.work.measures import Measure, Taken
from evenhand.work.models import STILL_OPEN, Reading, Task
from evenhand.work.pack import due_day, kind_called, kind_of, review_day

State = Task.State


class Place(NamedTuple):
    """Where a task came from: a route with its arguments, and what follows the question mark."""

    route: str
    args: Sequence[str] = ()
    query: str = ""


class Behind(NamedTuple):
    """What a task's effect is measured by, as it was when it was opened, and when again."""

    measure: Measure
    baseline: Taken
    review_on: date | None = None


@action("task.opened")
def open_task(  # noqa: PLR0913 (what a task is made of)
    *,
    by: User | None,
    at: datetime,
    kind: str,
    what: str,
    why: str = "",
    owner: User | None = None,
    role: str = "",
    team: Team | None = None,
    child: Child | None = None,
    about: str = "",
    place: Place | None = None,
    due_on: date | None = None,
    behind: Behind | None = None,
) -> Change:
    """Ask somebody to do something by a day; ``by`` None: Evenhand itself asks.

    Without ``owner`` it goes to whoever holds ``role``, or the kind's, over ``team``. ``what``
    names no child. Raises Problem for a kind that the packs have not, no words, an owner who may
    not open the child's record, and where a task about the same is open already.
    """
    found, today = kind_called(kind), timezone.localdate(at)
    _refuse(kind, what, owner, child, about)
    place = place or Place("")
    made = Task.objects.create(
        ref=new_reference(), kind=kind, what=what.strip(), why=why.strip(),
        clauses=list(found.clauses), about=about, route=place.route, route_args=list(place.args),
        query=place.query, child=child, team=team, owner=owner,
        role="" if owner else role or found.owner, opened_by=by, opened_at=at,
        due_on=due_on or due_day(found, today), **_measured(behind, review_day(found, today)),
    )  # fmt: skip
    if behind is not None:
        _keep(made, behind.baseline, at)
    told = {"kind": (None, kind), "due_on": (None, made.due_on), "owner": (None, _named(made))}
    return Change(made, told, child_id=made.child_id, reason=made.why)


def _refuse(kind: str, what: str, owner: User | None, child: Child | None, about: str) -> None:
    if not what.strip():
        raise Problem("Nothing is asked for.", "Say what is to be done.")
    _refuse_owner(owner, child)
    if about and Task.objects.filter(kind=kind, about=about, state__in=STILL_OPEN).exists():
        raise Problem("A task about this is open already.", "Go to it, and add what you know.")


def _refuse_owner(owner: User | None, child: Child | None) -> None:
    if owner is None:
        return
    kept = None if child is None else child.merged_into_id or child.pk
    if not owner.is_active:
        raise Problem(f"{owner.name} does not sign in any more.", "Name somebody who does.")
    if kept is not None and not Child.objects.visible_to(owner).filter(pk=kept).exists():
        raise Problem(f"{owner.name} may not open this record.", "Name somebody who may.")


def _measured(behind: Behind | None, review_on: date | None) -> Mapping[str, Any]:
    if behind is None:
        return {}
    return {
        "measure": behind.measure.name, "measured": dict(behind.measure.params),
        "review_on": behind.review_on or review_on,
    }  # fmt: skip


def _keep(task: Task, taken: Taken, at: datetime) -> Reading:
    return Reading.objects.create(task=task, taken_at=at, **taken._asdict())


def _named(task: Task) -> str:
    return task.owner.username if task.owner else task.role


@action("task.done")
def finish(
    task: Task,
    *,
    by: User,
    at: datetime,
    version: int,
    reason: str,
    outcome: str = "",
    looked_at: int | None = None,
) -> Change:
    """Say that a task is done and what was found; where its kind asks so, another checks it.

    Raises Problem without words, or for an outcome that the packs have not; Superseded where
    somebody else was there first.
    """
    kind = kind_of(task.kind)
    if not reason.strip():
        raise Problem("Nothing was written.", "Write what you found or did.")
    if outcome not in (kind.outcomes or {"": ""}):
        raise Problem(f'"{outcome}" is no outcome of this kind of task.', "Choose one of the list.")
    state = State.TO_BE_CHECKED if kind.checked else State.DONE
    given = {"outcome": outcome, "looked_at": looked_at, "evidence": reason.strip()}
    _move(task, version, state=state, done_by=by, done_at=at, **given)
    return _told(task, reason, state=("open", str(state)), outcome=(None, outcome))


@action("task.not_needed")
def set_aside(task: Task, *, by: User, at: datetime, version: int, reason: str) -> Change:
    """Say that a task need not be done, and why. Raises Problem without words; Superseded."""
    if not reason.strip():
        raise Problem("No reason was given.", "Say why it need not be done.")
    gone = State.NOT_NEEDED
    _move(task, version, state=gone, evidence=reason.strip(), done_by=by, done_at=at)
    return _told(task, reason, state=("open", str(gone)))


@action("task.checked")
def check(task: Task, *, by: User, at: datetime, version: int, reason: str = "") -> Change:
    """Say that a task that somebody else did is done. Raises Problem for one's own; Superseded."""
    _refuse_own(task, by)
    was = State.TO_BE_CHECKED
    _move(task, version, was=was, state=State.DONE, checked_by=by, checked_at=at)
    return _told(task, reason, state=(str(was), str(State.DONE)))


@action("task.sent_back")
def send_back(task: Task, *, by: User, at: datetime, version: int, reason: str) -> Change:
    """Say that a task is not done yet, and what is missing. Raises Problem for one's own."""
    _refuse_own(task, by)
    if not reason.strip():
        raise Problem("No reason was given.", "Say what is still missing.")
    was = State.TO_BE_CHECKED
    _move(task, version, was=was, state=State.OPEN, done_by=None, done_at=None)
    return _told(task, reason, state=(str(was), str(State.OPEN)))


def _refuse_own(task: Task, by: User) -> None:
    if Task.objects.filter(pk=task.pk, done_by=by).exists():
        raise Problem("Nobody checks their own task.", "Ask somebody else to.")


@action("task.passed_on")
def pass_on(
    task: Task, *, by: User, at: datetime, version: int, owner: User, reason: str = ""
) -> Change:
    """Give a task to another person. Raises Problem where they may not open its child's record."""
    _refuse_owner(owner, task.child)
    before = _named(task)
    _move(task, version, owner=owner, role="", later_until=None)
    return _told(task, reason, owner=(before, owner.username))


@action("task.put_off")
def put_off(
    task: Task, *, by: User, at: datetime, version: int, until: date, reason: str
) -> Change:
    """Leave a task until a day; its due day stays. Raises Problem for a day that is not to come."""
    if until <= timezone.localdate(at):
        raise Problem("That day is not to come.", "Give a day after today.")
    before = task.later_until
    _move(task, version, later_until=until)
    return _told(task, reason, later_until=(before, until))


@action("task.noted")
def note(task: Task, *, by: User, at: datetime, reason: str) -> Change:
    """Add words to a task, for whoever reads it. Raises Problem where there are none."""
    if not reason.strip():
        raise Problem("Nothing was written.", "Write what is to be kept.")
    return _told(task, reason)


@action("task.measured")
def measure_again(task: Task, *, by: User | None, at: datetime, taken: Taken | None) -> Change:
    """Keep what a task's measure counts now, beside its baseline; it is not taken a third time.

    ``taken`` None: nothing of it is counted any more, which is said.
    """
    Task.objects.filter(pk=task.pk).update(review_on=None)
    if taken is None:
        return _told(task, "Nothing of this is counted any more, so it cannot be compared.")
    return _told(task, "", measured=(None, str(_keep(task, taken, at))))


def _move(task: Task, version: int, *, was: str = State.OPEN, **fields: Any) -> None:
    """Change a task that is still as it was read; Superseded where it is not."""
    take_on(task, version, still={"state": was}, **fields)


def _told(task: Task, reason: str, **changed: tuple[Any, Any]) -> Change:
    return Change(task, changed, child_id=task.child_id, reason=reason.strip())
